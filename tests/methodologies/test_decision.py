"""The committee considers: extension, approval, revisions, return, rejection, joining, and what time does not do."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from apps.core.clock import Rehearsal
from apps.core.errors import NotAllowed, NotNow, NotReady
from apps.documents.kinds import Kind
from apps.methodologies.models import ApprovedMethodology, Basis, MethodologyVersion
from apps.methodologies.procedure import State
from apps.workflow.actors import Actor
from apps.workflow.models import Deadline
from apps.workflow.selectors import open_deadlines
from apps.workflow.services import sweep
from tests.decision import decide
from tests.journeys import methodology as journey
from tests.journeys.methodology import DECISION, act
from tests.paper import upload
from tests.people import Cast
from tests.refused import refused

pytestmark = pytest.mark.django_db

BY_DECISION = {
    "extend": {"grounds": "More data"},
    "approve": {},
    "return_for_revision": {"comments": "Be conservative"},
    "reject": {"grounds": "Not conservative"},
}


@pytest.mark.parametrize("step", BY_DECISION)
def test_nobody_decides_but_the_committee(people: Cast, time: Rehearsal, step: str) -> None:
    proposal = journey.considered(people, time)
    for somebody in (*people.committee, people.secretariat_host, people.government_japan, people.participant_host):
        with refused(NotAllowed, "DOOR-00"):
            act(proposal, step, somebody, **BY_DECISION[step])
    with refused(NotAllowed, "DOOR-00"):
        act(proposal, step, Actor.clock(), **BY_DECISION[step])


def test_consideration_lasts_sixty_days_from_the_close_and_then_is_only_overdue(people: Cast, time: Rehearsal) -> None:
    proposal = journey.considered(people, time)
    deadline = open_deadlines(proposal).get()
    assert (deadline.step, deadline.rule, deadline.days) == ("approve", "consideration_days", 60)
    assert (deadline.starts_on, deadline.last_day, deadline.by_clock) == (date(2028, 2, 29), date(2028, 4, 29), False)
    time.move_to(datetime(2029, 2, 28, 15, tzinfo=UTC))
    assert sweep() == 0
    assert proposal.reload().state == State.CONSIDERATION
    assert not MethodologyVersion.objects.exists()
    decide(people, proposal, "approve")
    assert Deadline.objects.get(step="approve").outcome == "late"
    assert proposal.reload().decided_on == date(2029, 3, 1)


def test_an_extension_runs_to_ninety_days_from_the_close_and_is_granted_once(people: Cast, time: Rehearsal) -> None:
    proposal = journey.considered(people, time)
    with refused(NotReady, "DOOR-07"):
        act(proposal, "extend", DECISION)
    event = decide(people, proposal, "extend", grounds="More data")
    assert (event.to_state, event.data["inputs"]) == (State.EXTENDED, {"grounds": "More data"})
    deadline = open_deadlines(proposal).get()
    assert (deadline.step, deadline.rule, deadline.days) == ("approve", "extended_consideration_days", 90)
    assert (deadline.starts_on, deadline.last_day) == (date(2028, 2, 29), date(2028, 5, 29))
    with refused(NotNow, "DOOR-02"):
        act(proposal, "extend", DECISION, grounds="Still more data")
    time.move_to(datetime(2028, 5, 1, 3, tzinfo=UTC))
    decide(people, proposal, "approve")
    assert Deadline.objects.get(rule="extended_consideration_days").outcome == "met"


def test_approval_gives_a_number_and_version_one(people: Cast, time: Rehearsal) -> None:
    proposal = journey.considered(people, time, title="Solar power", sectoral_scopes=[1, 13])
    event = decide(people, proposal, "approve", effective_on=date(2028, 3, 1))
    version = MethodologyVersion.objects.get()
    assert (str(version), version.title, version.sectoral_scopes) == ("IN_AM001 Ver1.0", "Solar power", [1, 13])
    assert (version.approved_on, version.decision_id, version.act_id) == (date(2028, 3, 1), event.decision_id, event.act_id)
    assert [one.proposal.pk for one in version.bases.all()] == [proposal.pk]
    assert event.data["methodology"] == "IN_AM001"
    assert event.data["version"] == "1.0"
    assert (proposal.reload().state, proposal.reload().decided_on) == (State.APPROVED, date(2028, 3, 1))
    assert not open_deadlines(proposal).exists()


def test_approval_may_name_number_and_version(people: Cast, time: Rehearsal) -> None:
    proposal = journey.approved(people, time, settle={"number": 3, "major": 2, "minor": 0})
    assert str(proposal.bases.get().version) == "IN_AM003 Ver2.0"
    assert str(journey.approved(people, time).bases.get().version) == "IN_AM004 Ver1.0"
    late = journey.considered(people, time)
    with refused(NotReady, "NUM-01"):
        act(late, "approve", DECISION, number=3)
    assert (late.reload().state, MethodologyVersion.objects.count()) == (State.CONSIDERATION, 2)
    for field, value in (("major", 0), ("minor", -1), ("minor", "one"), ("number", 2.5), ("major", 10**12)):
        with refused(NotReady, "DOOR-08"):
            act(late, "approve", DECISION, **{field: value})


def test_a_revision_takes_the_next_major_version_of_the_same_number(people: Cast, time: Rehearsal) -> None:
    methodology = journey.approved(people, time).bases.get().version.methodology
    second = journey.approved(people, time, revises=methodology.pk)
    assert str(second.bases.get().version) == "IN_AM001 Ver2.0"
    minor = journey.approved(people, time, revises=methodology.pk, settle={"minor": 1})
    assert str(minor.bases.get().version) == "IN_AM001 Ver2.1"
    third = journey.approved(people, time, revises=methodology.pk, settle={"number": 1, "minor": 0})
    assert str(third.bases.get().version) == "IN_AM001 Ver3.0"
    assert ApprovedMethodology.objects.count() == 1
    assert [one.label for one in methodology.versions.all()] == ["1.0", "2.0", "2.1", "3.0"]


def test_a_revision_keeps_its_number_and_never_repeats_a_version(people: Cast, time: Rehearsal) -> None:
    methodology = journey.approved(people, time).bases.get().version.methodology
    proposal = journey.considered(people, time, revises=methodology.pk)
    with refused(NotReady, "MET-06"):
        act(proposal, "approve", DECISION, number=2)
    with refused(NotReady, "MET-07"):
        act(proposal, "approve", DECISION, major=1)
    with refused(NotReady, "MET-06", "MET-07"):
        act(proposal, "approve", DECISION, number=2, major=1)
    assert methodology.versions.count() == 1


def test_approval_with_revisions_needs_a_text_from_after_the_close(people: Cast, time: Rehearsal) -> None:
    proposal = journey.published(people, title="Electric heat pumps")
    time.move_to(datetime(2028, 2, 29, 14, 59, tzinfo=UTC))
    upload(proposal, people.participant_host, Kind.PROPOSED_METHODOLOGY)
    time.move_to(journey.due_at(proposal, "close_inputs"))
    with refused(NotReady, "MET-05"):
        act(proposal, "approve_with_revisions", DECISION)
    upload(proposal, people.participant_host, Kind.PROPOSED_METHODOLOGY)
    with refused(NotReady, "DOOR-08"):
        act(proposal, "approve_with_revisions", DECISION, new_title="x" * 301)
    decide(people, proposal, "approve_with_revisions", new_title="Electric heat pump type water heaters", number=3)
    assert proposal.reload().title == "Electric heat pump type water heaters"
    version = MethodologyVersion.objects.get()
    assert (str(version), version.title) == ("IN_AM003 Ver1.0", "Electric heat pump type water heaters")


def test_approval_with_revisions_may_keep_the_title(people: Cast, time: Rehearsal) -> None:
    proposal = journey.extended(people, time)
    upload(proposal, people.participant_host, Kind.PROPOSED_METHODOLOGY)
    decide(people, proposal, "approve_with_revisions")
    assert (proposal.reload().title, proposal.reload().state) == ("Solar power with storage", State.APPROVED)


@pytest.mark.parametrize(
    ("way", "step", "back", "last_day"),
    [
        (journey.returned, "revise", State.CONSIDERATION, date(2028, 5, 9)),
        (journey.returned_extended, "revise_in_extension", State.EXTENDED, date(2028, 6, 8)),
    ],
)
def test_a_returned_proposal_comes_back_and_its_days_away_do_not_count(
    people: Cast, time: Rehearsal, way: journey.Journey, step: str, back: State, last_day: date
) -> None:
    proposal = way(people, time)
    assert not open_deadlines(proposal).exists()
    time.move_to(datetime(2028, 3, 11, 3, tzinfo=UTC))
    with refused(NotReady, "MET-03"):
        act(proposal, step, people.participant_host)
    upload(proposal, people.participant_host, Kind.PROPOSED_METHODOLOGY)
    with refused(NotAllowed, "DOOR-00"):
        act(proposal, step, people.secretariat_host)
    act(proposal, step, people.participant_host)
    found = proposal.reload()
    # Returned on 1 March, back on 11 March: ten days later than without the return.
    assert (found.state, found.inputs_closed_on, found.counted_from) == (back, date(2028, 2, 29), date(2028, 3, 10))
    assert open_deadlines(proposal).get().last_day == last_day


def test_an_extension_is_not_granted_again_after_a_return(people: Cast, time: Rehearsal) -> None:
    proposal = journey.returned_extended(people, time)
    upload(proposal, people.participant_host, Kind.PROPOSED_METHODOLOGY)
    act(proposal, "revise_in_extension", people.participant_host)
    with refused(NotNow, "DOOR-02"):
        act(proposal, "extend", DECISION, grounds="More data")


@pytest.mark.parametrize("step", ["return_for_revision", "reject", "return_in_extension"])
def test_return_and_rejection_say_why(people: Cast, time: Rehearsal, step: str) -> None:
    proposal = (journey.extended if step == "return_in_extension" else journey.considered)(people, time)
    with refused(NotReady, "DOOR-07"):
        act(proposal, step, DECISION)


def test_a_rejected_proposal_is_closed_and_keeps_its_number(people: Cast, time: Rehearsal) -> None:
    proposal = journey.rejected(people, time)
    assert (proposal.reference, proposal.decided_on) == ("IN_PM001", date(2028, 3, 1))
    with refused(NotNow, "DOOR-02"):
        act(proposal, "withdraw", people.participant_host)
    assert journey.published(people).reference == "IN_PM002"


def test_a_version_may_stand_on_several_proposals(people: Cast, time: Rehearsal) -> None:
    first, second = journey.considered(people, time), journey.considered(people, time)
    with refused(NotReady, "MET-08"):
        act(second, "join", DECISION, other=first.pk)
    with refused(NotReady, "DOOR-08"):
        act(second, "join", DECISION, other=987_654)
    decide(people, first, "approve")
    event = decide(people, second, "join", other=first.pk)
    version = MethodologyVersion.objects.get()
    assert list(Basis.objects.filter(version=version).values_list("proposal", flat=True)) == [first.pk, second.pk]
    assert (event.data["methodology"], event.data["version"]) == ("IN_AM001", "1.0")
    assert second.reload().state == State.JOINED


def test_a_proposal_cannot_be_joined_to_itself(people: Cast, time: Rehearsal) -> None:
    proposal = journey.considered(people, time)
    with refused(NotReady, "MET-08"):
        act(proposal, "join", DECISION, other=proposal.pk)


def test_every_edition_knows_the_same_steps(people: Cast) -> None:
    tables = journey.drafted(people).procedure.tables
    assert set(tables) == {"jcm_2013", "jcm_2022", "india_2026"}
    assert tables["jcm_2013"] == tables["jcm_2022"] == tables["india_2026"]
