"""A designated entity is reviewed, heard, confirmed, suspended or withdrawn; and a suspension ends."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from apps.core.clock import Rehearsal
from apps.core.errors import NotAllowed, NotNow, NotReady
from apps.documents.kinds import Kind
from apps.third_party_entities.models import Scope, Suspension, ThirdPartyEntity
from apps.third_party_entities.procedure import IN_OFFICE, Function, State
from apps.third_party_entities.render import notes
from apps.third_party_entities.selectors import (
    coverage,
    covers,
    designated_entity,
    entities_covering,
    may_work_on,
    scopes_held,
    suspension_on,
)
from apps.workflow.models import Deadline
from apps.workflow.options import worklist
from apps.workflow.selectors import open_deadlines
from apps.workflow.services import sweep
from tests.decision import decide
from tests.journeys import tpe as journey
from tests.journeys.tpe import DECISION, GROUNDS, act
from tests.paper import upload
from tests.people import Cast
from tests.refused import refused

pytestmark = pytest.mark.django_db

VALIDATION, VERIFICATION = Function.VALIDATION, Function.VERIFICATION
TODAY = date(2028, 2, 15)


def noon(time: Rehearsal, month: int, day: int) -> date:
    """Move to noon in Japan of a day in 2028."""
    time.move_to(datetime(2028, month, day, 3, tzinfo=UTC))
    return date(2028, month, day)


def told(entity: ThirdPartyEntity) -> dict[str, str]:
    """What the register prints of an entity as people read them."""
    return {fact.term: fact.words for fact in notes(entity)}


def test_the_committee_opens_a_review_with_grounds_and_the_entity_goes_on_working(people: Cast) -> None:
    entity = journey.designated(people)
    for somebody in (people.tpe, people.co_chair_host, people.secretariat_japan):
        with refused(NotAllowed, "DOOR-00"):
            act(entity, "open_review", somebody, grounds=GROUNDS)
    with refused(NotReady, "DOOR-07"):
        act(entity, "open_review", DECISION)
    decide(people, entity, "open_review", grounds=GROUNDS)
    found = entity.reload()
    assert (found.state, found.reviewed_on, found.heard_on) == (State.UNDER_REVIEW, TODAY, None)
    assert covers(found, VALIDATION, [1, 3], TODAY)
    assert designated_entity(people.tpe.organisation_id) == found
    assert worklist(people.tpe) == [found]
    with refused(NotNow, "DOOR-02"):
        act(entity, "open_review", DECISION, grounds=GROUNDS)
    with refused(NotNow, "DOOR-02"):
        act(entity, "extend", DECISION, validation=[2])


def test_the_entity_has_fourteen_days_to_answer_and_answers_for_itself(people: Cast, time: Rehearsal) -> None:
    entity = journey.under_review(people)
    deadline = open_deadlines(entity).get()
    assert (deadline.step, deadline.days, deadline.last_day, deadline.by_clock) == (
        "answer_review",
        14,
        date(2028, 2, 29),
        False,
    )
    for somebody in (people.other_tpe, people.secretariat_host, people.co_chair_host):
        with refused(NotAllowed, "DOOR-00"):
            act(entity, "answer_review", somebody, statement="No")
    with refused(NotReady, "DOOR-07"):
        act(entity, "answer_review", people.tpe)
    noon(time, 2, 20)
    upload(entity, people.tpe, Kind.ACCREDITATION)
    event = act(entity, "answer_review", people.tpe, statement="The new certificate is here.")
    assert event.data["inputs"] == {"statement": "The new certificate is here."}
    assert (entity.reload().state, entity.reload().heard_on) == (State.UNDER_REVIEW, date(2028, 2, 20))
    assert Deadline.objects.get(step="answer_review").outcome == "met"
    assert worklist(people.tpe) == []


@pytest.mark.parametrize("step", ["suspend", "withdraw_designation"])
def test_nothing_is_taken_from_an_entity_unheard(people: Cast, time: Rehearsal, step: str) -> None:
    entity = journey.under_review(people)
    noon(time, 2, 29)
    with refused(NotReady, "TPE-09"):
        act(entity, step, DECISION, grounds=GROUNDS)
    noon(time, 3, 1)
    decide(people, entity, step, grounds=GROUNDS)
    assert entity.reload().state in (State.SUSPENDED, State.WITHDRAWN)


def test_a_review_is_concluded_by_the_committee_alone(people: Cast) -> None:
    entity = journey.heard(people)
    for step in ("confirm_designation", "suspend", "withdraw_designation"):
        for somebody in (people.tpe, people.co_chair_japan, people.secretariat_host):
            with refused(NotAllowed, "DOOR-00"):
                act(entity, step, somebody, grounds=GROUNDS)
        with refused(NotReady, "DOOR-07"):
            act(entity, step, DECISION)


def test_a_designation_is_not_withdrawn_or_suspended_without_a_review(people: Cast) -> None:
    entity = journey.designated(people)
    for step in ("suspend", "withdraw_designation", "confirm_designation", "lift_suspension"):
        with refused(NotNow, "DOOR-02"):
            act(entity, step, DECISION, grounds=GROUNDS)


def test_an_entity_that_is_confirmed_is_designated_as_before_and_heard_anew_in_the_next_review(people: Cast) -> None:
    entity = journey.heard(people)
    decide(people, entity, "confirm_designation", grounds="Explained")
    assert (entity.reload().state, entity.reload().reference) == (State.DESIGNATED, "TPE-IN-001")
    assert Suspension.objects.count() == 0
    decide(people, entity, "open_review", grounds=GROUNDS)
    with refused(NotReady, "TPE-09"):
        act(entity, "suspend", DECISION, grounds=GROUNDS)


def test_an_unheard_entity_can_be_confirmed(people: Cast) -> None:
    entity = journey.under_review(people)
    decide(people, entity, "confirm_designation", grounds="A mistake of ours")
    assert entity.reload().state == State.DESIGNATED


@pytest.mark.parametrize(
    ("on", "may"),
    [
        (date(2028, 2, 14), False),
        (date(2028, 2, 15), False),
        (date(2028, 2, 16), False),
        (date(2028, 3, 16), False),
        (date(2028, 3, 17), True),
    ],
)
def test_a_suspended_entity_neither_validates_nor_verifies_until_the_last_day(people: Cast, on: date, may: bool) -> None:  # noqa: FBT001 - a case
    entity = journey.suspended(people)
    assert entity.suspended_until == date(2028, 3, 16)
    assert [covers(entity, one, [1], on) for one in Function] == [may, may]
    assert entities_covering(VERIFICATION, [1, 14], on) == ([entity] if may else [])


def test_the_reason_names_the_suspension_and_what_else_is_missing(people: Cast) -> None:
    entity = journey.suspended(people)
    assert coverage(entity, VALIDATION, [1, 14], TODAY).gaps == (
        "suspended from 15 February 2028 to 16 March 2028",
        "not designated for validation in sectoral scope 14 on 15 February 2028",
    )
    assert coverage(entity, VERIFICATION, [], TODAY).gaps == ("suspended from 15 February 2028 to 16 March 2028",)
    assert sorted(scopes_held(entity, VERIFICATION, TODAY)) == [1, 3, 14]
    assert told(entity)["Suspended"] == "15 February 2028 to 16 March 2028"


def test_a_suspension_until_a_day_ends_by_itself_with_that_day(people: Cast, time: Rehearsal) -> None:
    entity = journey.suspended(people)
    deadline = open_deadlines(entity).get()
    assert (deadline.step, deadline.last_day, deadline.by_clock) == ("end_suspension", date(2028, 3, 16), True)
    time.move_to(datetime(2028, 3, 16, 14, 59, tzinfo=UTC))
    assert (sweep(), entity.reload().state) == (0, State.SUSPENDED)
    time.move_to(datetime(2028, 3, 16, 15, tzinfo=UTC))
    assert (sweep(), entity.reload().state) == (1, State.DESIGNATED)
    assert covers(entity, VALIDATION, [1], date(2028, 3, 17))
    assert not covers(entity, VALIDATION, [1], date(2028, 3, 16))


def test_a_late_sweep_keeps_nobody_from_working(people: Cast, time: Rehearsal) -> None:
    entity = journey.suspended(people)
    day = noon(time, 4, 1)
    assert entity.reload().state == State.SUSPENDED
    assert may_work_on(entity, day)
    with refused(NotNow, "DOOR-02"):
        act(entity, "lift_suspension", DECISION, grounds="Late")


def test_a_suspension_without_a_last_day_lasts_until_the_committee_lifts_it(people: Cast, time: Rehearsal) -> None:
    entity = journey.suspended(people, days=None)
    assert not open_deadlines(entity).exists()
    assert coverage(entity, VALIDATION, [1], TODAY).gaps == ("suspended from 15 February 2028 until the suspension is lifted",)
    assert told(entity)["Suspended"] == "from 15 February 2028 until it is lifted"
    day = noon(time, 9, 1)
    assert (sweep(), may_work_on(entity, day)) == (0, False)
    for somebody in (people.tpe, people.co_chair_host, people.secretariat_host):
        with refused(NotAllowed, "DOOR-00"):
            act(entity, "lift_suspension", somebody, grounds="Done")
    with refused(NotReady, "DOOR-07"):
        act(entity, "lift_suspension", DECISION)
    event = decide(people, entity, "lift_suspension", grounds="The procedures were corrected.")
    assert entity.reload().state == State.DESIGNATED
    assert [may_work_on(entity.reload(), one) for one in (date(2028, 8, 31), day)] == [False, True]
    assert "Suspended" not in told(entity)
    rows = Suspension.objects.values_list("starts_on", "ends_on", "lifted")
    assert list(rows) == [(TODAY, None, False), (day, None, True)]
    assert Suspension.objects.get(lifted=True).decision_id == event.decision_id


def test_a_suspension_with_a_last_day_can_be_lifted_before(people: Cast, time: Rehearsal) -> None:
    entity = journey.suspended(people)
    day = noon(time, 3, 1)
    decide(people, entity, "lift_suspension", grounds="The procedures were corrected.")
    assert (entity.reload().suspended_until, suspension_on(entity, day)) == (None, None)
    assert not open_deadlines(entity).exists()
    assert Deadline.objects.get(step="end_suspension").outcome == "moot"


def test_a_suspension_does_not_end_before_it_starts(people: Cast) -> None:
    entity = journey.heard(people)
    with refused(NotReady, "TPE-05"):
        act(entity, "suspend", DECISION, grounds=GROUNDS, ends_on=date(2028, 2, 14))
    decide(people, entity, "suspend", grounds=GROUNDS, ends_on=TODAY)
    assert not may_work_on(entity.reload(), TODAY)
    assert may_work_on(entity.reload(), date(2028, 2, 16))


def test_a_suspended_entity_gives_up_scopes_withdraws_or_is_withdrawn(people: Cast) -> None:
    entity = journey.suspended(people)
    act(entity, "give_up_scopes", people.tpe, because="given_up", validation=[1])
    with refused(NotReady, "TPE-06"):
        act(entity, "give_up_scopes", people.tpe, because="given_up", validation=[2])
    decide(people, entity, "withdraw_designation", grounds="Nothing was corrected.")
    assert (entity.reload().state, may_work_on(entity.reload(), TODAY)) == (State.WITHDRAWN, False)
    assert not open_deadlines(entity).exists()
    other = journey.designated(people, by=people.other_tpe)
    act(other, "withdraw", people.other_tpe, open_work="None")
    assert set(Scope.objects.filter(entity=other).exclude(because="").values_list("because", flat=True)) == {"given_up"}
    assert set(Scope.objects.filter(entity=entity, because="withdrawn").values_list("number", flat=True)) == {1, 3, 14}


def test_under_review_and_suspended_are_in_office(people: Cast, time: Rehearsal) -> None:
    for state in IN_OFFICE:
        entity = journey.JOURNEYS[state](people, time)
        assert designated_entity(people.tpe.organisation_id) == entity
        act(entity, "withdraw", people.tpe, open_work="None")


# --- What the database holds ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        "update third_party_entities_suspension set ends_on = null",
        "delete from third_party_entities_suspension",
        "truncate third_party_entities_suspension",
        "update third_party_entities_formername set name = 'x'",
        "delete from third_party_entities_formername",
    ],
)
def test_suspensions_and_names_are_written_once(people: Cast, change: str) -> None:
    journey.suspended(people)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        ({"ends_on": date(2028, 2, 14)}, "suspension_ends_after_start"),
        ({"lifted": True, "ends_on": TODAY}, "suspension_lifted_has_no_end"),
    ],
)
def test_a_suspension_that_makes_no_sense_is_refused(people: Cast, columns: dict[str, object], name: str) -> None:
    good = {"entity": journey.designated(people), "starts_on": TODAY, "decision_id": 1, "act_id": uuid4()}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Suspension.objects.create(**{**good, **columns})


def test_no_suspension_is_written_without_an_act_on_its_own_file(people: Cast) -> None:
    first, second = journey.suspended(people), journey.designated(people, by=people.other_tpe)
    connection.check_constraints()
    for act_id in (uuid4(), first.scopes.values_list("act_id", flat=True)[0]):
        point = transaction.savepoint()
        Suspension.objects.create(entity=second, starts_on=TODAY, decision_id=1, act_id=act_id)
        with pytest.raises(IntegrityError, match="has no act"):
            connection.check_constraints()
        transaction.savepoint_rollback(point)
