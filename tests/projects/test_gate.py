"""Where the edition asks for one, a project rests on an idea note that lets it go on. Source: rules 0.4-4, 2.1."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from apps.core.errors import NotReady
from apps.idea_notes.models import IdeaNote
from apps.projects.models import Project
from apps.projects.procedure import State
from apps.workflow.editions import EDITIONS, Mark, Parameter
from apps.workflow.services import perform
from tests.journeys import idea_note as journey
from tests.journeys.editions import under
from tests.people import actor
from tests.projects.walk import SUBMISSION, World, signed, upload
from tests.refused import refused


def ready(world: World, note: IdeaNote | None) -> Project:
    """A draft with all documents that rests on a note."""
    project = world.open(idea_note=note)
    upload(project, world.people.participant_japan, *SUBMISSION)
    return project


def submit(world: World, project: Project) -> str:
    """Hand the PDD in."""
    perform(project, "submit_pdd", actor=actor(world.people.participant_japan), **signed(project))
    return str(project.reload().state)


def test_the_first_generation_asks_for_no_note(jcm: World) -> None:
    project = jcm.reach(State.SUBMITTED)
    assert project.idea_note is None
    assert "idea_note" not in {name for row in Project.procedure.rows("jcm_2013") for name in row.inputs}


@pytest.mark.parametrize("edition", ["jcm_2022", "india_2026"])
def test_without_a_note_no_pdd_is_taken(india: World, edition: str) -> None:
    world = World(india.people, india.time, edition)
    project = ready(world, None)
    with refused(NotReady, "PRJ-20"):
        submit(world, project)
    note = world.note()
    perform(project, "amend", actor=actor(world.people.participant_japan), idea_note=note)
    assert submit(world, project) == State.SUBMITTED
    assert project.reload().idea_note == note


@pytest.mark.parametrize(
    "way",
    [journey.drafted, journey.in_review, journey.considered, journey.objected, journey.withdrawn, journey.exemption_drafted],
)
def test_a_note_that_was_not_decided_in_its_favour_opens_nothing(india: World, way: Callable[..., IdeaNote]) -> None:
    project = ready(india, under("india_2026", way, india.people))
    with refused(NotReady, "PRJ-20"):
        submit(india, project)


@pytest.mark.parametrize(("lets_go_on", "state"), [("yes", State.SUBMITTED), ("no", State.DRAFT)])
def test_another_decision_opens_the_way_where_it_says_so(india: World, lets_go_on: str, state: State) -> None:
    project = ready(india, journey.decided_otherwise(india.people, lets_go_on=lets_go_on))
    if lets_go_on == "no":
        with refused(NotReady, "PRJ-20"):
            submit(india, project)
    else:
        submit(india, project)
    assert project.reload().state == state


def test_an_exemption_opens_the_way(india: World) -> None:
    assert submit(india, ready(india, journey.exempted(india.people))) == State.SUBMITTED


def test_a_decision_past_its_validity_opens_nothing(india: World, monkeypatch: pytest.MonkeyPatch) -> None:
    validity = Parameter(30, Mark.NOT_FOUND, "of the test")
    monkeypatch.setitem(EDITIONS["india_2026"].parameters, "pin_validity_days", validity)  # type: ignore[arg-type] # reason: a dictionary
    project = ready(india, india.note())
    india.time.move_to(india.time.moment + timedelta(days=31))
    with refused(NotReady, "PRJ-20"):
        submit(india, project)


def test_one_note_leads_to_one_living_project(india: World) -> None:
    note = india.note()
    first, second = ready(india, note), ready(india, None)
    with refused(NotReady, "PRJ-29"):
        perform(second, "amend", actor=actor(india.people.participant_japan), idea_note=note)
    with pytest.raises(IntegrityError, match="project_one_per_idea_note"), transaction.atomic():
        Project.objects.filter(pk=second.pk).update(idea_note=note)
    perform(first, "withdraw", actor=actor(india.people.participant_japan))
    perform(second, "amend", actor=actor(india.people.participant_japan), idea_note=note)
    assert submit(india, second) == State.SUBMITTED
    assert list(note.projects.order_by("pk").values_list("state", flat=True)) == ["withdrawn", "submitted"]


def test_a_note_of_others_is_no_ground(india: World) -> None:
    note = india.note(of=india.people.stranger.organisation)
    assert note.organisation == india.people.stranger.organisation
    with refused(NotReady, "PRJ-28"):
        india.open(idea_note=note, versions=[])
    project = ready(india, None)
    with refused(NotReady, "PRJ-28"):
        perform(project, "amend", actor=actor(india.people.participant_japan), idea_note=note)
    assert note.decided_on == date(2027, 3, 1)
