"""Third-party entities of the real record that break a naive register (awkward cases 32 to 38, and 22 for names)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from apps.core.clock import Rehearsal
from apps.core.errors import NotReady
from apps.documents.kinds import Kind
from apps.events.selectors import history
from apps.third_party_entities.models import Scope, ThirdPartyEntity
from apps.third_party_entities.procedure import Function, State
from apps.third_party_entities.selectors import coverage, covers, former_names, scopes_held
from tests.decision import decide
from tests.journeys import tpe as journey
from tests.journeys.tpe import act
from tests.paper import upload
from tests.people import Cast, organisation
from tests.refused import refused

pytestmark = pytest.mark.django_db

VALIDATION, VERIFICATION = Function.VALIDATION, Function.VERIFICATION


def moved(time: Rehearsal, year: int, month: int, day: int) -> date:
    """Move to noon in Japan of a day."""
    time.move_to(datetime(year, month, day, 3, tzinfo=UTC))
    return date(year, month, day)


def held(entity: ThirdPartyEntity, on: date) -> tuple[list[int], list[int]]:
    """The sectoral scopes for validation and for verification on a day."""
    return sorted(scopes_held(entity, VALIDATION, on)), sorted(scopes_held(entity, VERIFICATION, on))


def test_awkward_case_32_scopes_differ_for_validation_and_verification(people: Cast) -> None:
    entity = journey.designated(people, validation=[1, 3, 13], verification=[1, 3, 13, 14])
    today = date(2028, 2, 15)
    assert held(entity, today) == ([1, 3, 13], [1, 3, 13, 14])
    assert (covers(entity, VERIFICATION, [14], today), covers(entity, VALIDATION, [14], today)) == (True, False)


def test_awkward_case_33_scopes_expire_one_by_one_without_a_decision(people: Cast, time: Rehearsal) -> None:
    entity = journey.designated(people, validation=[1, 3], verification=[1, 3], settle={"ends_on": date(2028, 11, 28)})
    upload(entity, people.tpe, Kind.ACCREDITATION)
    decide(people, entity, "extend", validation=[1], verification=[1], ends_on=date(2029, 3, 31))
    before = entity.reload().version
    moved(time, 2029, 6, 1)
    assert held(entity, date(2028, 11, 28)) == ([1, 3], [1, 3])
    assert held(entity, date(2028, 11, 29)) == ([1], [1])
    assert held(entity, date(2029, 4, 1)) == ([], [])
    assert (entity.reload().state, entity.reload().version) == (State.DESIGNATED, before)


def test_awkward_case_34_an_entity_loses_some_scopes_for_two_reasons_and_stays_designated(people: Cast, time: Rehearsal) -> None:
    every = [1, 4, 6, 7, 8, 9]
    entity = journey.designated(people, validation=every, verification=every)
    day = moved(time, 2028, 6, 1)
    act(entity, "give_up_scopes", people.tpe, because="given_up", validation=[4, 6, 8], verification=[4, 6, 8])
    decide(people, entity, "give_up_scopes", because="accreditation_lost", validation=[7, 9], verification=[7, 9])
    assert entity.reload().state == State.DESIGNATED
    assert held(entity, day) == (every, every)
    assert held(entity, date(2028, 6, 2)) == ([1], [1])
    ended = Scope.objects.filter(entity=entity, function=VALIDATION).exclude(because="").order_by("number")
    assert list(ended.values_list("number", "because")) == [
        (4, "given_up"),
        (6, "given_up"),
        (7, "accreditation_lost"),
        (8, "given_up"),
        (9, "accreditation_lost"),
    ]
    assert coverage(entity, VALIDATION, [6, 7], date(2028, 6, 2)).gaps == (
        "the designation for validation in sectoral scope 6 ended on 1 June 2028 (given up by the entity)",
        "the designation for validation in sectoral scope 7 ended on 1 June 2028 (no longer accredited)",
    )


@pytest.mark.parametrize(("given", "code"), [({}, "DOOR-07"), ({"because": "withdrawn"}, "DOOR-08")])
def test_case_34_a_partial_withdrawal_says_why(people: Cast, given: dict[str, str], code: str) -> None:
    entity = journey.designated(people)
    with refused(NotReady, code):
        act(entity, "give_up_scopes", people.tpe, validation=[1], **given)


def test_awkward_case_35_an_entity_is_redesignated_on_another_basis_under_its_number(people: Cast, time: Rehearsal) -> None:
    entity = journey.designated(people, basis="cdm", settle={"ends_on": date(2028, 5, 31)})
    day = moved(time, 2028, 9, 1)
    assert held(entity, day) == ([], [])
    with refused(NotReady, "TPE-08"):
        act(entity, "extend", journey.DECISION, validation=[1], new_basis="iso_14065")
    upload(entity, people.tpe, Kind.ACCREDITATION)
    decide(people, entity, "extend", validation=[1], verification=[1], new_basis="iso_14065")
    found = entity.reload()
    assert (found.reference, found.basis, found.designated_on) == ("TPE-IN-001", "iso_14065", date(2028, 2, 15))
    assert held(found, date(2028, 5, 31)) == ([1, 3], [1, 3, 14])
    assert (held(found, date(2028, 8, 31)), held(found, day)) == (([], []), ([1], [1]))


def test_case_35_whoever_withdrew_is_designated_anew_on_another_basis_and_under_another_number(people: Cast) -> None:
    first = journey.designated(people, basis="cdm")
    act(first, "withdraw", people.tpe, open_work="None")
    second = journey.designated(people, basis="iso_14065")
    assert (first.reload().reference, second.reference) == ("TPE-IN-001", "TPE-IN-002")
    assert (first.reload().state, second.state) == (State.WITHDRAWN_VOLUNTARILY, State.DESIGNATED)


def test_awkward_case_36_an_entity_is_designated_twice_and_has_one_file(people: Cast, time: Rehearsal) -> None:
    entity = journey.designated(people, validation=[1], verification=[1], settle={"ends_on": date(2028, 12, 31)})
    with refused(NotReady, "TPE-01"):
        journey.drafted(people)
    moved(time, 2028, 5, 25)
    upload(entity, people.tpe, Kind.ACCREDITATION)
    decide(people, entity, "extend", validation=[1, 4], verification=[1, 4])
    found = entity.reload()
    assert (found.reference, ThirdPartyEntity.objects.count()) == ("TPE-IN-001", 1)
    assert [one.type for one in history("tpe", entity.pk) if one.decision_id] == ["tpe.designate", "tpe.extend"]
    assert held(found, date(2028, 5, 24)) == ([1], [1])
    assert held(found, date(2030, 1, 1)) == ([1, 4], [1, 4])


def test_awkward_case_37_a_name_changes_the_number_does_not_and_spelling_joins_nobody(people: Cast, time: Rehearsal) -> None:
    first = journey.designated(people)
    second = journey.designated(people, by=people.other_tpe)
    moved(time, 2028, 6, 1)
    act(first, "rename", people.secretariat_host, new_name="Galaxy Certification Service", renamed_on="2028-06-01")
    act(second, "rename", people.secretariat_host, new_name="Galaxy Certification Services", renamed_on="2028-06-01")
    found = [first.reload(), second.reload()]
    assert [str(one) for one in found] == [
        "TPE-IN-001 Galaxy Certification Service",
        "TPE-IN-002 Galaxy Certification Services",
    ]
    assert [[one.name for one in former_names(one)] for one in found] == [["First Verifier"], ["Second Verifier"]]
    # Another company of the former name may come: nothing is looked up by it.
    assert organisation("First Verifier").pk == first.organisation_id
    assert [one.title for one in ThirdPartyEntity.objects.filter(title__iexact="first verifier")] == []


def test_awkward_case_38_one_entity_holds_both_functions_and_nothing_in_its_designation_separates_them(people: Cast) -> None:
    entity = journey.designated(people, validation=[1, 3], verification=[1, 3])
    today = date(2028, 2, 15)
    assert [covers(entity, one, [1, 3], today) for one in Function] == [True, True]
