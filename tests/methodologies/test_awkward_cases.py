"""Methodologies of the real record that break a naive register (awkward cases 26 to 31)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from apps.core.calendar import start_of
from apps.core.clock import Rehearsal
from apps.core.errors import NotReady
from apps.documents.kinds import Kind
from apps.methodologies.models import ApprovedMethodology, MethodologyVersion, ProposedMethodology
from apps.methodologies.procedure import FORMS, State
from apps.methodologies.selectors import approved_by, in_force, proposals_of, superseded_days, usable_on
from apps.workflow.models import Deadline
from apps.workflow.selectors import open_deadlines
from apps.workflow.services import sweep
from tests.decision import decide
from tests.journeys import methodology as journey
from tests.journeys.methodology import act
from tests.paper import upload
from tests.people import Cast
from tests.refused import refused

pytestmark = pytest.mark.django_db


def moved(time: Rehearsal, month: int, day: int) -> date:
    """Move to noon in Japan of a day in 2028."""
    time.move_to(datetime(2028, month, day, 3, tzinfo=UTC))
    return date(2028, month, day)


def ended_on(version: MethodologyVersion) -> date | None:
    """The day on which a higher version was approved first."""
    return superseded_days([version]).get(version.pk)


def by_committee(people: Cast, time: Rehearsal, methodology: ApprovedMethodology) -> ProposedMethodology:
    """A revision by the committee itself, before the committee."""
    proposal = journey.drafted_by_committee(people, revises=methodology.pk, revision_reason="data")
    upload(proposal, people.secretariat_host, *FORMS)
    act(proposal, "submit_own", people.secretariat_host)
    act(proposal, "publish", people.secretariat_host)
    time.move_to(journey.due_at(proposal, "close_inputs"))
    sweep()
    return proposal.reload()


def test_awkward_case_26_proposal_and_approval_numbers_differ(people: Cast, time: Rehearsal) -> None:
    first, second = journey.considered(people, time), journey.considered(people, time)
    decide(people, second, "approve", number=17)
    decide(people, first, "approve")
    named = {one.reference: str(one.bases.get().version) for one in (first, second)}
    assert named == {"IN_PM001": "IN_AM018 Ver1.0", "IN_PM002": "IN_AM017 Ver1.0"}


def test_awkward_case_26_one_version_stands_on_several_proposals_and_one_methodology_on_those_of_all_versions(
    people: Cast, time: Rehearsal
) -> None:
    first = journey.approved(people, time)
    methodology = first.bases.get().version.methodology
    revisions = [journey.considered(people, time, revises=methodology.pk) for _number in range(2)]
    decide(people, revisions[0], "approve")
    decide(people, revisions[1], "join", other=revisions[0].pk)
    version = revisions[0].bases.get().version
    assert (str(version), [one.proposal.reference for one in version.bases.all()]) == (
        "IN_AM001 Ver2.0",
        ["IN_PM002", "IN_PM003"],
    )
    assert [one.reference for one in proposals_of("IN_AM001")] == ["IN_PM001", "IN_PM002", "IN_PM003"]


def test_awkward_case_27_somebody_else_and_the_committee_itself_revise(people: Cast, time: Rehearsal) -> None:
    first = journey.approved(people, time)
    methodology = first.bases.get().version.methodology
    given = {"title": "Solar power with storage", "sectoral_scopes": [1], "revises": methodology.pk, "revision_reason": "error"}
    other = journey.open_file(ProposedMethodology, "draft", actor=journey.actor(people.stranger), edition="india_2026", **given)
    with refused(NotReady, "DOOR-05", "DOOR-05", "MET-01"):
        act(other, "submit", people.stranger)
    upload(other, people.stranger, *FORMS, Kind.REVISION_REQUEST)
    act(other, "submit", people.stranger)
    act(other, "publish", people.secretariat_host)
    time.move_to(journey.due_at(other, "close_inputs"))
    decide(people, other, "approve")
    third = by_committee(people, time, methodology)
    decide(people, third, "approve")
    proposals = list(proposals_of("IN_AM001"))
    assert [one.by_committee for one in proposals] == [False, False, True]
    assert [[str(name) for name in one.proponents.all()] for one in proposals] == [["Solar India"], ["Elsewhere Limited"], []]
    assert [one.label for one in methodology.versions.all()] == ["1.0", "2.0", "3.0"]


def test_awkward_case_28_approved_with_revisions_months_later_under_another_title(people: Cast, time: Rehearsal) -> None:
    proposal = journey.considered(people, time, title="Electric heat pumps")
    moved(time, 9, 3)
    upload(proposal, people.participant_host, Kind.PROPOSED_METHODOLOGY)
    decide(people, proposal, "approve_with_revisions", new_title="Electric heat pump water heaters", number=3)
    version = MethodologyVersion.objects.get()
    assert (str(version), version.title) == ("IN_AM003 Ver1.0", "Electric heat pump water heaters")
    assert Deadline.objects.get(step="approve").outcome == "moot"


def test_awkward_case_29_a_minor_version_beside_a_later_major_one(people: Cast, time: Rehearsal) -> None:
    version = journey.approved(people, time).bases.get().version
    second = journey.approved(people, time, revises=version.methodology_id)
    correction = journey.editorial(people, time, corrects=version)
    decide(people, correction, "approve_editorial")
    assert [one.label for one in version.methodology.versions.all()] == ["1.0", "1.1", "2.0"]
    assert (correction.reload().bases.get().version.label, second.bases.get().version.label) == ("1.1", "2.0")


def test_awkward_case_29_versions_skip_and_stay_with_those_who_use_them(people: Cast, time: Rehearsal) -> None:
    first = journey.approved(people, time).bases.get().version
    third = journey.approved(people, time, revises=first.methodology_id, settle={"major": 3}).bases.get().version
    assert [str(one) for one in approved_by(third.approved_on)] == ["IN_AM001 Ver1.0", "IN_AM001 Ver3.0"]
    assert ended_on(first) == third.approved_on
    before = third.approved_on - timedelta(days=1)
    assert [usable_on(first, day, ended_on(first)) for day in (before, third.approved_on)] == [True, False]
    assert [usable_on(third, day, ended_on(third)) for day in (before, third.approved_on)] == [False, True]
    assert [in_force(first.methodology, day) for day in (first.approved_on - timedelta(days=1), before)] == [None, first]


@pytest.mark.parametrize(("grace_days", "last"), [(0, date(2028, 3, 15)), (1, date(2028, 3, 16)), (180, date(2028, 9, 11))])
def test_case_29_a_grace_lets_a_superseded_version_be_submitted_longer(
    people: Cast, time: Rehearsal, grace_days: int, last: date
) -> None:
    first = journey.approved(people, time).bases.get().version
    second = journey.approved(people, time, revises=first.methodology_id).bases.get().version
    assert second.approved_on == date(2028, 3, 16)
    days = [last, last + timedelta(days=1)]
    assert [usable_on(first, day, ended_on(first), grace_days=grace_days) for day in days] == [True, False]


def test_case_29_a_higher_version_counts_from_the_first_that_superseded(people: Cast, time: Rehearsal) -> None:
    first = journey.approved(people, time).bases.get().version
    second = journey.approved(people, time, revises=first.methodology_id).bases.get().version
    correction = journey.editorial(people, time, corrects=first)
    decide(people, correction, "approve_editorial", effective_on=date(2028, 4, 1))
    minor = correction.reload().bases.get().version
    assert (ended_on(first), ended_on(minor)) == (second.approved_on, second.approved_on)
    assert [usable_on(minor, date(2028, 4, day), ended_on(minor)) for day in (1, 2)] == [False, False]
    assert in_force(first.methodology, date(2028, 4, 1)) == second


def test_awkward_case_30_the_window_is_fifteen_days_and_the_decision_comes_on_day_128(
    people: Cast, time: Rehearsal, client: Client
) -> None:
    proposal = journey.considered(people, time)
    assert proposal.inputs_opened_on is not None
    assert proposal.inputs_closed_on is not None
    assert (proposal.inputs_closed_on - proposal.inputs_opened_on).days == 14
    # As with MN_AM004: inputs closed on 14 August, approved on 20 December 2024.
    on = proposal.inputs_closed_on + timedelta(days=128)
    time.move_to(start_of(on) + timedelta(hours=12))
    assert (sweep(), proposal.reload().state) == (0, State.CONSIDERATION)
    client.force_login(people.co_chair_host.user)
    page = client.get(proposal.get_absolute_url()).content.decode()
    assert "68 days overdue" in page
    decide(people, proposal, "approve")
    assert (proposal.reload().state, proposal.reload().decided_on) == (State.APPROVED, on)
    assert Deadline.objects.get(step="approve").outcome == "late"


def test_awkward_case_30_three_days_after_the_window_or_not_at_all(people: Cast, time: Rehearsal) -> None:
    quick, undecided = journey.considered(people, time), journey.considered(people, time)
    assert quick.inputs_closed_on is not None
    decide(people, quick, "approve")
    time.move_to(datetime(2029, 6, 1, 3, tzinfo=UTC))
    assert (sweep(), undecided.reload().state) == (0, State.CONSIDERATION)
    assert open_deadlines(undecided).get().due_at < time.moment


def test_awkward_case_31_a_title_joins_nothing(people: Cast, time: Rehearsal) -> None:
    first = journey.approved(people, time, title="Processing plant").bases.get().version
    second = journey.approved(people, time, title="Processing plant").bases.get().version
    revised = journey.approved(people, time, title="Production plant", revises=first.methodology_id).bases.get().version
    assert [str(one) for one in (first, second, revised)] == ["IN_AM001 Ver1.0", "IN_AM002 Ver1.0", "IN_AM001 Ver2.0"]
