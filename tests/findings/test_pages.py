"""Findings are raised on the site by naming the project or round by its number."""

from __future__ import annotations

import pytest
from django.test import Client

from apps.findings.kinds import FindingKind
from apps.findings.models import Finding
from tests.findings.raising import raised
from tests.projects.walk import World
from tests.workflow.test_step_screens import codes, confirmed, filled, hidden

GIVEN = {"title": "Second boiler", "about": "IN001", "requirement": "104", "finding": "The drawing shows two boilers."}


@pytest.mark.parametrize(
    ("step", "more", "state"), [("raise_request", {"kind": "cl"}, "raised"), ("raise_forward", {}, "carried")]
)
def test_a_finding_is_raised_on_its_page(step: str, more: dict[str, str], state: str, india: World, client: Client) -> None:
    project, place = india.in_validation(), f"/finding/new/{step}/"
    client.force_login(india.people.tpe.user)
    response = confirmed(client, place, filled(client, place, **GIVEN, **more))
    assert response.status_code == 302, codes(response)
    finding = Finding.objects.get()
    assert (finding.file, finding.state, finding.raised_by) == (project, state, india.people.tpe.organisation)
    assert client.get(response["Location"]).status_code == 200


def test_a_file_that_nobody_knows_is_refused_at_its_field(india: World, client: Client) -> None:
    india.in_validation()
    place = "/finding/new/raise_forward/"
    client.force_login(india.people.tpe.user)
    response = client.post(place, filled(client, place, **{**GIVEN, "about": "IN999"}))
    assert (response.status_code, codes(response)) == (422, [("DOOR-08", "about")])


def test_an_entity_that_is_not_assigned_is_refused_with_the_reason(india: World, client: Client) -> None:
    india.in_validation()
    place = "/finding/new/raise_forward/"
    client.force_login(india.people.other_tpe.user)
    checked = client.post(place, filled(client, place, **GIVEN))
    response = client.post(place, {**hidden(checked), "confirm": "yes"})
    assert (response.status_code, codes(response)) == (422, [("FND-01", "about")])


def test_a_finding_shows_what_it_is_about(india: World, client: Client) -> None:
    project = india.in_validation()
    finding = raised(project, india.people.tpe, FindingKind.CAR)
    client.force_login(india.people.participant_japan.user)
    page = client.get(finding.get_absolute_url())
    assert [(fact.term, fact.words) for fact in page.context["facts"]] == [
        ("Kind", "Corrective action request"),
        ("Requirement", finding.get_requirement_display()),
        ("About", str(project)),
        ("Raised by", "First Verifier"),
        ("Responses asked for", "1 round"),
    ]
