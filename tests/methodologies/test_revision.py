"""Who may revise a methodology and why; editorial corrections; proposals of a Government."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from apps.core.clock import Rehearsal
from apps.core.errors import NotAllowed, NotNow, NotReady
from apps.documents.kinds import Kind
from apps.methodologies.models import MethodologyVersion, ProposedMethodology
from apps.methodologies.procedure import FORMS, Reason, State
from apps.methodologies.render import facts
from apps.methodologies.selectors import version_of
from apps.workflow.options import worklist
from apps.workflow.selectors import open_deadlines
from apps.workflow.services import open_file
from tests.decision import decide
from tests.journeys import methodology as journey
from tests.journeys.methodology import DECISION, act
from tests.paper import upload
from tests.people import Cast, actor
from tests.refused import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(people: Cast, time: Rehearsal) -> MethodologyVersion:
    """IN_AM001 1.0 of 1 March 2028."""
    found: MethodologyVersion = journey.approved(people, time).bases.get().version
    return found


def told(proposal: ProposedMethodology) -> dict[str, str]:
    """The facts of a proposal as people read them."""
    return {fact.term: fact.words for fact in facts(proposal)}


# --- The reason of a revision ---------------------------------------------------------------------


@pytest.mark.parametrize("reason", Reason.values)
def test_a_revision_names_its_reason(people: Cast, version: MethodologyVersion, reason: str) -> None:
    proposal = journey.drafted(people, revises=version.methodology_id, revision_reason=reason)
    assert (proposal.revises, proposal.revision_reason) == (version.methodology, reason)
    assert told(proposal)["Why it is revised"] == Reason(reason).label


@pytest.mark.parametrize("draft", [journey.drafted, journey.drafted_by_committee, journey.drafted_for_side])
def test_a_revision_without_a_reason_and_a_reason_without_a_revision_are_refused(
    people: Cast, version: MethodologyVersion, draft: journey.Journey
) -> None:
    with refused(NotReady, "MET-09"):
        draft(people, revises=version.methodology_id, revision_reason="")  # type: ignore[call-arg] # reason: inputs
    with refused(NotReady, "MET-09"):
        draft(people, revision_reason="error")  # type: ignore[call-arg] # reason: inputs
    with refused(NotReady, "DOOR-08"):
        draft(people, revises=version.methodology_id, revision_reason="editorial")  # type: ignore[call-arg] # reason: inputs


def test_a_reason_without_a_revision_is_no_row(people: Cast) -> None:
    proposal = journey.drafted(people)
    with pytest.raises(IntegrityError, match="proposal_with_reason_revises"), transaction.atomic():
        ProposedMethodology.objects.filter(pk=proposal.pk).update(revision_reason="error")


def test_a_revision_has_a_number_and_inputs_of_its_own_and_becomes_the_next_version(
    people: Cast, time: Rehearsal, version: MethodologyVersion
) -> None:
    proposal = journey.published(people, revises=version.methodology_id)
    assert (proposal.reference, proposal.inputs_opened_on) == ("IN_PM002", date(2028, 3, 1))
    assert open_deadlines(proposal).get().last_day == date(2028, 3, 15)
    time.move_to(journey.due_at(proposal, "close_inputs"))
    decide(people, proposal, "approve")
    assert str(proposal.reload().bases.get().version) == "IN_AM001 Ver2.0"


# --- A Government proposes ------------------------------------------------------------------------


def test_either_government_proposes_for_its_side(people: Cast, time: Rehearsal, version: MethodologyVersion) -> None:
    why = {"revises": version.methodology_id, "revision_reason": "applicability"}
    proposal = journey.drafted_for_side(people, **why)
    assert (proposal.state, proposal.proposing_side, proposal.by_committee) == (State.SIDE_DRAFT, "japan", False)
    assert (worklist(people.government_japan), list(proposal.proponents.all())) == ([proposal], [])
    with refused(NotReady, "DOOR-05", "DOOR-05", "MET-01"):
        act(proposal, "submit_for_side", people.government_japan)
    upload(proposal, people.government_japan, *FORMS, Kind.REVISION_REQUEST, confidential=True)
    with refused(NotReady, "MET-02", "MET-02"):
        act(proposal, "submit_for_side", people.government_japan)
    upload(proposal, people.government_japan, *FORMS)
    event = act(proposal, "submit_for_side", people.government_japan)
    assert (event.capacity, event.side, proposal.reload().submitted_on) == ("government", "japan", date(2028, 3, 1))
    act(proposal, "publish", people.secretariat_host)
    time.move_to(journey.due_at(proposal, "close_inputs"))
    decide(people, proposal, "approve")
    assert str(proposal.reload().bases.get().version) == "IN_AM001 Ver2.0"


@pytest.mark.parametrize("step", ["submit_for_side", "discard_for_side"])
def test_a_governments_draft_is_its_own(people: Cast, step: str) -> None:
    proposal = journey.drafted_for_side(people)
    upload(proposal, people.government_japan, *FORMS)
    with refused(NotReady, "MET-11"):
        act(proposal, step, people.government_host)
    for somebody in (people.secretariat_japan, people.participant_japan, people.co_chair_japan):
        with refused(NotAllowed, "DOOR-00"):
            act(proposal, step, somebody)
    act(proposal, step, people.government_japan)
    assert proposal.reload().state in (State.SUBMITTED, State.WITHDRAWN)


def test_a_governments_proposal_is_not_sent_back_to_anybody(people: Cast, time: Rehearsal) -> None:
    proposal = journey.drafted_for_side(people)
    upload(proposal, people.government_japan, *FORMS)
    act(proposal, "submit_for_side", people.government_japan)
    with refused(NotReady, "MET-04"):
        act(proposal, "request_completion", people.secretariat_host, missing="Something")
    act(proposal, "publish", people.secretariat_host)
    time.move_to(journey.due_at(proposal, "close_inputs"))
    with refused(NotReady, "MET-04"):
        act(proposal, "return_for_revision", DECISION, comments="Once more")


# --- Editorial corrections ------------------------------------------------------------------------


def test_an_editorial_correction_goes_straight_to_the_committee(
    people: Cast, time: Rehearsal, version: MethodologyVersion
) -> None:
    proposal = journey.editorial_drafted(people, time, corrects=version)
    assert (proposal.state, proposal.corrects, proposal.revises) == (State.EDITORIAL_DRAFT, version, version.methodology)
    assert (proposal.sectoral_scopes, proposal.by_committee, proposal.revision_reason) == ([1], True, "")
    with refused(NotAllowed, "DOOR-00"):
        act(proposal, "submit_editorial", people.participant_host)
    with refused(NotReady, "DOOR-05", "DOOR-05"):
        act(proposal, "submit_editorial", people.secretariat_japan)
    upload(proposal, people.secretariat_host, *FORMS, confidential=True)
    with refused(NotReady, "MET-02", "MET-02"):
        act(proposal, "submit_editorial", people.secretariat_japan)
    upload(proposal, people.secretariat_host, *FORMS)
    act(proposal, "submit_editorial", people.secretariat_japan)
    found = proposal.reload()
    assert (found.state, found.reference, found.inputs_opened_on) == (State.EDITORIAL, "", None)
    assert not open_deadlines(found).exists()
    for step in ("publish", "approve", "extend", "return_for_revision"):
        with refused(NotNow, "DOOR-02"):
            by = people.secretariat_host if step == "publish" else DECISION
            act(found, step, by)


def test_an_editorial_correction_becomes_the_minor_version(people: Cast, time: Rehearsal, version: MethodologyVersion) -> None:
    proposal = journey.editorial(people, time, corrects=version)
    for somebody in (people.secretariat_host, people.co_chair_host, people.participant_host):
        with refused(NotAllowed, "DOOR-00"):
            act(proposal, "approve_editorial", somebody)
    event = decide(people, proposal, "approve_editorial")
    found = version_of("IN_AM001", 1, 1)
    assert found is not None
    assert (str(found), found.sectoral_scopes, found.decision_id) == ("IN_AM001 Ver1.1", [1], event.decision_id)
    assert (proposal.reload().state, [one.proposal for one in found.bases.all()]) == (State.APPROVED, [proposal])
    assert event.data["version"] == "1.1"


def test_a_minor_number_may_be_wanted_and_is_higher_and_new(people: Cast, time: Rehearsal, version: MethodologyVersion) -> None:
    first = journey.editorial(people, time, corrects=version)
    with refused(NotReady, "MET-10", "MET-07"):
        act(first, "approve_editorial", DECISION, minor=0)
    with refused(NotReady, "DOOR-09"):
        act(first, "approve_editorial", DECISION, major=2)
    decide(people, first, "approve_editorial", minor=3)
    second = journey.editorial(people, time, corrects=version)
    with refused(NotReady, "MET-07"):
        act(second, "approve_editorial", DECISION, minor=3)
    decide(people, second, "approve_editorial")
    assert [one.label for one in version.methodology.versions.all()] == ["1.0", "1.3", "1.4"]


def test_an_editorial_correction_is_rejected_with_grounds_or_discarded(
    people: Cast, time: Rehearsal, version: MethodologyVersion
) -> None:
    proposal = journey.editorial(people, time, corrects=version)
    decide(people, proposal, "reject", grounds="It changes the meaning; revise the methodology.")
    assert (proposal.reload().state, version.methodology.versions.count()) == (State.REJECTED, 1)
    draft = journey.editorial_drafted(people, time, corrects=version)
    act(draft, "discard_own", people.secretariat_host)
    assert draft.reload().state == State.WITHDRAWN


def test_only_the_secretariat_drafts_an_editorial_correction_of_a_version_that_is_there(
    people: Cast, version: MethodologyVersion
) -> None:
    given = {"edition": "india_2026", "title": "Solar power"}
    for somebody in (people.participant_host, people.government_japan, people.co_chair_host, people.tpe):
        with refused(NotAllowed, "DOOR-00"):
            open_file(ProposedMethodology, "draft_editorial", actor=actor(somebody), corrects=version.pk, **given)
    for corrects, code in ((None, "DOOR-07"), (987_654, "DOOR-08")):
        with refused(NotReady, code):
            open_file(ProposedMethodology, "draft_editorial", actor=actor(people.secretariat_host), corrects=corrects, **given)


# --- What time does not do ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (29, "60 of 60 days since the inputs closed"),
        (30, "61 of 60 days since the inputs closed: overdue; nothing is approved by that"),
    ],
)
def test_the_facts_say_overdue_and_that_it_approves_nothing(people: Cast, time: Rehearsal, day: int, words: str) -> None:
    proposal = journey.considered(people, time)
    time.move_to(datetime(2028, 4, day, 3, tzinfo=UTC))
    assert told(proposal)["Time used"] == words
