"""Published or withheld by one side, disputed by the other, answered; and what waits for all of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from apps.accounts.models import Membership
from apps.committee.models import Ballot
from apps.committee.services import about, open_ballot
from apps.core.clock import Rehearsal
from apps.core.errors import NotAllowed, NotNow, NotReady
from apps.documents.kinds import Kind
from apps.methodologies.models import ProposedMethodology
from apps.public_inputs.models import PublicInput
from apps.public_inputs.policies import not_answered
from apps.public_inputs.procedure import State
from apps.workflow.actors import Actor
from apps.workflow.options import option, whose_move, worklist
from apps.workflow.services import perform, sweep
from tests.decision import decide
from tests.journeys import methodology
from tests.journeys import public_input as journey
from tests.journeys.public_input import ANSWER, OBJECTION, WITHHELD
from tests.paper import upload
from tests.people import Cast, actor
from tests.projects.walk import World
from tests.public_inputs.writing import entered, received
from tests.refused import refused


def test_one_secretariat_publishes_and_those_who_propose_answer(people: Cast, time: Rehearsal) -> None:
    found = journey.published(people, time)
    assert (found.outcome, found.decided_by_side, found.published_on) == ("published", "japan", time.moment.date())
    perform(found, "respond", actor=actor(people.participant_host), **ANSWER)
    answered = found.reload()
    assert (answered.state, answered.answer, answered.answered_in_place) == (State.ANSWERED, ANSWER["answer"], False)
    assert answered.answered_by == people.participant_host.organisation


def test_the_secretariat_may_answer_in_their_place_and_says_so(people: Cast) -> None:
    found = journey.published(people)
    perform(found, "respond_in_place", actor=actor(people.secretariat_host), **ANSWER)
    assert found.reload().answered_in_place


def test_an_answer_is_asked_of_those_who_propose_and_of_nobody_else(people: Cast) -> None:
    found = journey.published(people)
    assert [row.key for row in whose_move(found)] == ["respond"]
    assert found in worklist(people.participant_host)
    assert found not in worklist(people.secretariat_host)
    assert found not in worklist(people.stranger)
    with refused(NotAllowed, "DOOR-00"):
        perform(found, "respond", actor=actor(people.stranger), **ANSWER)


def test_where_the_committee_itself_proposes_its_secretariat_answers(people: Cast) -> None:
    own = methodology.drafted_by_committee(people)
    upload(own, people.secretariat_host, *methodology.FORMS)
    methodology.act(own, "submit_own", people.secretariat_host)
    methodology.act(own.reload(), "publish", people.secretariat_host)
    found = received(own.reload())
    perform(found, "publish", actor=actor(people.secretariat_host))
    found = found.reload()
    assert [row.key for row in whose_move(found)] == ["respond_in_place"]
    perform(found, "respond_in_place", actor=actor(people.secretariat_japan), **ANSWER)
    assert not found.reload().answered_in_place


def test_what_waits_to_be_published_is_at_the_desks_of_both_secretariats(people: Cast) -> None:
    found = journey.waiting(people)
    for one in (people.secretariat_host, people.secretariat_japan):
        assert found in worklist(one)
    for other in (people.participant_host, people.co_chair_host, people.tpe):
        assert found not in worklist(other)


# --- Between the two sides ------------------------------------------------------------------------


def test_the_side_that_has_decided_does_not_object_to_itself(people: Cast) -> None:
    for found in (journey.withheld(people), journey.published(people)):
        with refused(NotReady, "INP-03"):
            perform(found, "dispute", actor=actor(people.secretariat_japan), **OBJECTION)


def test_in_a_dispute_no_side_brings_about_what_it_wants(people: Cast) -> None:
    found = journey.disputed(people)
    with refused(NotReady, "INP-02"):
        perform(found, "publish", actor=actor(people.secretariat_host))
    with refused(NotReady, "INP-02"):
        perform(found, "withhold", actor=actor(people.secretariat_japan), **WITHHELD)


def test_the_side_that_withheld_gives_way_and_it_is_published(people: Cast) -> None:
    found = journey.disputed(people)
    perform(found, "publish", actor=actor(people.secretariat_japan))
    agreed = found.reload()
    assert (agreed.state, agreed.ground, agreed.is_public) == (State.PUBLISHED, "", True)
    with refused(NotReady, "INP-03"):
        perform(agreed, "dispute", actor=actor(people.secretariat_host), **OBJECTION)


def test_the_side_that_objects_gives_way_and_it_stays_withheld(people: Cast, time: Rehearsal) -> None:
    found = journey.disputed(people)
    perform(found, "withhold", actor=actor(people.secretariat_host), **WITHHELD)
    time.move_to(methodology.due_at(found, "stand"))
    sweep()
    assert found.reload().state == State.SET_ASIDE


def test_the_other_side_has_five_days_to_object(people: Cast, time: Rehearsal) -> None:
    found = journey.withheld(people)
    ends, row = methodology.due_at(found, "stand"), found.procedure.row(found.edition, "dispute")
    assert row is not None
    assert ends - time.moment == timedelta(days=5, hours=12)
    time.move_to(ends - timedelta(seconds=1))
    assert option(found, row, people.secretariat_host).is_open
    time.move_to(ends)
    sweep()
    with refused(NotNow, "DOOR-02"):
        perform(found, "dispute", actor=actor(people.secretariat_host), **OBJECTION)
    assert found.reload().state == State.SET_ASIDE


# --- What waits for the answers -------------------------------------------------------------------


@pytest.mark.parametrize("way", [journey.waiting, journey.published, journey.disputed])
def test_no_methodology_is_approved_over_an_input_that_is_not_treated(
    people: Cast, time: Rehearsal, way: journey.Journey
) -> None:
    found = way(people, time)
    proposal = considered(found, time)
    with refused(NotReady, "MET-12"):
        perform(proposal, "approve", actor=Actor.decision(1))
    assert [(one.code, found.reference in one.text) for one in not_answered(proposal, "MET-12")] == [("MET-12", True)]


@pytest.mark.parametrize("way", [journey.answered, journey.withheld])
def test_a_methodology_is_approved_once_all_is_answered_or_withheld(people: Cast, time: Rehearsal, way: journey.Journey) -> None:
    proposal = considered(way(people, time), time)
    decide(people, proposal, "approve")
    assert proposal.reload().state == "approved"


def test_no_ballot_about_it_is_circulated_before(people: Cast, time: Rehearsal) -> None:
    found = journey.published(people)
    proposal = considered(found, time)
    ballot = drafted(proposal, people.secretariat_host)
    with refused(NotReady, "MET-12"):
        perform(ballot, "circulate", actor=actor(people.secretariat_host))
    perform(found, "respond", actor=actor(people.participant_host), **ANSWER)
    perform(ballot, "circulate", actor=actor(people.secretariat_host))
    assert ballot.reload().state == "circulated"


def test_a_rejection_waits_for_no_answer_and_ends_what_is_open(people: Cast, time: Rehearsal) -> None:
    found = journey.published(people)
    decide(people, considered(found, time), "reject", grounds=methodology.GROUNDS)
    assert (found.reload().state, found.reload().is_public) == (State.LAPSED, True)


def test_what_was_never_published_stays_so_when_its_file_ends(people: Cast) -> None:
    found = journey.waiting(people)
    methodology.act(found.file, "withdraw", people.participant_host)
    assert (found.reload().state, found.reload().is_public) == (State.LAPSED, False)


@pytest.mark.parametrize("edition", ["jcm_2013", "india_2026"])
def test_a_positive_validation_waits_for_the_answers(people: Cast, time: Rehearsal, edition: str) -> None:
    world = World(people, time, edition)
    project = world.in_validation()
    found = entered(project, people.secretariat_host, received_on=project.inputs_start_on)
    assert [one.code for one in not_answered(project, "PRJ-60")] == ["PRJ-60"]
    upload(project, people.tpe, Kind.VALIDATION_REPORT)
    with refused(NotReady, "PRJ-60"):
        world.report(project)
    perform(found, "publish", actor=actor(people.secretariat_host))
    perform(found, "respond", actor=actor(people.participant_japan), **ANSWER)
    world.report(project)
    assert project.reload().state == "validated"


def considered(found: PublicInput, time: Rehearsal) -> ProposedMethodology:
    """The proposal of an input, after its window has closed."""
    proposal = found.file
    time.move_to(methodology.due_at(proposal, "close_inputs"))  # type: ignore[arg-type] # reason: a proposal it is
    sweep()
    return ProposedMethodology.objects.get(pk=proposal.pk)


def drafted(proposal: ProposedMethodology, by: Membership) -> Ballot:
    """A ballot in draft with one item, the approval."""
    return open_ballot(title="One proposal", actor=actor(by), items=[about(proposal, "approve", "Approve it")])
