"""Host first, then the authorisation, then Japan, where the edition says so; where it does not, nobody waits for it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from apps.accounts.roles import Side
from apps.core import clock
from apps.core.errors import NotAllowed, NotNow, NotReady
from apps.issuance.kinds import Share
from apps.issuance.models import Round
from apps.issuance.procedure import State
from apps.issuance.selectors import reconcile
from apps.workflow.actors import Actor
from apps.workflow.editions import EDITIONS, Mark, Parameter
from apps.workflow.options import whose_move, worklist
from tests.issuance.database import constraint_against
from tests.issuance.walk import Course
from tests.refused import refused


@pytest.fixture
def thai(course: Course, monkeypatch: pytest.MonkeyPatch) -> Course:
    """Each edition, with the order that was seen in Thailand."""
    asked = Parameter(value=True, mark=Mark.NOT_FOUND, source="of the test")
    monkeypatch.setitem(EDITIONS[course.world.edition].parameters, "japan_awaits_authorisation", asked)  # type: ignore[arg-type] # reason: a plain dictionary
    return course


def moves(one: Round) -> list[str]:
    return [row.key for row in whose_move(one.reload())]


def test_awkward_case_4_the_host_issues_then_authorises_then_japan_issues(thai: Course) -> None:
    """Thailand 2025: decided on 30 October, Japan's issuance on 11 November."""
    people = thai.people
    one = thai.decided(host=607, japan=606)
    assert moves(one) == ["issue_host"]
    assert one not in worklist(people.registry_japan)
    with refused(NotReady, "ISS-36"):
        thai.act(one, "issue_japan", people.registry_japan)
    with refused(NotReady, "ISS-35"):
        thai.act(one, "authorise", people.government_host)

    thai.act(one, "issue_host", people.registry_host)
    assert moves(one) == ["authorise"]
    assert one in worklist(people.government_host)
    with refused(NotReady, "ISS-36"):
        thai.act(one, "issue_japan", people.registry_japan)

    thai.world.days(5)
    thai.act(one, "authorise", people.government_host)
    assert (one.reload().authorised_on, moves(one)) == (clock.today(), ["issue_japan"])
    thai.world.days(7)
    thai.act(one, "issue_japan", people.registry_japan)
    one = one.reload()
    assert one.state == State.CLOSED
    days = [one.host_issued_on, one.authorised_on, one.japan_issued_on]
    assert days == [clock.today() - timedelta(days=12), clock.today() - timedelta(days=7), clock.today()]
    assert reconcile() == []


def test_only_the_partner_countrys_government_authorises_and_once(thai: Course) -> None:
    people = thai.people
    one = thai.decided(host=607, japan=606)
    thai.act(one, "issue_host", people.registry_host)
    for somebody in (people.government_japan, people.registry_host, people.co_chair_host, people.secretariat_host):
        with refused(NotAllowed, "DOOR-00"):
            thai.act(one, "authorise", somebody)
    thai.act(one, "authorise", people.government_host)
    with refused(NotReady, "ISS-34"):
        thai.act(one, "authorise", people.government_host)


def test_days_of_the_order_may_not_cross(thai: Course) -> None:
    people = thai.people
    one = thai.decided(host=607, japan=606)
    later = clock.today() + timedelta(days=3)
    thai.act(one, "issue_host", people.registry_host, effective_on=later)
    with refused(NotReady, "ISS-35"):
        thai.act(one, "authorise", people.government_host)
    thai.act(one, "authorise", people.government_host, effective_on=later)
    with refused(NotReady, "ISS-36"):
        thai.act(one, "issue_japan", people.registry_japan, effective_on=later - timedelta(days=1))
    thai.act(one, "issue_japan", people.registry_japan, effective_on=later)
    assert one.reload().state == State.CLOSED


def test_a_host_with_nothing_holds_nobody_up(thai: Course) -> None:
    one = thai.decided(host=0, japan=606)
    assert (one.side(Side.HOST).share, moves(one)) == (Share.NOTHING, ["authorise"])
    thai.act(one, "authorise", thai.people.government_host)
    thai.act(one, "issue_japan", thai.people.registry_japan)
    assert (one.reload().state, one.reload().host_issued_on) == (State.CLOSED, None)
    assert reconcile() == []


def test_a_japan_with_nothing_needs_no_authorisation(thai: Course) -> None:
    one = thai.decided(host=1, japan=0)
    thai.act(one, "issue_host", thai.people.registry_host)
    assert (one.reload().state, one.reload().authorised_on) == (State.CLOSED, None)
    other = thai.decided(host=1, japan=0)
    with refused(NotReady, "ISS-34", "ISS-35"):
        thai.act(other, "authorise", thai.people.government_host)


def test_where_the_edition_does_not_ask_nobody_waits_for_it(course: Course) -> None:
    people = course.people
    one = course.decided(host=607, japan=606)
    assert moves(one) == ["issue_host", "issue_japan"]
    assert one not in worklist(people.government_host)
    course.act(one, "authorise", people.government_host)
    assert one.reload().authorised_on == clock.today()
    other = course.decided(host=607, japan=606)
    course.act(other, "issue_japan", people.registry_japan)
    with refused(NotReady, "ISS-34"):
        course.act(other, "authorise", people.government_host)
    course.act(other, "issue_host", people.registry_host)
    assert (other.reload().state, other.reload().authorised_on) == (State.CLOSED, None)


def test_nothing_is_authorised_before_the_decision(jcm: Course) -> None:
    one = jcm.reach(State.COMPLETE)
    with refused(NotNow, "DOOR-02"):
        jcm.act(one, "authorise", jcm.people.government_host)
    with refused(NotAllowed, "DOOR-00"):
        jcm.act(one, "authorise", Actor.clock())
    update = Round.objects.filter(pk=one.pk).update
    assert constraint_against(lambda: update(authorised_on=date(2028, 10, 1))) == "round_authorised_after_the_decision"
