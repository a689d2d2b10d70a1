"""From a nomination to an office and to its end: two persons of one side, a cooling period, a lawful composition."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from apps.accounts.models import Membership
from apps.accounts.roles import Role, Side
from apps.accounts.services import end_appointment
from apps.composition.models import Appointment
from apps.core import clock
from apps.core.clock import Rehearsal
from apps.core.errors import NotAllowed, NotNow, NotReady
from apps.events.selectors import history
from apps.workflow.actors import Actor
from apps.workflow.models import Deadline
from apps.workflow.options import worklist
from apps.workflow.services import open_file, perform, sweep
from tests.journeys.appointment import (
    GROUNDS,
    cooled,
    cooling,
    end_proposed,
    in_office,
    new_password,
    newcomer,
    nominated,
    taken_over,
)
from tests.people import APPOINTED_ON, Cast, actor, person
from tests.untouched import refused

LAST_COOLING_DAY = date(2027, 3, 4)
IN_OFFICE_ON = date(2027, 3, 5)


def ended(held: Membership, day: date) -> None:
    """Somebody's office ends on a day."""
    end_appointment(held, ends_on=day)


# --- From a nomination to the office ------------------------------------------------------------------


def test_an_appointment_takes_effect_by_the_clock_three_days_after_its_confirmation(people: Cast, time: Rehearsal) -> None:
    file = cooling(people)
    deadline = Deadline.objects.get(subject_type="appointment", subject_id=file.pk, closed_at=None)
    assert (deadline.step, deadline.days, deadline.last_day) == ("take_office", 3, LAST_COOLING_DAY)
    assert deadline.due_at == datetime(2027, 3, 4, 15, tzinfo=UTC)
    time.move_to(datetime(2027, 3, 4, 14, 59, 59, tzinfo=UTC))
    assert (sweep(), file.reload().state) == (0, "cooling")
    file = cooled(file, time)
    held = file.membership
    assert held is not None
    assert (held.user, held.role, held.side, held.organisation.name) == (file.person, "member", "host", "Ministry of Power")
    assert (held.starts_on, held.ends_on, held.acts_for_id, held.scope) == (IN_OFFICE_ON, None, None, [])
    assert [event.type for event in history("appointment", file.pk)] == [
        "appointment.nominate", "appointment.confirm", "appointment.take_office",
    ]  # fmt: skip


def test_the_log_holds_numbers_of_people_and_no_name(people: Cast, time: Rehearsal) -> None:
    file = in_office(people, time)
    said = [event.data for event in history("appointment", file.pk)]
    assert said[0]["inputs"]["person"] == file.person_id
    assert said[1] == {"inputs": {}, "credential": 1}
    assert said[2] == {"inputs": {}, "membership": file.membership_id}
    assert "newcomer" not in str(said)


def test_a_later_first_day_is_kept_and_a_last_day_too(people: Cast, time: Rehearsal) -> None:
    held = in_office(people, time, first_on=date(2027, 6, 1), last_on=date(2028, 5, 31)).membership
    assert held is not None
    assert (held.starts_on, held.ends_on) == (date(2027, 6, 1), date(2028, 5, 31))


def test_who_comes_late_serves_from_that_day_and_never_before(people: Cast, time: Rehearsal) -> None:
    file = cooling(people, first_on=date(2027, 3, 6))
    time.move_to(datetime(2027, 3, 20, 3, tzinfo=UTC))
    sweep()
    held = file.reload().membership
    assert held is not None
    assert held.starts_on == date(2027, 3, 20)


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.AUTHORITY])
def test_offices_beside_the_seats_are_filled_the_same_way(role: Role, people: Cast, time: Rehearsal) -> None:
    held = in_office(people, time, role=role.value).membership
    assert held is not None
    assert held.as_role == role


def those_of_both_sides(people: Cast) -> list[Membership]:
    """Who could act, and a member who could not."""
    return [
        people.secretariat_host,
        people.secretariat_japan,
        people.co_chair_host,
        people.co_chair_japan,
        people.members_host[0],
    ]


def test_what_waits_for_a_second_person_stands_on_the_desks_of_that_side_alone(people: Cast) -> None:
    file = nominated(people)
    assert [one for one in those_of_both_sides(people) if worklist(one)] == [people.co_chair_host]
    perform(file, "confirm", actor=actor(people.co_chair_host))
    assert [one for one in those_of_both_sides(people) if worklist(one)] == []


def test_an_end_waits_for_the_person_too_but_for_nobody_who_proposed_it(people: Cast) -> None:
    file = taken_over(people, office=people.co_chair_host)
    perform(file, "propose_end", actor=actor(people.secretariat_host), ends_on=date(2027, 3, 31))
    assert [one for one in those_of_both_sides(people) if worklist(one)] == [people.co_chair_host]


# --- Who may ------------------------------------------------------------------------------------------


REFUSED_FROM: list[tuple[Callable[..., Appointment], dict[str, dict[str, Any]]]] = [
    (nominated, {"confirm": {}, "decline": {"grounds": GROUNDS}}),
    (cooling, {"withdraw": {}}),
    (in_office, {"propose_end": {"ends_on": date(2027, 4, 1)}, "renew_credential": {}}),
    (end_proposed, {"confirm_end": {}, "withdraw_end": {}}),
]


@pytest.mark.parametrize(("reach", "steps"), REFUSED_FROM, ids=[reach.__name__ for reach, _steps in REFUSED_FROM])
def test_neither_side_acts_for_the_other(
    reach: Callable[..., Appointment], steps: dict[str, dict[str, Any]], people: Cast, time: Rehearsal
) -> None:
    file = reach(people, time)
    new_password(file.person)
    for step, inputs in steps.items():
        for stranger in (people.secretariat_japan, people.co_chair_japan):
            with refused(NotReady, "CMP-01"):
                perform(file, step, actor=actor(stranger), **inputs)


def test_nobody_nominates_for_the_other_side(people: Cast) -> None:
    with refused(NotReady, "CMP-01") as refusal:
        nominated(people, by=people.secretariat_japan, person=newcomer().pk)
    assert str(refusal.value) == "CMP-01 this is the other side's to do (India); neither acts for the other"


def test_members_governments_and_participants_appoint_nobody(people: Cast) -> None:
    for one in (people.members_host[0], people.government_host, people.participant_host):
        with pytest.raises(NotAllowed, match="DOOR-00"):
            nominated(people, by=one)


@pytest.mark.parametrize(
    ("step", "reach", "inputs"),
    [("confirm", nominated, {}), ("decline", nominated, {"grounds": GROUNDS}), ("confirm_end", end_proposed, {})],
)
def test_who_proposed_does_not_confirm(
    step: str, reach: Callable[..., Appointment], inputs: dict[str, Any], people: Cast, time: Rehearsal
) -> None:
    file = reach(people, time)
    with refused(NotReady, "CMP-02"):
        perform(file, step, actor=actor(people.secretariat_host), **inputs)


def test_one_person_in_two_offices_is_still_one_person(people: Cast) -> None:
    second = Membership.objects.create(
        user=people.secretariat_host.user, organisation=people.secretariat_host.organisation, role=Role.SECRETARIAT,
        side=Side.HOST, starts_on=APPOINTED_ON,
    )  # fmt: skip
    file = nominated(people)
    with refused(NotReady, "CMP-02"):
        perform(file, "confirm", actor=actor(second))


def test_nobody_confirms_their_own_appointment(people: Cast) -> None:
    second = person("Second secretary", Role.SECRETARIAT, people.secretariat_host.organisation, Side.HOST)
    file = nominated(people, person=second.user_id)
    with refused(NotReady, "CMP-03"):
        perform(file, "confirm", actor=actor(second))
    assert worklist(second) == []


def test_a_nomination_of_oneself_needs_another(people: Cast, time: Rehearsal) -> None:
    file = nominated(people, person=people.secretariat_host.user_id)
    perform(file, "confirm", actor=actor(people.co_chair_host))
    held = cooled(file, time).membership
    assert held is not None
    assert held.user == people.secretariat_host.user


def test_time_alone_appoints_and_not_before_it_has_passed(people: Cast) -> None:
    file = cooling(people)
    with pytest.raises(NotAllowed):
        perform(file, "take_office", actor=actor(people.secretariat_host))
    with pytest.raises(NotNow, match="DOOR-06"):
        perform(file, "take_office", actor=Actor.clock())


# --- A lawful composition -----------------------------------------------------------------------------


def filled(people: Cast, count: int) -> None:
    """More members of the Indian side."""
    for number in range(count):
        person(f"Indian member of old {number}", Role.MEMBER, people.members_host[0].organisation, Side.HOST)


def test_no_more_people_sit_than_the_rules_allow(people: Cast) -> None:
    filled(people, 6)  # with the co-chair and both members nine
    nominated(people)
    filled_up = person("The tenth", Role.MEMBER, people.members_host[0].organisation, Side.HOST)
    with refused(NotReady, "CMP-04") as refusal:
        nominated(people)
    assert refusal.value.problems[0].text == "at most 10 members sit on each side; there would be 11"
    ended(filled_up, date(2027, 3, 4))
    nominated(people)
    nominated(people, role=Role.AUTHORITY.value)


def test_one_person_in_two_seats_is_counted_once(people: Cast) -> None:
    filled(people, 7)
    nominated(people, person=people.co_chair_host.user_id)


def test_people_are_counted_on_every_day(people: Cast) -> None:
    filled(people, 6)
    Membership.objects.create(
        user=newcomer("Indian successor"), organisation=people.members_host[0].organisation, role=Role.MEMBER, side=Side.HOST,
        starts_on=date(2028, 1, 1),
    )  # fmt: skip
    with refused(NotReady, "CMP-04"):
        nominated(people)
    nominated(people, last_on=date(2027, 12, 31))


def test_a_chair_is_free_only_after_the_last_day_of_who_sits_on_it(people: Cast, time: Rehearsal) -> None:
    successor = {"role": Role.CO_CHAIR.value, "person": newcomer("Indian successor").pk}
    with refused(NotReady, "CMP-05") as refusal:
        nominated(people, **successor)
    assert (
        refusal.value.problems[0].text
        == "Indian co-chair is co-chair of this side, and no end is confirmed; propose that end first"
    )
    ended(people.co_chair_host, date(2027, 3, 31))
    with refused(NotReady, "CMP-05") as refusal:
        nominated(people, **successor)
    assert (
        refusal.value.problems[0].text
        == "Indian co-chair is co-chair of this side until 31 March 2027; choose a first day after it"
    )
    held = in_office(people, time, **successor, first_on=date(2027, 4, 1)).membership
    assert held is not None
    assert (held.as_role, held.starts_on) == (Role.CO_CHAIR, date(2027, 4, 1))


def test_what_was_lawful_is_judged_again_when_the_office_is_taken(people: Cast, time: Rehearsal) -> None:
    file = cooling(people)
    filled(people, 7)
    time.move_to(datetime(2027, 3, 6, 3, tzinfo=UTC))
    assert (sweep(), file.reload().state) == (0, "cooling")
    with pytest.raises(NotReady, match="CMP-04"):
        perform(file, "take_office", actor=Actor.clock())
    ended(people.members_host[0], date(2027, 3, 6))
    time.move_to(datetime(2027, 3, 7, 3, tzinfo=UTC))
    assert (sweep(), file.reload().state) == (1, "in_office")


def test_a_nomination_that_waits_in_vain_can_be_withdrawn(people: Cast, time: Rehearsal) -> None:
    file = cooling(people, last_on=date(2027, 3, 5))
    time.move_to(datetime(2027, 3, 6, 3, tzinfo=UTC))
    assert (sweep(), file.reload().state) == (0, "cooling")
    with pytest.raises(NotReady, match="CMP-08"):
        perform(file, "take_office", actor=Actor.clock())
    perform(file, "withdraw", actor=actor(people.secretariat_host))
    assert file.reload().state == "withdrawn"


def test_what_cannot_be_is_told_at_its_field(people: Cast) -> None:
    member, other = people.members_host[0], people.members_japan[0]
    cases: list[tuple[dict[str, Any], str, str]] = [
        ({"last_on": date(2027, 3, 4)}, "CMP-08", "last_on"),
        ({"first_on": date(2027, 6, 1), "last_on": date(2027, 5, 31)}, "CMP-08", "last_on"),
        ({"acts_for": member.pk}, "ACC-08", "acts_for"),
        ({"scope": ["round"]}, "CMP-06", "scope"),
        ({"person": member.user_id}, "CMP-13", "first_on"),
        ({"person": other.user_id}, "ACC-03", "side"),
        ({"organisation": other.organisation_id}, "CMP-15", "organisation"),
    ]
    for changes, code, field in cases:
        with refused(NotReady, code) as refusal:
            nominated(people, **{"person": newcomer().pk, **changes})
        assert refusal.value.problems[0].field == field


def test_what_is_not_understood_is_refused(people: Cast) -> None:
    cases: list[tuple[dict[str, Any], str]] = [
        ({"side": "other"}, "DOOR-08"), ({"person": 0}, "DOOR-08"), ({"role": "government"}, "DOOR-08"),
        ({"organisation": "x"}, "DOOR-08"), ({"scope": ["ballot"]}, "DOOR-08"), ({"last_on": "soon"}, "DOOR-08"),
        ({"role": ""}, "DOOR-07"), ({"acts_for": 10**12}, "DOOR-08"),
    ]  # fmt: skip
    for changes, code in cases:
        with refused(NotReady, code):
            nominated(people, **changes)


# --- The end ------------------------------------------------------------------------------------------


def test_an_end_works_at_once_when_a_second_person_has_confirmed_it(people: Cast, time: Rehearsal) -> None:
    file = in_office(people, time)
    perform(file, "propose_end", actor=actor(people.secretariat_host), ends_on=clock.today())
    assert file.reload().membership.ends_on is None
    perform(file, "confirm_end", actor=actor(people.co_chair_host))
    file = file.reload()
    assert (file.state, file.new_end_on, file.membership.ends_on) == ("in_office", None, date(2027, 3, 5))


def test_an_end_whose_day_has_passed_meanwhile_comes_today(people: Cast, time: Rehearsal) -> None:
    file = end_proposed(people, time, ends_on=date(2027, 3, 8))
    time.move_to(datetime(2027, 3, 10, 3, tzinfo=UTC))
    perform(file, "confirm_end", actor=actor(people.co_chair_host))
    assert file.reload().membership.ends_on == date(2027, 3, 10)


def test_an_end_only_comes_earlier(people: Cast, time: Rehearsal) -> None:
    file = in_office(people, time, last_on=date(2027, 6, 30))
    by = actor(people.secretariat_host)
    for day in (date(2027, 6, 30), date(2028, 1, 1)):
        with refused(NotReady, "CMP-12"):
            perform(file, "propose_end", actor=by, ends_on=day)
    with refused(NotReady, "ACC-05"):
        perform(file, "propose_end", actor=by, ends_on=date(2027, 3, 4))
    perform(file, "propose_end", actor=by, ends_on=date(2027, 5, 31))
    perform(file, "confirm_end", actor=actor(people.co_chair_host))
    assert file.reload().membership.ends_on == date(2027, 5, 31)


def test_what_has_ended_is_history(people: Cast, time: Rehearsal) -> None:
    file = in_office(people, time, last_on=date(2027, 3, 31))
    time.move_to(datetime(2027, 4, 1, 3, tzinfo=UTC))
    with refused(NotReady, "CMP-12"):
        perform(file, "propose_end", actor=actor(people.secretariat_host), ends_on=date(2027, 4, 2))


def test_an_end_that_is_withdrawn_changes_nothing(people: Cast, time: Rehearsal) -> None:
    file = end_proposed(people, time)
    perform(file, "withdraw_end", actor=actor(people.secretariat_host))
    file = file.reload()
    assert (file.state, file.new_end_on, file.membership.ends_on) == ("in_office", None, None)


# --- Appointments made before -------------------------------------------------------------------------


def test_an_appointment_of_old_is_brought_on_file_and_ended_there(people: Cast) -> None:
    file = taken_over(people)
    old = people.members_host[0]
    assert (file.state, file.membership, file.person, file.starts_on) == ("in_office", old, old.user, APPOINTED_ON)
    perform(file, "propose_end", actor=actor(people.co_chair_host), ends_on=date(2027, 3, 1))
    perform(file, "confirm_end", actor=actor(people.secretariat_host))
    old.refresh_from_db()
    assert old.ends_on == date(2027, 3, 1)


def test_an_office_has_one_file(people: Cast, time: Rehearsal) -> None:
    taken_over(people)
    with refused(NotReady, "CMP-14"):
        taken_over(people)
    ended(people.members_host[0], date(2027, 3, 31))
    time.move_to(datetime(2027, 4, 1, 3, tzinfo=UTC))
    with refused(NotReady, "CMP-14"):
        taken_over(people)


def test_only_the_committees_own_offices_are_brought_on_file_by_their_own_side(people: Cast) -> None:
    given = {"edition": "india_2026", "title": "An office"}
    with refused(NotReady, "CMP-14"):
        open_file(Appointment, "take_over", actor=actor(people.secretariat_host), office=people.registry_host.pk, **given)
    with refused(NotReady, "CMP-01"):
        open_file(Appointment, "take_over", actor=actor(people.secretariat_host), office=people.members_japan[0].pk, **given)
