"""A proposal is drafted, submitted, completed: who may, with which papers, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from apps.core.clock import Rehearsal
from apps.core.errors import NotAllowed, NotNow, NotReady
from apps.documents.kinds import Kind
from apps.events.selectors import history
from apps.methodologies.models import ProposedMethodology
from apps.methodologies.procedure import FORMS, ROWS, State
from apps.workflow.options import available_steps, worklist
from apps.workflow.selectors import open_deadlines
from apps.workflow.services import open_file
from tests.decision import decide
from tests.journeys import methodology as journey
from tests.journeys.methodology import DECISION, act
from tests.paper import upload
from tests.people import Cast, actor
from tests.refused import refused

pytestmark = pytest.mark.django_db


def test_a_draft_names_the_drafters_organisation_and_those_that_it_names(people: Cast) -> None:
    own, further = people.participant_host.organisation_id, people.participant_japan.organisation_id
    proposal = journey.drafted(people, proponents=[further, own], sectoral_scopes=[13, 1])
    assert [one.organisation_id for one in proposal.proponents.all()] == [own, further]
    assert (proposal.state, proposal.sectoral_scopes, proposal.by_committee) == (State.DRAFT, [1, 13], False)
    assert (proposal.reference, proposal.number) == ("", None)
    act(proposal, "withdraw", people.participant_japan)
    assert proposal.reload().state == State.WITHDRAWN


def test_nobody_but_a_proponent_drafts(people: Cast) -> None:
    for somebody in (people.tpe, people.secretariat_host, people.co_chair_japan, people.government_host, people.registry_host):
        with refused(NotAllowed, "DOOR-00"):
            open_file(
                ProposedMethodology, "draft", actor=actor(somebody), edition="india_2026", title="A title", sectoral_scopes=[1]
            )


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"sectoral_scopes": []}, "DOOR-07"),
        ({"sectoral_scopes": [16]}, "DOOR-08"),
        ({"sectoral_scopes": "solar"}, "DOOR-08"),
        ({"revises": 987_654}, "DOOR-08"),
        ({"proponents": [987_654]}, "DOOR-08"),
        ({"number": 3}, "DOOR-09"),
        ({"title": "  "}, "DOOR-07"),
    ],
)
def test_a_draft_that_cannot_be_understood_is_refused(people: Cast, given: dict[str, object], code: str) -> None:
    with refused(NotReady, code):
        journey.drafted(people, **given)
    assert not ProposedMethodology.objects.exists()


def test_submission_needs_both_forms(people: Cast) -> None:
    proposal = journey.drafted(people)
    with refused(NotReady, "DOOR-05", "DOOR-05"):
        act(proposal, "submit", people.participant_host)
    upload(proposal, people.participant_host, Kind.PROPOSED_METHODOLOGY)
    with refused(NotReady, "DOOR-05"):
        act(proposal, "submit", people.participant_host)
    upload(proposal, people.participant_host, Kind.METHODOLOGY_SPREADSHEET)
    event = act(proposal, "submit", people.participant_host)
    assert (event.type, event.capacity, event.clause) == ("methodology.submit", "proponent", "2.2")
    assert (proposal.reload().state, proposal.reload().submitted_on) == (State.SUBMITTED, date(2028, 2, 15))
    assert len(event.documents) == 2


def test_only_a_proponent_of_this_file_submits_it(people: Cast) -> None:
    proposal = journey.drafted(people)
    upload(proposal, people.participant_host, *FORMS)
    for somebody in (people.participant_japan, people.stranger, people.secretariat_host, people.tpe, people.co_chair_host):
        with refused(NotAllowed, "DOOR-00"):
            act(proposal, "submit", somebody)


def test_what_is_confidential_comes_with_a_version_for_the_public(people: Cast) -> None:
    proposal = journey.drafted(people)
    upload(proposal, people.participant_host, *FORMS, confidential=True)
    with refused(NotReady, "MET-02", "MET-02"):
        act(proposal, "submit", people.participant_host)
    upload(proposal, people.participant_host, *FORMS)
    upload(proposal, people.participant_host, Kind.PROPOSED_METHODOLOGY, confidential=True)
    act(proposal, "submit", people.participant_host)
    assert proposal.reload().state == State.SUBMITTED


def test_a_revision_comes_with_its_request(people: Cast, time: Rehearsal) -> None:
    journey.approved(people, time)
    revised = journey.approved(people, time).bases.get().version.methodology
    proposal = journey.drafted(people, revises=revised.pk)
    upload(proposal, people.participant_host, *FORMS)
    with refused(NotReady, "MET-01"):
        act(proposal, "submit", people.participant_host)
    upload(proposal, people.participant_host, Kind.REVISION_REQUEST)
    act(proposal, "submit", people.participant_host)
    assert proposal.reload().revises == revised


def test_completeness_is_due_seven_days_after_receipt_and_never_happens_by_itself(people: Cast, time: Rehearsal) -> None:
    proposal = journey.submitted(people)
    deadline = open_deadlines(proposal).get()
    assert (deadline.step, deadline.rule, deadline.days) == ("publish", "completeness_days", 7)
    assert (deadline.last_day, deadline.by_clock) == (date(2028, 2, 22), False)
    assert deadline.due_at == datetime(2028, 2, 22, 15, tzinfo=UTC)
    assert worklist(people.secretariat_japan) == [proposal]
    time.move_to(datetime(2028, 3, 22, 15, tzinfo=UTC))
    assert proposal.reload().state == State.SUBMITTED
    act(proposal, "publish", people.secretariat_japan)
    assert proposal.reload().state == State.PUBLIC_INPUTS


def test_completion_is_asked_for_and_given_with_a_newer_form(people: Cast, time: Rehearsal) -> None:
    proposal = journey.submitted(people)
    with refused(NotReady, "CPL-01"):
        act(proposal, "request_completion", people.secretariat_host)
    time.move_to(datetime(2028, 2, 18, 3, tzinfo=UTC))
    event = act(proposal, "request_completion", people.secretariat_host, missing="The calculation sheet")
    said = {row["item"]: row["text"] for row in event.data["inputs"]["items"] if row["outcome"] == "wrong"}
    assert said == {"sheets": "The calculation sheet"}
    assert proposal.reload().state == State.INCOMPLETE
    assert not open_deadlines(proposal).exists()
    with refused(NotReady, "MET-03"):
        act(proposal, "resubmit", people.participant_host)
    time.move_to(datetime(2028, 2, 20, 3, tzinfo=UTC))
    upload(proposal, people.participant_host, Kind.PROPOSED_METHODOLOGY)
    with refused(NotAllowed, "DOOR-00"):
        act(proposal, "resubmit", people.stranger)
    act(proposal, "resubmit", people.participant_host)
    assert (proposal.reload().state, proposal.reload().submitted_on) == (State.SUBMITTED, date(2028, 2, 20))
    assert open_deadlines(proposal).get().last_day == date(2028, 2, 27)


def test_the_committees_own_proposal_needs_no_organisation(people: Cast, time: Rehearsal) -> None:
    proposal = journey.drafted_by_committee(people)
    assert (proposal.by_committee, list(proposal.proponents.all())) == (True, [])
    with refused(NotAllowed, "DOOR-00"):
        act(proposal, "submit_own", people.participant_host)
    with refused(NotReady, "DOOR-05", "DOOR-05"):
        act(proposal, "submit_own", people.secretariat_japan)
    upload(proposal, people.secretariat_host, *FORMS, confidential=True)
    with refused(NotReady, "MET-02", "MET-02"):
        act(proposal, "submit_own", people.secretariat_japan)
    upload(proposal, people.secretariat_host, *FORMS)
    act(proposal, "submit_own", people.secretariat_japan)
    with refused(NotReady, "MET-04"):
        act(proposal, "request_completion", people.secretariat_host, missing="Something")
    act(proposal, "publish", people.secretariat_host)
    time.move_to(journey.due_at(proposal, "close_inputs"))
    with refused(NotReady, "MET-04"):
        act(proposal, "return_for_revision", DECISION, comments="Once more")
    decide(people, proposal, "extend", grounds="Once more")
    with refused(NotReady, "MET-04"):
        act(proposal, "return_in_extension", DECISION, comments="Once more")
    decide(people, proposal, "approve")
    assert str(proposal.reload().bases.get().version) == "IN_AM001 Ver1.0"


def test_the_committees_own_draft_can_be_discarded(people: Cast) -> None:
    proposal = journey.drafted_by_committee(people)
    with refused(NotNow, "DOOR-02"):
        act(proposal, "publish", people.secretariat_host)
    act(proposal, "discard_own", people.secretariat_host)
    assert (proposal.reload().state, proposal.reload().decided_on) == (State.WITHDRAWN, date(2028, 2, 15))


@pytest.mark.parametrize(
    "state", [state for state in journey.JOURNEYS if "withdraw" in {row.key for row in ROWS if state in row.source}]
)
def test_a_proposal_is_withdrawn_before_the_decision(people: Cast, time: Rehearsal, state: State) -> None:
    proposal = journey.JOURNEYS[state](people, time)
    with refused(NotAllowed, "DOOR-00"):
        act(proposal, "withdraw", people.stranger)
    act(proposal, "withdraw", people.participant_host)
    assert proposal.reload().state == State.WITHDRAWN
    assert not open_deadlines(proposal).exists()


def test_every_journey_ends_in_its_state_and_the_log_tells_the_way(people: Cast, time: Rehearsal) -> None:
    for state, way in journey.JOURNEYS.items():
        proposal = way(people, time)
        events = list(history("methodology", proposal.pk))
        assert (proposal.reload().state, events[-1].to_state) == (state, state)
        assert [event.version for event in events] == list(range(1, proposal.reload().version + 1))
        assert [event.from_state for event in events[1:]] == [event.to_state for event in events[:-1]]


def test_a_draft_shows_its_proponent_what_is_missing(people: Cast) -> None:
    proposal = journey.drafted(people)
    options = {option.row.key: option for option in available_steps(proposal, people.participant_host)}
    assert [problem.code for problem in options["submit"].problems] == ["DOOR-05", "DOOR-05"]
    assert options["withdraw"].is_open
    assert not options["publish"].is_theirs
    assert worklist(people.participant_host) == [proposal]
    assert worklist(people.stranger) == []
