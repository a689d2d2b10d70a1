"""Which scopes an entity holds on a day, for which function, and how they come and go."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from apps.core.clock import Rehearsal
from apps.core.errors import NotAllowed, NotNow, NotReady
from apps.documents.kinds import Kind
from apps.third_party_entities.models import Scope, ThirdPartyEntity
from apps.third_party_entities.procedure import PROCEDURE, Function, State
from apps.third_party_entities.selectors import (
    coverage,
    covers,
    designated_entity,
    entities_covering,
    scopes_held,
)
from apps.workflow.fsm import ByHand
from tests.decision import decide
from tests.journeys import tpe as journey
from tests.journeys.tpe import DECISION, SCOPES, act
from tests.paper import upload
from tests.people import Cast
from tests.refused import refused

pytestmark = pytest.mark.django_db

VALIDATION, VERIFICATION = Function.VALIDATION, Function.VERIFICATION
FIRST_DAY, LAST_DAY = date(2028, 2, 15), date(2028, 11, 28)


def numbers(entity: ThirdPartyEntity, function: Function, on: date) -> list[int]:
    return sorted(scopes_held(entity, function, on))


def later(time: Rehearsal, month: int, day: int) -> date:
    """Move to noon in Japan of a day in 2028."""
    time.move_to(datetime(2028, month, day, 3, tzinfo=UTC))
    return date(2028, month, day)


def test_a_scope_may_be_held_for_verification_only(people: Cast) -> None:
    entity = journey.designated(people)
    assert covers(entity, VERIFICATION, [14], FIRST_DAY)
    assert not covers(entity, VALIDATION, [14], FIRST_DAY)
    assert (numbers(entity, VALIDATION, FIRST_DAY), numbers(entity, VERIFICATION, FIRST_DAY)) == ([1, 3], [1, 3, 14])
    answer = coverage(entity, VALIDATION, [14, 1], FIRST_DAY)
    assert answer.gaps == ("not designated for validation in sectoral scope 14 on 15 February 2028",)
    assert answer.text == "TPE-IN-001 First Verifier: not designated for validation in sectoral scope 14 on 15 February 2028"
    good = coverage(entity, VERIFICATION, [14, 1, 14], FIRST_DAY)
    assert good.text == "TPE-IN-001 First Verifier is designated for verification in sectoral scopes 1, 14 on 15 February 2028"


@pytest.mark.parametrize(
    ("on", "held"),
    [
        (date(2028, 2, 14), False),
        (FIRST_DAY, True),
        (date(2028, 2, 29), True),
        (LAST_DAY, True),
        (date(2028, 11, 29), False),
    ],
)
def test_a_scope_expires_by_date_without_any_act(people: Cast, on: date, held: bool) -> None:  # noqa: FBT001 - a case
    entity = journey.designated(people, settle={"ends_on": LAST_DAY})
    assert covers(entity, VERIFICATION, [1, 14], on) is held
    assert entity.reload().state == State.DESIGNATED


def test_the_reason_names_the_last_day(people: Cast) -> None:
    entity = journey.designated(people, settle={"ends_on": LAST_DAY})
    gaps = coverage(entity, VALIDATION, [1, 2], date(2029, 1, 1)).gaps
    assert gaps == (
        "the designation for validation in sectoral scope 1 ended on 28 November 2028",
        "not designated for validation in sectoral scope 2 on 1 January 2029",
    )


def test_without_scopes_one_held_scope_of_the_function_suffices(people: Cast) -> None:
    entity = journey.designated(people, validation=[], settle={"ends_on": LAST_DAY})
    assert covers(entity, VERIFICATION, [], LAST_DAY)
    assert coverage(entity, VALIDATION, [], LAST_DAY).gaps == ("not designated for validation on 28 November 2028",)
    assert not covers(entity, VERIFICATION, [], date(2028, 11, 29))


def test_an_extension_adds_scopes_and_renews_end_dates_on_a_new_certificate(people: Cast, time: Rehearsal) -> None:
    entity = journey.designated(people, settle={"ends_on": LAST_DAY})
    day = later(time, 5, 25)
    with refused(NotReady, "TPE-08"):
        act(entity, "extend", DECISION, validation=[2])
    upload(entity, people.tpe, Kind.ACCREDITATION)
    time.move_to(datetime(2028, 5, 25, 4, tzinfo=UTC))
    for somebody in (people.tpe, people.co_chair_host, people.secretariat_japan):
        with refused(NotAllowed, "DOOR-00"):
            act(entity, "extend", somebody, validation=[2])
    with refused(NotReady, "TPE-03"):
        act(entity, "extend", DECISION)
    with refused(NotReady, "TPE-05"):
        act(entity, "extend", DECISION, validation=[2], ends_on=date(2028, 5, 24))
    event = decide(people, entity, "extend", validation=[1, 2], ends_on=date(2030, 6, 30), new_basis="cdm")
    found = entity.reload()
    assert (event.from_state, event.to_state, found.basis, found.version) == (State.DESIGNATED, State.DESIGNATED, "cdm", 5)
    assert found.designated_on == FIRST_DAY
    assert numbers(entity, VALIDATION, date(2028, 5, 24)) == [1, 3]
    assert numbers(entity, VALIDATION, day) == [1, 2, 3]
    assert numbers(entity, VALIDATION, date(2028, 11, 29)) == [1, 2]
    assert numbers(entity, VERIFICATION, date(2028, 11, 29)) == []
    assert numbers(entity, VALIDATION, date(2030, 7, 1)) == []
    with refused(NotReady, "TPE-08"):
        act(entity, "extend", DECISION, verification=[2])


def test_scopes_are_given_up_one_by_one_and_the_entity_stays_designated(people: Cast, time: Rehearsal) -> None:
    entity = journey.designated(people)
    day = later(time, 6, 1)
    with refused(NotAllowed, "DOOR-00"):
        act(entity, "give_up_scopes", people.other_tpe, because="given_up", validation=[1])
    with refused(NotReady, "TPE-03"):
        act(entity, "give_up_scopes", people.tpe, because="given_up")
    with refused(NotReady, "TPE-06"):
        act(entity, "give_up_scopes", people.tpe, because="given_up", validation=[14], verification=[14])
    event = act(entity, "give_up_scopes", people.tpe, because="given_up", validation=[1], verification=[14])
    assert (event.capacity, event.decision_id) == ("tpe", None)
    assert event.data["scopes"] == [
        {"function": "validation", "number": 1, "ends_on": "2028-06-01", "because": "given_up"},
        {"function": "verification", "number": 14, "ends_on": "2028-06-01", "because": "given_up"},
    ]
    assert (numbers(entity, VALIDATION, day), numbers(entity, VERIFICATION, day)) == ([1, 3], [1, 3, 14])
    after = date(2028, 6, 2)
    assert (numbers(entity, VALIDATION, after), numbers(entity, VERIFICATION, after)) == ([3], [1, 3])
    lost = decide(people, entity, "give_up_scopes", because="accreditation_lost", verification=[3], ends_on=date(2028, 6, 30))
    assert (lost.capacity, lost.actor) == ("committee", "decision")
    assert numbers(entity, VERIFICATION, date(2028, 6, 30)) == [1, 3]
    assert numbers(entity, VERIFICATION, date(2028, 7, 1)) == [1]
    assert entity.reload().state == State.DESIGNATED


def test_giving_up_never_makes_a_scope_last_longer(people: Cast) -> None:
    entity = journey.designated(people, settle={"ends_on": LAST_DAY})
    act(entity, "give_up_scopes", people.tpe, because="given_up", validation=[1], ends_on=date(2040, 1, 1))
    assert covers(entity, VALIDATION, [1], LAST_DAY)
    assert not covers(entity, VALIDATION, [1], date(2028, 11, 29))
    with refused(NotReady, "TPE-05"):
        act(entity, "give_up_scopes", people.tpe, because="given_up", validation=[1], ends_on=date(2028, 2, 14))


def test_what_was_given_up_can_be_granted_again(people: Cast, time: Rehearsal) -> None:
    entity = journey.designated(people)
    act(entity, "give_up_scopes", people.tpe, because="given_up", validation=[1])
    day = later(time, 9, 1)
    upload(entity, people.tpe, Kind.ACCREDITATION)
    decide(people, entity, "extend", validation=[1])
    held = {on: covers(entity, VALIDATION, [1], on) for on in (FIRST_DAY, date(2028, 2, 16), date(2028, 8, 31), day)}
    assert list(held.values()) == [True, False, False, True]


@pytest.mark.parametrize("by_decision", [False, True])
def test_withdrawal_ends_every_scope_on_its_day(people: Cast, time: Rehearsal, by_decision: bool) -> None:  # noqa: FBT001 - a case
    entity = journey.designated(people)
    act(entity, "give_up_scopes", people.tpe, because="given_up", verification=[3])
    day = later(time, 6, 1)
    assert designated_entity(people.tpe.organisation_id) == entity
    if by_decision:
        decide(people, entity, "open_review", grounds="Doubts")
        act(entity, "answer_review", people.tpe, statement="We stop.")
        decide(people, entity, "withdraw_designation", grounds="The conditions are no longer met.")
    else:
        act(entity, "withdraw", people.tpe, open_work="None")
    found = entity.reload()
    assert found.state == (State.WITHDRAWN if by_decision else State.WITHDRAWN_VOLUNTARILY)
    assert (found.ended_on, found.reference) == (day, "TPE-IN-001")
    assert (numbers(entity, VALIDATION, day), numbers(entity, VERIFICATION, day)) == ([1, 3], [1, 14])
    after = date(2028, 6, 2)
    assert (numbers(entity, VALIDATION, after), numbers(entity, VERIFICATION, after)) == ([], [])
    # Scope 3 for verification had ended before: no row more for it.
    assert Scope.objects.filter(entity=entity, function=VERIFICATION, number=3).count() == 2
    assert designated_entity(people.tpe.organisation_id) is None
    with refused(NotNow, "DOOR-02"):
        act(entity, "extend", DECISION, validation=[1])


def test_nobody_withdraws_another_entity(people: Cast) -> None:
    entity = journey.designated(people)
    for somebody in (people.other_tpe, people.secretariat_host, people.co_chair_japan):
        with refused(NotAllowed, "DOOR-00"):
            act(entity, "withdraw", somebody)
        with refused(NotAllowed, "DOOR-00"):
            act(entity, "withdraw_designation", somebody, grounds="The conditions are no longer met.")
    with refused(NotAllowed, "DOOR-00"):
        act(entity, "withdraw_designation", people.tpe, grounds="The conditions are no longer met.")


def test_withdrawal_by_decision_says_why(people: Cast) -> None:
    entity = journey.heard(people)
    with refused(NotReady, "DOOR-07"):
        act(entity, "withdraw_designation", DECISION)


def test_withdrawal_also_ends_what_was_to_start_later(people: Cast) -> None:
    entity = journey.designated(people)
    upload(entity, people.tpe, Kind.ACCREDITATION)
    decide(people, entity, "extend", validation=[5], effective_on=date(2028, 12, 1))
    assert (numbers(entity, VALIDATION, date(2028, 11, 30)), numbers(entity, VALIDATION, date(2028, 12, 1))) == (
        [1, 3],
        [1, 3, 5],
    )
    act(entity, "withdraw", people.tpe, open_work="None")
    assert numbers(entity, VALIDATION, date(2028, 12, 1)) == []


def test_entities_are_found_by_what_they_cover(people: Cast) -> None:
    first = journey.designated(people, settle={"ends_on": LAST_DAY})
    second = journey.designated(people, by=people.other_tpe, settle={"verification": [1]})
    assert entities_covering(VERIFICATION, [1], LAST_DAY) == [first, second]
    assert entities_covering(VERIFICATION, [1, 14], LAST_DAY) == [first]
    assert entities_covering(VERIFICATION, [1], date(2028, 11, 29)) == [second]


# --- What the database holds ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        "update third_party_entities_scope set ends_on = null",
        "delete from third_party_entities_scope",
        "truncate third_party_entities_scope",
        "insert into third_party_entities_scope table third_party_entities_scope on conflict (id) do update set ends_on = null",
        "delete from third_party_entities_thirdpartyentity",
    ],
)
def test_scopes_are_written_once(people: Cast, change: str) -> None:
    journey.designated(people)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        ({"ends_on": date(2028, 2, 14)}, "scope_ends_after_start"),
        ({"function": "accounting"}, "scope_function_is_known"),
    ],
)
def test_a_scope_that_makes_no_sense_is_refused(people: Cast, columns: dict[str, object], name: str) -> None:
    entity = journey.designated(people)
    good = {"entity": entity, "function": VALIDATION, "number": 2, "starts_on": FIRST_DAY, "act_id": uuid4()}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Scope.objects.create(**{**good, **columns})


def test_no_scope_is_written_without_an_act_on_its_own_file(people: Cast) -> None:
    first, second = journey.designated(people), journey.designated(people, by=people.other_tpe)
    act_id = first.scopes.values_list("act_id", flat=True)[0]
    connection.check_constraints()
    for other_act in (uuid4(), act_id):
        point = transaction.savepoint()
        Scope.objects.create(entity=second, function=VALIDATION, number=9, starts_on=FIRST_DAY, act_id=other_act)
        with pytest.raises(IntegrityError, match="has no act"):
            connection.check_constraints()
        transaction.savepoint_rollback(point)


@pytest.mark.parametrize("key", PROCEDURE.steps())
def test_no_step_is_performed_by_hand(key: str) -> None:
    row = PROCEDURE.steps()[key][0]
    held = ThirdPartyEntity(**{"state": row.source[0].value} if row.source else {})
    with pytest.raises(ByHand):
        getattr(held, key)(None)


def test_a_state_is_not_assigned(people: Cast) -> None:
    entity = journey.applied(people)
    with pytest.raises(AttributeError):
        entity.state = State.DESIGNATED
    point = transaction.savepoint()
    ThirdPartyEntity.objects.filter(pk=entity.pk).update(state=State.DESIGNATED)
    with pytest.raises(IntegrityError, match="has no event"):
        connection.check_constraints()
    transaction.savepoint_rollback(point)


def test_both_editions_know_the_same_steps() -> None:
    assert PROCEDURE.tables["jcm_2013"] == PROCEDURE.tables["india_2026"]
    assert set(SCOPES) == {function.value for function in Function}
