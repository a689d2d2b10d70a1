"""Rounds of the public record, with the days and tonnes that it shows. Source: awkward cases 1, 2, 3, 5, 10, 12, 14."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from apps.accounts.roles import Side
from apps.core import clock
from apps.events.models import Event
from apps.issuance.kinds import Share
from apps.issuance.models import Round
from apps.issuance.procedure import State
from apps.issuance.selectors import reconcile, rounds_of, totals
from apps.projects.models import Project
from apps.registry.models import Account
from apps.registry.selectors import balance, totals_by_side
from apps.registry.services import account_of_government, open_account
from tests.issuance.walk import Course
from tests.people import cast
from tests.projects.walk import World, noon


@pytest.fixture
def mongolia(db: None, settings: Any) -> Iterator[Course]:  # noqa: ARG001 - the rows need a database
    """A partner country of the first generation, before its first monitoring period."""
    settings.JCM_PARTNER = {"code": "MN", "name": "Mongolia"}
    with clock.rehearse(noon(2015, 1, 5)) as time:
        yield Course(World(cast(), time, "jcm_2013"))


def decided_on(course: Course, project: Project, period: tuple[date, date], day: date, total: int, **sides: int) -> Round:
    """A round decided on the day of the record; what the TPE verified is what was decided."""
    course.verified = total
    one = course.open(project, *period)
    course.world.time.move_to(noon(day.year, day.month, day.day) - timedelta(days=1))
    one = course.reach(State.COMPLETE, one)
    course.world.time.move_to(noon(day.year, day.month, day.day))
    return course.decided(one, **sides)


def issue(course: Course, one: Round, side: Side, day: date, **inputs: Any) -> Round:
    """One side's issuance on its own day."""
    course.world.time.move_to(max(noon(day.year, day.month, day.day), course.world.time.moment))
    course.act(one, f"issue_{side}", getattr(course.people, f"registry_{side}"), **inputs)
    return one.reload()


def test_awkward_cases_2_5_and_7_a_project_of_two_rounds_seven_years_apart(mongolia: Course) -> None:
    project = mongolia.project()
    first = decided_on(mongolia, project, (date(2017, 1, 1), date(2017, 7, 31)), date(2017, 10, 24), 8947, host=1789, japan=7158)
    issue(mongolia, first, Side.JAPAN, date(2017, 10, 24))
    first = issue(mongolia, first, Side.HOST, date(2017, 10, 24))
    assert first.state == State.CLOSED
    assert first.decided_on == first.host_issued_on == first.japan_issued_on == first.closed_on == date(2017, 10, 24)

    second = decided_on(
        mongolia, project, (date(2017, 8, 1), date(2020, 12, 31)), date(2025, 3, 27), 44_817, host=8963, japan=35_854
    )
    second = issue(mongolia, second, Side.JAPAN, date(2025, 4, 11))
    assert (second.state, second.side(Side.HOST).share, second.closed_on) == (State.NOTIFIED, Share.PENDING, None)
    second = issue(mongolia, second, Side.HOST, date(2025, 5, 7))
    assert (second.japan_issued_on, second.host_issued_on, second.state) == (date(2025, 4, 11), date(2025, 5, 7), State.CLOSED)

    assert totals_by_side(project.pk) == {Side.HOST: 10_752, Side.JAPAN: 43_012}
    assert sum(totals_by_side().values()) == 53_764
    assert balance(account_of_government(Side.JAPAN)) == 43_012
    assert reconcile() == []


def test_awkward_case_1_one_tonne_in_all_closes_with_the_one_side_that_has_it(mongolia: Course) -> None:
    one = decided_on(mongolia, mongolia.project(), (date(2017, 12, 2), date(2018, 12, 31)), date(2019, 5, 17), 1, host=1, japan=0)
    assert (one.state, one.side(Side.JAPAN).share) == (State.NOTIFIED, Share.NOTHING)
    one = issue(mongolia, one, Side.HOST, date(2019, 5, 17))
    assert (one.state, one.host_issued_on, one.japan_issued_on) == (State.CLOSED, date(2019, 5, 17), None)
    assert not Event.objects.filter(type="round.issue_japan").exists()
    assert totals_by_side() == {Side.HOST: 1, Side.JAPAN: 0}
    assert reconcile() == []


def test_awkward_case_3_one_side_stays_open_for_months(mongolia: Course) -> None:
    one = decided_on(
        mongolia, mongolia.project(), (date(2019, 7, 6), date(2020, 12, 31)), date(2026, 1, 24), 30_312, host=6063, japan=24_249
    )
    one = issue(mongolia, one, Side.JAPAN, date(2026, 1, 30))
    (line,) = rounds_of([one.project_id])[one.project_id]
    both = totals([line])
    assert (both[Side.JAPAN].issued, both[Side.JAPAN].pending) == (24_249, 0)
    assert (both[Side.HOST].issued, both[Side.HOST].pending) == (0, 6063)
    assert [row.key for row in line.moves] == ["issue_host"]


@pytest.mark.parametrize(
    ("total", "host", "japan"), [(8880, 1776, 7104), (35_419, 7084, 28_335), (322, 66, 256), (139, 29, 110), (107, 22, 85)]
)
def test_awkward_case_14_a_split_is_taken_as_decided_whatever_a_percentage_would_give(
    mongolia: Course, total: int, host: int, japan: int
) -> None:
    one = decided_on(
        mongolia, mongolia.project(), (date(2016, 1, 1), date(2016, 5, 15)), date(2016, 9, 29), total, host=host, japan=japan
    )
    assert (one.decided_tonnes, one.host_tonnes, one.japan_tonnes) == (total, host, japan)


def test_awkward_case_12_governments_and_companies_share_each_sides_credits(mongolia: Course) -> None:
    """Indonesia 2016: 40 = Japan 31 (Government 27, company 4) + Indonesia 9 (Government 5, company 4)."""
    people = mongolia.people
    company = {
        Side.HOST: open_account(side=Side.HOST, holder=people.participant_host.organisation, membership=people.registry_host),
        Side.JAPAN: open_account(side=Side.JAPAN, holder=people.participant_japan.organisation, membership=people.registry_japan),
    }
    government = {side: account_of_government(side) for side in Side}
    one = decided_on(mongolia, mongolia.project(), (date(2015, 5, 1), date(2015, 7, 31)), date(2016, 5, 13), 40, host=9, japan=31)
    for side, own in ((Side.HOST, 5), (Side.JAPAN, 27)):
        issue(mongolia, one, side, date(2016, 5, 13), parts=[(government[side], own), (company[side], 4)])
    held = {(account.side, account.kind): balance(account) for account in Account.objects.all()}
    assert held == {
        ("host", "source"): -9, ("host", "government"): 5, ("host", "participant"): 4,
        ("japan", "source"): -31, ("japan", "government"): 27, ("japan", "participant"): 4,
    }  # fmt: skip
    assert one.reload().state == State.CLOSED
    assert reconcile() == []
