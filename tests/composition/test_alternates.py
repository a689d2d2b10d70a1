"""Alternates: for whom they act, in what, and for how long."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.accounts.services import end_appointment
from apps.composition.models import Appointment
from apps.composition.policies import covers
from apps.composition.selectors import acts_for, alternates_of
from apps.core.clock import Rehearsal
from apps.core.errors import NotReady
from apps.workflow.services import open_file, perform
from tests.journeys.appointment import cooling, in_office, newcomer, nominated
from tests.people import Cast, actor
from tests.untouched import refused

IN_OFFICE_ON = date(2027, 3, 5)


def alternate(principal: Membership, **changes: Any) -> dict[str, Any]:
    """A nomination of somebody who is to act for a member."""
    return {"role": Role.ALTERNATE.value, "acts_for": principal.pk, "person": newcomer("Indian alternate").pk, **changes}


def serving(people: Cast, time: Rehearsal, **changes: Any) -> Membership:
    """An alternate of the first Indian member, in office."""
    held = in_office(people, time, **alternate(people.members_host[0], **changes)).membership
    assert held is not None
    return held


def test_an_alternate_acts_for_a_member_of_the_same_side(people: Cast, time: Rehearsal) -> None:
    principal = people.members_host[0]
    held = serving(people, time, scope=["round", "project"])
    assert (held.as_role, held.acts_for, held.scope) == (Role.ALTERNATE, principal, ["project", "round"])
    assert acts_for(held, IN_OFFICE_ON) == principal
    assert alternates_of([one.pk for one in people.committee], IN_OFFICE_ON) == {principal.pk: [held]}
    assert acts_for(held, date(2027, 3, 4)) is None
    assert alternates_of([principal.pk], date(2027, 3, 4)) == {}


def test_nobody_else_acts_for_anybody(people: Cast) -> None:
    assert {acts_for(one, IN_OFFICE_ON) for one in people.everybody} == {None}


def test_one_query_finds_the_alternates_of_all(people: Cast, time: Rehearsal, django_assert_num_queries: Any) -> None:
    serving(people, time)
    with django_assert_num_queries(1):
        assert len(alternates_of([one.pk for one in people.committee], IN_OFFICE_ON)) == 1


@pytest.mark.parametrize(
    ("scope", "key", "expected"),
    [([], "round", True), ([], "", True), (["round"], "round", True), (["round"], "project", False), (["round"], "", False)],
)
def test_what_a_scope_covers(scope: list[str], key: str, expected: bool) -> None:  # noqa: FBT001 - a table of truth
    assert covers(scope, key) is expected


def test_an_alternate_needs_somebody_to_act_for(people: Cast) -> None:
    with refused(NotReady, "ACC-08"):
        nominated(people, role=Role.ALTERNATE.value)
    with refused(NotReady, "ACC-08"):
        nominated(people, **alternate(people.members_japan[0]))


def test_an_alternate_acts_for_another_person_who_sits(people: Cast) -> None:
    principal = people.members_host[0]
    for changes in (alternate(principal, person=principal.user_id), alternate(people.secretariat_host)):
        with refused(NotReady, "CMP-06") as refusal:
            nominated(people, **changes)
        assert refusal.value.problems[0].text == "an alternate acts for another person, who is a member or the co-chair"


def test_who_is_acted_for_is_in_office_by_then(people: Cast, time: Rehearsal) -> None:
    principal = people.members_host[0]
    end_appointment(principal, ends_on=date(2027, 3, 4))
    with refused(NotReady, "CMP-06") as refusal:
        nominated(people, **alternate(principal))
    assert refusal.value.problems[0].text == "Indian member 1 does not hold that office on 5 March 2027"
    assert time.moment == datetime(2027, 3, 1, 3, tzinfo=UTC)


@pytest.mark.parametrize("last_on", [None, date(2027, 7, 1)])
def test_an_alternate_serves_no_longer_than_who_is_acted_for(last_on: date | None, people: Cast) -> None:
    principal = people.members_host[0]
    end_appointment(principal, ends_on=date(2027, 6, 30))
    with refused(NotReady, "CMP-07"):
        nominated(people, **alternate(principal, last_on=last_on))
    nominated(people, **alternate(principal, last_on=date(2027, 6, 30)))


def test_an_alternate_may_act_for_two(people: Cast, time: Rehearsal) -> None:
    held = serving(people, time)
    with refused(NotReady, "CMP-13"):
        nominated(people, **alternate(people.members_host[0]))
    other = in_office(people, time, **alternate(people.members_host[1])).membership
    assert other is not None
    assert (other.user, other.acts_for) == (held.user, people.members_host[1])


def test_with_a_member_the_alternate_goes(people: Cast, time: Rehearsal) -> None:
    held = serving(people, time)
    cooling(people, **alternate(people.members_host[0], person=newcomer("Another alternate").pk))
    given = {"edition": "india_2026", "title": "A member", "office": people.members_host[0].pk}
    file = open_file(Appointment, "take_over", actor=actor(people.secretariat_host), **given)
    perform(file, "propose_end", actor=actor(people.secretariat_host), ends_on=date(2027, 3, 20))
    event = perform(file, "confirm_end", actor=actor(people.co_chair_host))
    held.refresh_from_db()
    assert held.ends_on == date(2027, 3, 20)
    assert (event.data["ends_on"], event.data["alternates"]) == ("2027-03-20", [held.pk])
    assert acts_for(held, date(2027, 3, 20)) == people.members_host[0]
    assert acts_for(held, date(2027, 3, 21)) is None


def test_an_alternate_who_comes_later_than_the_end_acts_for_nobody(people: Cast, time: Rehearsal) -> None:
    held = serving(people, time, first_on=date(2027, 5, 1))
    end_appointment(people.members_host[0], ends_on=date(2027, 4, 1))
    assert acts_for(held, date(2027, 5, 1)) is None
