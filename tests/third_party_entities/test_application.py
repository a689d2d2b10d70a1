"""An entity applies, completes once, is designated or refused."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from apps.core.clock import Rehearsal
from apps.core.errors import NotAllowed, NotNow, NotReady
from apps.documents.kinds import Kind
from apps.events.selectors import history
from apps.third_party_entities.models import Scope, ThirdPartyEntity
from apps.third_party_entities.procedure import IN_OFFICE, OPEN, State
from apps.workflow.models import IssuedNumber
from apps.workflow.options import available_steps, worklist
from apps.workflow.selectors import open_deadlines
from apps.workflow.services import open_file
from tests.decision import decide
from tests.journeys import tpe as journey
from tests.journeys.tpe import DECISION, SCOPES, act
from tests.paper import upload
from tests.people import Cast, actor, cast
from tests.refused import refused
from tests.workflow.threads import outcomes


@pytest.mark.django_db
def test_an_application_says_basis_and_scopes_by_function(people: Cast) -> None:
    entity = journey.drafted(people, validation=[3, 1], verification="1, 3, 14")
    assert (entity.state, entity.basis, entity.title) == (State.DRAFT, "iso_14065", "First Verifier")
    assert (entity.applied_validation, entity.applied_verification) == ([1, 3], [1, 3, 14])
    only_verification = journey.drafted(people, by=people.other_tpe, validation=[], basis="cdm")
    assert (only_verification.applied_validation, only_verification.basis) == ([], "cdm")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({"basis": "good_will"}, ("DOOR-08",)),
        ({"basis": None}, ("DOOR-07",)),
        ({"validation": [16]}, ("DOOR-08",)),
        ({"validation": [], "verification": []}, ("TPE-03",)),
        ({"title": ""}, ("DOOR-07",)),
    ],
)
def test_an_application_that_says_too_little_is_refused(people: Cast, given: dict[str, object], codes: tuple[str, ...]) -> None:
    with refused(NotReady, *codes):
        journey.drafted(people, **given)


@pytest.mark.django_db
def test_an_entity_applies_for_itself_only(people: Cast) -> None:
    columns = {"organisation_id": people.other_tpe.organisation_id}
    given = {"edition": "india_2026", "title": "Other", "basis": "cdm", **SCOPES}
    with refused(NotReady, "TPE-02"):
        open_file(ThirdPartyEntity, "draft", actor=actor(people.tpe), fields=columns, **given)
    for somebody in (people.participant_host, people.secretariat_host, people.co_chair_host):
        with refused(NotAllowed, "DOOR-00"):
            open_file(ThirdPartyEntity, "draft", actor=actor(somebody), fields=columns, **given)


@pytest.mark.django_db
@pytest.mark.parametrize("state", [*OPEN, *IN_OFFICE])
def test_an_organisation_has_one_running_file(people: Cast, time: Rehearsal, state: State) -> None:
    journey.JOURNEYS[state](people, time)
    with refused(NotReady, "TPE-01"):
        journey.drafted(people)


@pytest.mark.django_db
def test_whoever_was_refused_or_withdrew_may_apply_again_and_gets_another_number(people: Cast, time: Rehearsal) -> None:
    for state in (State.APPLICATION_WITHDRAWN, State.REFUSED, State.WITHDRAWN_VOLUNTARILY, State.WITHDRAWN):
        journey.JOURNEYS[state](people, time)
    assert journey.designated(people).reference == "TPE-IN-003"
    assert ThirdPartyEntity.objects.count() == 5


@pytest.mark.django_db
def test_applying_needs_form_and_certificate(people: Cast) -> None:
    entity = journey.drafted(people)
    with refused(NotReady, "DOOR-05", "DOOR-05"):
        act(entity, "apply", people.tpe)
    upload(entity, people.tpe, Kind.TPE_APPLICATION)
    with refused(NotReady, "DOOR-05"):
        act(entity, "apply", people.tpe)
    upload(entity, people.tpe, Kind.ACCREDITATION)
    for somebody in (people.other_tpe, people.secretariat_host, people.participant_host):
        with refused(NotAllowed, "DOOR-00"):
            act(entity, "apply", somebody)
    event = act(entity, "apply", people.tpe)
    assert (event.type, event.capacity, event.side) == ("tpe.apply", "applicant", "")
    assert (entity.reload().state, entity.reload().applied_on) == (State.APPLIED, date(2028, 2, 15))


@pytest.mark.django_db
def test_completeness_is_due_in_seven_days_and_completion_is_asked_for_once(people: Cast, time: Rehearsal) -> None:
    entity = journey.applied(people)
    deadline = open_deadlines(entity).get()
    assert (deadline.step, deadline.days, deadline.last_day, deadline.by_clock) == (
        "accept_as_complete",
        7,
        date(2028, 2, 22),
        False,
    )
    with refused(NotReady, "CPL-01"):
        act(entity, "request_completion", people.secretariat_host)
    with refused(NotAllowed, "DOOR-00"):
        act(entity, "request_completion", people.tpe, missing="Something")
    time.move_to(datetime(2028, 2, 17, 3, tzinfo=UTC))
    act(entity, "request_completion", people.secretariat_host, missing="The annex")
    assert not open_deadlines(entity).exists()
    time.move_to(datetime(2028, 2, 18, 3, tzinfo=UTC))
    with refused(NotReady, "TPE-07"):
        act(entity, "resubmit", people.tpe)
    upload(entity, people.tpe, Kind.TPE_APPLICATION)
    act(entity, "resubmit", people.tpe)
    assert entity.reload().state == State.COMPLETED
    assert open_deadlines(entity).get().last_day == date(2028, 2, 25)
    with refused(NotNow, "DOOR-02"):
        act(entity, "request_completion", people.secretariat_host, missing="Something else")
    act(entity, "accept_as_complete", people.secretariat_host)
    assert (entity.reload().state, entity.reload().complete_on) == (State.COMPLETE, date(2028, 2, 18))


@pytest.mark.django_db
def test_what_stays_incomplete_goes_to_the_committee_to_be_refused(people: Cast) -> None:
    entity = journey.completed(people)
    with refused(NotReady, "DOOR-07"):
        act(entity, "refuse", DECISION)
    decide(people, entity, "refuse", grounds="The annex is still missing.")
    assert (entity.reload().state, entity.reload().ended_on) == (State.REFUSED, date(2028, 2, 15))


@pytest.mark.django_db
def test_nobody_designates_but_the_committee(people: Cast) -> None:
    entity = journey.complete(people)
    for somebody in (*people.committee, people.secretariat_host, people.government_japan, people.tpe):
        with refused(NotAllowed, "DOOR-00"):
            act(entity, "designate", somebody, **SCOPES)
    unchecked = journey.applied(people, by=people.other_tpe)
    with refused(NotNow, "DOOR-02"):
        act(unchecked, "designate", DECISION, **SCOPES)


@pytest.mark.django_db
def test_an_application_is_refused_only_after_its_check(people: Cast) -> None:
    for entity in (journey.applied(people), journey.drafted(people, by=people.other_tpe)):
        with refused(NotNow, "DOOR-02"):
            act(entity, "refuse", DECISION, grounds="Too early")


@pytest.mark.django_db
def test_designation_gives_number_and_scopes_by_function(people: Cast) -> None:
    entity = journey.complete(people)
    event = decide(people, entity, "designate", effective_on=date(2028, 2, 10), ends_on="2030-11-27", **SCOPES)
    found = entity.reload()
    assert (found.state, found.reference, found.number, found.designated_on) == (
        State.DESIGNATED,
        "TPE-IN-001",
        1,
        date(2028, 2, 10),
    )
    rows = Scope.objects.values_list("function", "number", "starts_on", "ends_on", "decision_id", "act_id")
    expected = [("validation", 1), ("validation", 3), ("verification", 1), ("verification", 3), ("verification", 14)]
    assert list(rows) == [(*one, date(2028, 2, 10), date(2030, 11, 27), event.decision_id, event.act_id) for one in expected]
    assert event.data["scopes"] == [
        {"function": function, "number": number, "ends_on": "2030-11-27"} for function, number in expected
    ]
    assert event.data["inputs"] == {"validation": [1, 3], "verification": [1, 3, 14], "ends_on": "2030-11-27"}


@pytest.mark.django_db
def test_designation_names_scopes_that_were_applied_for(people: Cast) -> None:
    entity = journey.complete(people)
    with refused(NotReady, "TPE-03"):
        act(entity, "designate", DECISION)
    with refused(NotReady, "TPE-04", "TPE-04"):
        act(entity, "designate", DECISION, validation=[1, 14], verification=[2])
    with refused(NotReady, "TPE-05"):
        act(entity, "designate", DECISION, ends_on=date(2028, 2, 14), **SCOPES)
    decide(people, entity, "designate", verification=[14], ends_on=date(2028, 2, 15))
    assert Scope.objects.count() == 1


@pytest.mark.django_db
def test_numbers_may_be_wanted_and_are_never_given_again(people: Cast) -> None:
    assert journey.designated(people, settle={"number": 14}).reference == "TPE-IN-014"
    second = journey.complete(people, by=people.other_tpe)
    with refused(NotReady, "NUM-01"):
        act(second, "designate", DECISION, number=14, **SCOPES)
    assert Scope.objects.filter(entity=second).count() == 0
    decide(people, second, "designate", **SCOPES)
    assert second.reload().reference == "TPE-IN-015"


@pytest.mark.django_db
@pytest.mark.parametrize("state", OPEN)
def test_an_application_is_withdrawn_before_the_decision(people: Cast, time: Rehearsal, state: State) -> None:
    entity = journey.JOURNEYS[state](people, time)
    with refused(NotAllowed, "DOOR-00"):
        act(entity, "withdraw_application", people.other_tpe)
    act(entity, "withdraw_application", people.tpe)
    assert (entity.reload().state, entity.reload().ended_on) == (State.APPLICATION_WITHDRAWN, date(2028, 2, 15))


@pytest.mark.django_db
def test_every_journey_ends_in_its_state_and_the_log_tells_the_way(people: Cast, time: Rehearsal) -> None:
    for state in (State.APPLICATION_WITHDRAWN, State.REFUSED, State.WITHDRAWN_VOLUNTARILY, State.WITHDRAWN, State.DESIGNATED):
        entity = journey.JOURNEYS[state](people, time)
        events = list(history("tpe", entity.pk))
        assert (entity.state, events[-1].to_state) == (state, state)
        assert [event.version for event in events] == list(range(1, entity.version + 1))
    assert set(journey.JOURNEYS) == set(State)


@pytest.mark.django_db
def test_an_application_waits_for_the_applicant_then_for_the_secretariat(people: Cast) -> None:
    entity = journey.drafted(people)
    assert (worklist(people.tpe), worklist(people.other_tpe), worklist(people.secretariat_host)) == ([entity], [], [])
    upload(entity, people.tpe, Kind.TPE_APPLICATION, Kind.ACCREDITATION)
    act(entity, "apply", people.tpe)
    assert (worklist(people.tpe), worklist(people.secretariat_host)) == ([], [entity])
    options = {option.row.key: option for option in available_steps(entity.reload(), people.tpe)}
    assert [key for key, option in options.items() if option.is_open] == ["withdraw_application"]


@pytest.mark.django_db
def test_a_designated_entity_sees_its_steps_before_it_fills_anything_in(people: Cast) -> None:
    entity = journey.designated(people)
    options = {option.row.key: option for option in available_steps(entity, people.tpe)}
    assert [key for key, option in options.items() if option.is_open] == ["give_up_scopes", "withdraw"]
    assert worklist(people.tpe) == []


@pytest.mark.django_db(transaction=True)
def test_two_drafts_of_one_organisation_at_once_leave_one_file() -> None:
    people = cast()
    assert sorted(outcomes([lambda: journey.drafted(people)] * 2)) == ["TPE-01", "done"]
    assert ThirdPartyEntity.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_designations_at_once_get_two_numbers() -> None:
    people = cast()
    entities = [journey.complete(people), journey.complete(people, by=people.other_tpe)]
    assert outcomes([lambda one=one: decide(people, one, "designate", **SCOPES) for one in entities]) == ["done", "done"]
    assert sorted(one.reload().reference for one in entities) == ["TPE-IN-001", "TPE-IN-002"]
    assert sorted(IssuedNumber.objects.filter(series="TPE-IN").values_list("number", flat=True)) == [1, 2]
