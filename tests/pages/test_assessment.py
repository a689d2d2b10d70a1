"""The verifier's pages in a browser: nothing in anybody's way, at any width, in three languages."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from apps.accounts.models import Membership
from apps.core import clock
from apps.documents.kinds import Kind
from apps.findings.kinds import FindingKind, Requirement
from apps.findings.models import Finding
from apps.findings.services import keep_notes
from apps.projects.models import Project
from apps.workflow.services import perform
from tests.committee.ballots import about, circulated
from tests.findings.raising import raised
from tests.pages.looking import Looking, languages, sign_in
from tests.people import actor, cast
from tests.projects.walk import World, upload

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = (1280, 375)


@pytest.fixture(autouse=True)
def root(settings: Any, tmp_path: Path) -> None:
    settings.DOCUMENT_ROOT = tmp_path


@pytest.fixture
def assessed(transactional_db: None) -> tuple[World, Project]:  # noqa: ARG001 - the server sees committed rows only
    """A project in validation with a request in its second round, one answered, one closed and a forward one."""
    with clock.rehearse(clock.now() - timedelta(days=60)) as time:
        world = World(cast(), time, "india_2026")
        people = world.people
        world.made["entity"] = world.entity(ends_on=time.moment.date() + timedelta(days=150))
        project = world.in_validation()
        car = raised(project, people.tpe)
        upload(car, people.participant_host, Kind.FINDING_EVIDENCE)
        perform(car, "respond_with_evidence", actor=actor(people.participant_host), response="The offer shows one boiler.")
        perform(car.reload(), "send_back", actor=actor(people.tpe), missing="A photograph of the boiler house")
        answered = raised(
            project, people.tpe, FindingKind.CL, title="Capacity of the boiler", requirement=Requirement.DESCRIPTION
        )
        perform(answered, "respond", actor=actor(people.participant_japan), response="It is two tonnes of steam an hour.")
        closed = raised(project, people.tpe, title="Second meeting", requirement=Requirement.CONSULTATION)
        perform(closed, "respond", actor=actor(people.participant_host), response="It was held on 3 May.")
        perform(closed.reload(), "close", actor=actor(people.tpe), conclusion="The minutes show it.")
        raised(project, people.tpe, FindingKind.FAR, title="Calibration of the second meter", requirement=Requirement.MONITORING)
        notes = {101: (True, ""), 104: (False, "Asked for the photograph; compare with the drawing of 2024."), 106: (True, "")}
        keep_notes(project, membership=people.tpe, notes=notes)
    return world, project


def is_sound(looking: Looking, path: str, name: str, who: Membership, language: str) -> None:
    """A page has no barrier, nothing refused, and is no wider than a narrow window."""
    sign_in(looking.page, looking.server, who.user)
    looking.open(path, language=language)
    for width in WIDTHS:
        looking.page.set_viewport_size({"width": width, "height": 900})
        looking.picture(f"assessment-{name}-{language}-{width}")
    assert looking.barriers() == [], name
    looking.page.set_viewport_size({"width": 320, "height": 900})
    assert looking.overflow() == 0, name
    assert (looking.refused(), looking.foreign(), looking.wrong) == ([], [], []), name


@pytest.mark.parametrize("language", languages("hi"))
def test_the_pages_of_a_verifier_are_sound(language: str, looking: Looking, assessed: tuple[World, Project]) -> None:
    world, project = assessed
    people, at = world.people, f"/assessments/project/{project.pk}/"
    is_sound(looking, "/", "desk", people.tpe, language)
    is_sound(looking, "/", "secretariat", people.secretariat_japan, language)
    is_sound(looking, at, "page", people.tpe, language)
    is_sound(looking, f"{at}checklist/", "checklist", people.tpe, language)
    is_sound(looking, at, "participant", people.participant_host, language)
    is_sound(looking, Finding.objects.earliest("pk").get_absolute_url(), "finding", people.tpe, language)


def test_a_ballot_about_an_assessed_project_is_sound(looking: Looking, assessed: tuple[World, Project]) -> None:
    world, project = assessed
    people = world.people
    ballot = circulated(people, about(project, "register", "Is the project registered?"), edition="india_2026")
    is_sound(looking, ballot.get_absolute_url(), "ballot", people.members_host[0], "en")
    assert looking.page.get_by_role("link", name="IN001-CAR1").count() == 1
