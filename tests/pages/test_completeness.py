"""A completeness check in a browser: nothing in anybody's way, at any width, in three languages."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from apps.completeness.selectors import items_of
from apps.core import clock
from apps.projects.models import Project
from apps.projects.procedure import State
from apps.workflow.services import perform
from tests.pages.looking import Looking, languages
from tests.pages.test_assessment import is_sound
from tests.people import actor, cast
from tests.projects.walk import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def root(settings: Any, tmp_path: Path) -> None:
    settings.DOCUMENT_ROOT = tmp_path


@pytest.fixture
def requested(transactional_db: None) -> tuple[World, Project]:  # noqa: ARG001 - the server sees committed rows only
    """A project whose registration is requested."""
    with clock.rehearse(clock.now() - timedelta(days=60)) as time:
        world = World(cast(), time, "india_2026")
        return world, world.reach(State.REQUESTED)


@pytest.mark.parametrize("language", languages("ja"))
def test_a_completeness_check_is_sound(language: str, looking: Looking, requested: tuple[World, Project]) -> None:
    world, project = requested
    people = world.people
    is_sound(looking, f"/project/{project.pk}/accept_as_complete/", "accept", people.secretariat_host, language)
    wrong = {"outcome": "wrong", "text": "The focal point has not signed; the date is missing as well."}
    given = {one.key: "in_order" for one in items_of(project)} | {"signed": wrong, "one_design": wrong}
    perform(project, "request_completion", actor=actor(people.secretariat_host), items=given)
    is_sound(looking, project.reload().get_absolute_url(), "incomplete", people.participant_host, language)
