"""Assessments of reference emissions: the course in both editions, and what the project learns of it. Source: rules 2.8, 4.6."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from apps.documents.kinds import FORM_CODES, Kind
from apps.events.models import Event
from apps.methodologies.models import MethodologyVersion
from apps.projects.models import Project, ReferenceStatus
from apps.projects.procedure import State as ProjectState
from apps.reference_emissions.models import ReferenceAssessment
from apps.reference_emissions.procedure import State
from apps.reference_emissions.services import draft_assessment
from apps.workflow.editions import EDITIONS
from apps.workflow.selectors import open_deadlines
from tests.decision import decide
from tests.people import actor
from tests.projects.walk import World, upload
from tests.reference_emissions.walk import GROUNDS, Assessing

TODAY = date(2027, 3, 1)


def known(project: Project) -> list[tuple[str, str, int, int]]:
    """What the project has learnt, the first of it first."""
    rows = ReferenceStatus.objects.filter(project=project).order_by("id")
    return [(one.source, one.standing, one.reference_tonnes, one.usual_tonnes) for one in rows]


def test_a_confirmed_assessment_with_its_levels_and_its_gap(assessing: Assessing) -> None:
    one = assessing.draft()
    project = one.project
    assert (one.state, one.reference, one.methodology) == (State.DRAFT, "", assessing.world.usual_version)
    assert (one.reference_tonnes, one.usual_tonnes, one.project_tonnes, one.gap_tonnes) == (12_000, 15_000, 2_500, 3_000)
    assert known(project) == []

    one = assessing.bring(State.REQUESTED, one)
    assert (one.reference, one.number, one.requested_on) == (f"{project.reference}-E1", 1, assessing.world.today)
    (deadline,) = open_deadlines(one)
    assert (deadline.step, deadline.rule, deadline.days) == ("accept_as_complete", "completeness_days", 7)

    one = assessing.bring(State.CONFIRMED, one)
    assert (one.decided_on, one.ended_on) == (assessing.world.today, assessing.world.today)
    event = Event.objects.get(subject_type="reference_emissions", subject_id=one.pk, type="reference_emissions.confirm")
    assert (event.capacity, event.data["inputs"]["grounds"]) == ("committee", GROUNDS)
    levels = (12_000, 15_000)
    assert known(project) == [(one.reference, "pending", *levels), (one.reference, "confirmed", *levels)]


def test_a_lower_level_is_asked_for_filed_and_assessed_again(assessing: Assessing) -> None:
    one = assessing.bring(State.ADJUST)
    assert (one.at_most_tonnes, one.decided_on, one.ended_on) == (11_000, assessing.world.today, None)
    assessing._on_from_adjust(one)
    one = assessing.bring(State.CONFIRMED, one.reload())
    assert (one.reference_tonnes, one.gap_tonnes, one.number) == (11_000, 4_000, 1)
    assert [standing[1:3] for standing in known(one.project)] == [
        ("pending", 12_000), ("adjust", 12_000), ("pending", 11_000), ("confirmed", 11_000),
    ]  # fmt: skip


def test_without_a_figure_any_lower_level_will_do(india: Assessing) -> None:
    one = india.bring(State.ASSESSING)
    india.decide(one, "adjust")
    assert one.reload().at_most_tonnes == 11_999


def test_what_is_incomplete_is_amended_and_resubmitted(assessing: Assessing) -> None:
    one = assessing.bring(State.INCOMPLETE)
    assessing.act(one, "amend", assessing.people.participant_host, **assessing.levels(usual_tonnes=16_000))
    assessing.act(one, "resubmit")
    one = one.reload()
    assert (one.state, one.gap_tonnes) == (State.REQUESTED, 4_000)
    assert [standing[1:] for standing in known(one.project)] == [("pending", 12_000, 15_000), ("pending", 12_000, 16_000)]


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.REFUSED])
def test_what_has_ended_lets_the_next_in(state: State, assessing: Assessing) -> None:
    one = assessing.bring(state)
    assert one.ended_on == assessing.world.today
    again = assessing.bring(State.REQUESTED, assessing.draft(one.project))
    assert again.reference == f"{one.project.reference}-E2"


def test_of_a_draft_the_project_knows_nothing(india: Assessing) -> None:
    one = india.draft()
    india.act(one, "withdraw", india.people.participant_host)
    assert known(one.project) == []


def test_a_draft_may_precede_the_publication_of_the_pdd(india: Assessing) -> None:
    one = india.draft(india.world.reach(ProjectState.SUBMITTED))
    assert (one.state, one.project.reference) == (State.DRAFT, "")
    india.world.reach(ProjectState.INPUTS, one.project)
    assert india.bring(State.REQUESTED, one).reference == "IN001-E1"


def test_a_proposed_methodology_will_do_where_the_project_applies_it(india: Assessing) -> None:
    """The second generation lets a project be validated under a proposal. Source: awkward case 20."""
    second = Assessing(World(india.people, india.world.time, "jcm_2022"))
    proposal = second.world.proposal(1)
    project = second.world.in_validation(proposals=[proposal])
    first = second.draft(project, methodology=None, proposed_methodology=proposal)
    assert (first.methodology, first.proposed_methodology) == (None, proposal)
    second.act(first, "withdraw", second.people.participant_host)
    decide(second.people, proposal, "approve")
    version = MethodologyVersion.objects.get(bases__proposal=proposal)
    assert second.draft(project, methodology=version).methodology == version


@pytest.mark.parametrize("state", [State.DRAFT, State.REQUESTED, State.INCOMPLETE, State.ASSESSING, State.ADJUST])
def test_whatever_runs_ends_with_its_project(state: State, india: Assessing) -> None:
    one = india.bring(state)
    india.act(one.project, "withdraw")
    one = one.reload()
    assert (one.state, one.ended_on) == (State.LAPSED, india.world.today)
    assert list(open_deadlines(one)) == []
    written = known(one.project)
    assert written == [] if state == State.DRAFT else written[-1][1] == "ended"
    event = Event.objects.filter(subject_type="reference_emissions", subject_id=one.pk).latest("version")
    assert (event.type, event.actor) == ("reference_emissions.lapse", "clock")


def test_what_has_ended_stays_as_it_is_when_its_project_ends(india: Assessing) -> None:
    one = india.bring(State.CONFIRMED)
    india.act(one.project, "withdraw")
    assert one.reload().state == State.CONFIRMED


def test_a_draft_ends_with_a_request_for_registration_that_is_withdrawn(assessing: Assessing) -> None:
    one = assessing.draft()
    project = assessing.world.reach(ProjectState.REQUESTED, one.project)
    upload(project, assessing.people.participant_japan, Kind.REGISTRATION_WITHDRAWAL)
    assessing.act(project, "withdraw_request")
    assert one.reload().state == State.LAPSED


def test_the_edition_in_force_today_is_that_of_the_assessment(india: Assessing) -> None:
    project, by = india.project(), actor(india.people.participant_host)
    given = {**india.levels(), "methodology": india.world.usual_version.pk}
    one = draft_assessment(project=project, actor=by, title="Levels", **given)
    assert (one.edition, one.project, one.reference_tonnes) == ("india_2026", project, 12_000)


def test_the_first_generation_knows_no_assessment_and_the_form_has_its_code() -> None:
    assert set(ReferenceAssessment.procedure.tables) == {"jcm_2022", "india_2026"}
    assert FORM_CODES[Kind.REFERENCE_REQUEST] == "F_Asst_Req"
    assert [EDITIONS[key].gate("reference_assessment_required") for key in ReferenceAssessment.procedure.tables] == [False] * 2


# --- What the database holds ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"reference_tonnes": 15_000}, "reference_assessment_below_usual"),
        ({"methodology": None}, "reference_assessment_one_methodology"),
    ],
)
def test_the_database_holds_what_a_request_says(changes: dict[str, object], constraint: str, india: Assessing) -> None:
    one = india.draft()
    with pytest.raises(IntegrityError, match=constraint):
        ReferenceAssessment.objects.filter(pk=one.pk).update(**changes)


def test_the_database_lets_no_second_running_assessment_in(india: Assessing) -> None:
    one = india.draft()
    one.pk = None
    with pytest.raises(IntegrityError, match="reference_assessment_one_runs_per_project"):
        one.save(force_insert=True)


def test_a_standing_is_written_by_an_assessment_and_never_changed(india: Assessing) -> None:
    project = india.bring(State.REQUESTED).project
    written = ReferenceStatus.objects.get(project=project)
    assert written.gap_tonnes == 3_000
    given = {"project": project, "source": "x", "standing": "confirmed", "since_on": TODAY, "act_id": uuid4()}
    with pytest.raises(IntegrityError, match="reference_status_below_usual"), transaction.atomic():
        ReferenceStatus.objects.create(**given, reference_tonnes=2, usual_tonnes=2)
    with pytest.raises(DatabaseError, match=r"permission denied|append-only"), transaction.atomic():
        ReferenceStatus.objects.filter(pk=written.pk).update(standing="confirmed")
    ReferenceStatus.objects.create(**given, reference_tonnes=1, usual_tonnes=2)
    with pytest.raises(IntegrityError, match="has no act in this transaction"):
        connection.check_constraints()


def test_a_state_does_not_move_without_an_event(india: Assessing) -> None:
    one = india.draft()
    ReferenceAssessment.objects.filter(pk=one.pk).update(version=9)
    with pytest.raises(IntegrityError, match="has no event for version 9"):
        connection.check_constraints()
