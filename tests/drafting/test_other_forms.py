"""The other forms, each filled in for a real file, handed in, and taken by its step."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from pypdf import PdfReader

from apps.accounts.models import Membership
from apps.documents.kinds import Kind
from apps.drafting.render import known_about
from apps.issuance.procedure import State as RoundState
from apps.project_changes.procedure.change import State as ChangeState
from apps.projects.procedure import State
from apps.third_party_entities.models import ThirdPartyEntity
from apps.workflow.models import Subject
from apps.workflow.services import open_file, perform
from tests.drafting.filling import Desk
from tests.issuance.walk import Course
from tests.journeys import idea_note
from tests.journeys.editions import under
from tests.people import Cast, actor
from tests.project_changes.walk import Later
from tests.projects.walk import World, upload

Case = Callable[[World], tuple[Subject, str, Membership, str]]


def registration(world: World) -> tuple[Subject, str, Membership, str]:
    project = world.reach(State.GOVERNMENTS_APPROVED)
    return project, "REG", world.people.participant_japan, "1 April 2028 to 31 March 2038"


def allocation(world: World) -> tuple[Subject, str, Membership, str]:
    return world.reach(State.VALIDATED), "ALLC", world.people.participant_host, "40 %"


def withdrawal(world: World) -> tuple[Subject, str, Membership, str]:
    return world.reach(State.REQUESTED), "RW", world.people.participant_japan, "Reason for the withdrawal as written"


def design(world: World) -> tuple[Subject, str, Membership, str]:
    return world.open(), "PDD", world.people.participant_japan, "Collectors and their control"


def communication(world: World) -> tuple[Subject, str, Membership, str]:
    return world.open(), "MOC", world.people.participant_host, "asha.rao@example.org"


def verification(world: World) -> tuple[Subject, str, Membership, str]:
    one = Course(world).reach(RoundState.VERIFICATION)
    perform(
        one, "accept_assignment", actor=actor(world.people.tpe), declaration="no_conflict"
    ) if one.accepted_on is None else None
    return one.reload(), "VRF", world.people.tpe, "1 April 2028 to 30 September 2028, both counted: 183 days"


def issuance(world: World) -> tuple[Subject, str, Membership, str]:
    return Course(world).reach(RoundState.VERIFIED), "ISS", world.people.participant_japan, "9,000 tCO2e"


def application(world: World) -> tuple[Subject, str, Membership, str]:
    people: Cast = world.people
    entity = open_file(
        ThirdPartyEntity,
        "draft",
        actor=actor(people.other_tpe),
        edition=world.edition,
        title="Second Verifier",
        fields={"organisation_id": people.other_tpe.organisation_id},
        basis="iso_14065",
        validation=[1, 3],
        verification=[1],
    )
    return entity, "TPE", people.other_tpe, "validation: 1, 3"


def note(world: World) -> tuple[Subject, str, Membership, str]:
    opened = under(world.edition, lambda: idea_note.drafted(world.people))
    return opened, "PIN", world.people.participant_japan, "Parabolic troughs with heat storage"


def change(world: World) -> tuple[Subject, str, Membership, str]:
    found = Later(world).reach(ChangeState.ASSESSED)
    return found, "PRC", world.people.participant_japan, "Effect on monitoring as written"


def project_withdrawal(world: World) -> tuple[Subject, str, Membership, str]:
    return world.reach(State.REGISTERED), "PW", world.people.participant_japan, "Registered"


def issuance_withdrawal(world: World) -> tuple[Subject, str, Membership, str]:
    return Course(world).reach(RoundState.REQUESTED), "IW", world.people.participant_japan, "Monitoring period"


CASES = [
    registration, allocation, withdrawal, design, communication, verification, issuance, application, note, change,
    project_withdrawal, issuance_withdrawal,
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda one: one.__name__)
def test_a_form_of_a_real_file(case: Case, india: World) -> None:
    subject, letters, by, words = case(india)
    desk = Desk(subject, letters, by)
    desk.fill()
    document = desk.produce()
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(document.path.read_bytes())).pages).split())
    assert words in text
    assert (document.kind, document.completed_on) == (letters, india.today)


def test_the_application_is_taken_by_its_step(india: World) -> None:
    subject, letters, by, _words = application(india)
    desk = Desk(subject, letters, by)
    assert "scopes" not in [one.key for one in desk.sections]
    desk.fill()
    document = desk.produce()
    upload(subject, by, Kind.ACCREDITATION)
    event = perform(subject, "apply", actor=actor(by))
    assert document.sha256 in event.documents


def test_a_design_that_the_file_holds_is_asked_for_what_is_left(india: World) -> None:
    desk = Desk(india.open(), "PDD", india.people.participant_japan)
    asked = {one.key: [ask.name for ask in one.asks] for one in desk.sections}
    assert asked == {
        "particulars": ["description"],
        "methodology": ["criteria"],
        "calculation": ["sources"],
        "environment": ["assessment"],
        "consultation": ["solicitation"],
        "references": ["references"],
    }


def test_an_idea_note_is_not_asked_what_its_draft_says(india: World) -> None:
    subject, letters, by, _words = note(india)
    asked = {one.key: [ask.name for ask in one.asks] for one in Desk(subject, letters, by).sections}
    assert (asked["people"], asked["credits"]) == (["focal_point"], ["use"])
    assert asked["technology"] == ["stage", "construction_on", "operation_on", "lifetime"]
    assert asked["finance"] == ["cost", "finance", "support"]


def test_a_change_is_described_once(india: World) -> None:
    subject, letters, by, _words = change(india)
    desk = Desk(subject, letters, by)
    assert [one.key for one in desk.sections] == ["particulars", "effects", "enclosed", "signature"]
    known = {one.term: one.words for one in known_about(subject).values()}
    assert (known["Description of the change"], known["Reason for the change"]) == (subject.description, subject.why)  # type: ignore[attr-defined] # reason: a change


def test_a_design_of_the_first_generation_is_asked_for_everything(jcm: World) -> None:
    desk = Desk(jcm.open(), "PDD", jcm.people.participant_japan)
    asked: dict[str, Any] = {one.key: [ask.name for ask in one.asks] for one in desk.sections}
    assert (asked["location"], asked["duration"]) == (["places"], ["operation_on", "lifetime"])
