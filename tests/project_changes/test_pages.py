"""The engine's own screens serve these procedures: files are opened over HTTP and read by those who take part."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from apps.workflow import registry
from tests.project_changes.renewing import Renewing
from tests.project_changes.walk import Later
from tests.workflow.test_step_screens import codes, confirmed, filled

DAY = {"takes_effect_on_day": 1, "takes_effect_on_month": 7, "takes_effect_on_year": 2028}
END = {"ends_on_day": 31, "ends_on_month": 3, "ends_on_year": 2038}
TEXTS = {"description": "Another meter.", "why": "The old one is not sold.", "pdd_sections": "D.1"}
LEAST: dict[str, dict[str, Any]] = {
    "change/new/identify": {**TEXTS, **DAY},
    "renewal/new/draft": END,
    "implementation/new/draft": {"progress": "construction"},
}


def given(place: str, later: Renewing, project: int) -> dict[str, Any]:
    """What a form asks for, with the project and, where one judges, the entity."""
    entity = {} if place.startswith("implementation") else {"entity": later.world.usual_entity.pk}
    return {"title": "A title", "project": project, **entity, **LEAST[place]}


@pytest.mark.parametrize("place", LEAST)
def test_a_file_about_a_project_is_opened_and_read(place: str, india: Later, client: Client) -> None:
    later = Renewing(india.world)
    project, by = later.renewable(), later.people.participant_japan
    client.force_login(by.user)
    response = confirmed(client, f"/{place}/", filled(client, f"/{place}/", **given(place, later, project.pk)))
    assert response.status_code == 302, codes(response)
    opened = registry.model_of(place.partition("/")[0])._default_manager.get()
    assert (opened.title, opened.reference[:5]) == ("A title", project.reference)
    assert client.get(response["Location"]).status_code == 200
    client.force_login(later.people.stranger.user)
    assert client.get(response["Location"]).status_code == 404


@pytest.mark.parametrize("place", LEAST)
def test_somebody_from_elsewhere_is_told_why_not(place: str, india: Later, client: Client) -> None:
    later = Renewing(india.world)
    project = later.renewable()
    client.force_login(later.people.stranger.user)
    response = confirmed(client, f"/{place}/", filled(client, f"/{place}/", **given(place, later, project.pk)))
    assert response.status_code == 422
    assert {code for code, _field in codes(response)} == {"CHG-01" if place.startswith("change") else "CHG-09"}
