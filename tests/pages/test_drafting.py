"""Forms and receipts in a browser: nothing in anybody's way, at any width, in any language, with or without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from apps.core import clock
from apps.documents.models import DocumentVersion
from apps.events.models import Event
from apps.findings.kinds import FindingKind, Requirement
from apps.findings.models import Finding
from apps.workflow.services import perform
from tests.drafting.filling import Desk
from tests.findings.raising import raised
from tests.pages.looking import Looking, languages, sign_in
from tests.people import actor, cast
from tests.projects.walk import World, noon

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = (1280, 375)
MISTAKEN = {"documents-rows": "1", "documents-0-author": "Amul"}
INTERVIEWS = {
    "process": "Desk review of the PDD and the spreadsheet; on-site visit on 3 and 4 March 2027.",
    "people-rows": "2",
    "people-0-name": "Meera Patel",
    "people-0-organisation": "Solar India, plant manager",
    "people-0-on_day": "3",
    "people-0-on_month": "3",
    "people-0-on_year": "2027",
    "people-0-about": "Operation of the boilers; meters and their calibration.",
    "people-1-name": "Ken Mori",
    "people-1-organisation": "Solar Japan, engineer",
    "people-1-on_day": "4",
    "people-1-on_month": "3",
}


@pytest.fixture(autouse=True)
def roots(settings: Any, tmp_path: Path) -> None:
    settings.DOCUMENT_ROOT, settings.PAPER_ROOT = tmp_path / "documents", tmp_path / "papers"


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:  # noqa: ARG001 - the server sees committed rows only
    with clock.rehearse(noon(2027, 3, 1)) as time:
        yield World(cast(), time, "india_2026")


@pytest.fixture
def desk(world: World) -> Desk:
    """A validation report half written, with a finding that was answered and closed."""
    project, tpe = world.in_validation(), world.people.tpe
    one = raised(project, tpe, FindingKind.CL, requirement=Requirement.EMISSIONS)
    perform(
        one,
        "respond",
        actor=actor(world.people.participant_japan),
        response="The drawing was of an earlier design; it is replaced.",
    )
    perform(Finding.objects.get(pk=one.pk), "close", actor=actor(tpe), conclusion="The new drawing shows one boiler.")
    raised(project, tpe, FindingKind.FAR, requirement=Requirement.MONITORING, title="Calibration of the flow meter")
    return Desk(project, "VAL", tpe)


def is_sound(looking: Looking, name: str) -> None:
    """The page that is open has no barrier, nothing refused, and is no wider than a narrow window."""
    for width in WIDTHS:
        looking.page.set_viewport_size({"width": width, "height": 900})
        looking.picture(f"forms-{name}-{width}")
    assert looking.barriers() == [], name
    looking.page.set_viewport_size({"width": 320, "height": 900})
    assert looking.overflow() == 0, name
    assert (looking.refused(), looking.foreign(), looking.wrong) == ([], [], []), name


@pytest.mark.parametrize("language", languages("ja"))
def test_a_form_from_its_sections_to_its_receipt(language: str, looking: Looking, desk: Desk) -> None:
    sign_in(looking.page, looking.server, desk.membership.user)
    desk.fill()
    desk.save("process", INTERVIEWS)
    desk.save("documents", MISTAKEN)
    for name, path in {"tasks": (), "emissions": ("requirement-104",), "file": ("particulars",), "list": ("findings",)}.items():
        looking.open(desk.at(*path), language=language)
        is_sound(looking, f"{name}-{language}")
    looking.open(f"{desk.at('process')}?mend=1", language=language)
    is_sound(looking, f"process-{language}")
    looking.open(desk.at("answers"), language=language)
    is_sound(looking, f"missing-{language}")
    desk.fill()
    looking.open(desk.at("answers"), language=language)
    is_sound(looking, f"answers-{language}")
    looking.page.set_viewport_size({"width": 1280, "height": 900})
    looking.page.locator("main button.govuk-button").last.click()
    expect(looking.page.locator("h1")).to_contain_text("1")
    is_sound(looking, f"document-{language}")
    looking.open(f"/receipts/acts/{Event.objects.filter(type='project.accept_assignment').get().pk}/", language=language)
    is_sound(looking, f"act-{language}")
    looking.open(f"/project/{desk.subject.pk}/report_positive/", language=language)
    is_sound(looking, f"step-{language}")


def test_what_is_typed_is_saved_as_one_goes_on(looking: Looking, desk: Desk) -> None:
    sign_in(looking.page, looking.server, desk.membership.user)
    page = looking.page
    page.clock.install()
    looking.open(desk.at("opinion"))
    line = page.locator("form [role=status]")
    expect(line).to_have_text("What you type is saved as you go on.")
    page.locator("#id_grounds").fill("All is well so far")
    page.clock.run_for(9_000)
    assert "opinion" not in desk.saved
    page.clock.run_for(2_000)
    expect(line).to_contain_text("Saved at ")
    assert desk.saved["opinion"].typed == {"grounds": "All is well so far"}
    page.locator("#id_grounds").fill("All is well.")
    page.locator("main button.govuk-button").first.click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    assert (desk.saved["opinion"].version, desk.saved["opinion"].typed) == (2, {"grounds": "All is well."})


def test_whoever_types_on_is_told_of_another_writer(looking: Looking, desk: Desk) -> None:
    sign_in(looking.page, looking.server, desk.membership.user)
    page = looking.page
    page.clock.install()
    looking.open(desk.at("opinion"))
    desk.save("opinion", {"opinion": "negative", "grounds": "The second boiler is missing."})
    page.locator("#id_grounds").fill("All is well.")
    page.clock.run_for(11_000)
    expect(page.locator("form [role=status]")).to_contain_text("somebody else of your organisation saved this section meanwhile")
    assert desk.saved["opinion"].typed["grounds"] == "The second boiler is missing."


@pytest.mark.parametrize("language", languages("en", among=("en", "ja")))
def test_two_people_at_one_section(language: str, looking: Looking, desk: Desk) -> None:
    sign_in(looking.page, looking.server, desk.membership.user)
    looking.open(desk.at("opinion"), language=language)
    desk.save("opinion", {"opinion": "negative", "grounds": "The second boiler is missing."})
    looking.page.locator("#id_grounds").fill("All is well.")
    looking.page.locator("main button.govuk-button").first.click()
    expect(looking.page.locator("#both")).to_be_visible()
    looking.wrong.clear()  # the browser tells of 409 as of a failure
    assert looking.page.locator("#id_grounds").input_value() == "All is well."
    is_sound(looking, f"both-{language}")


def test_without_javascript_rows_are_added_and_the_form_is_handed_in(
    browser: Browser, live_server: LiveServer, desk: Desk
) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    sign_in(page, live_server, desk.membership.user)
    desk.fill()
    page.goto(live_server.url + desk.at("documents"))
    page.get_by_role("button", name="Add another Document reviewed").click()
    page.locator("#id_documents-1-title").fill("Single-line diagram")
    page.locator("#id_documents-1-author").fill("Solar India")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.locator("h1")).to_have_text("List of CAR, CL and FAR")
    assert desk.saved["documents"].typed["documents-rows"] == "2"
    page.goto(live_server.url + desk.at("documents"))
    page.get_by_role("button", name="Remove Document reviewed 1").click()
    expect(page.get_by_role("button", name="Remove Document reviewed 2")).to_have_count(0)
    assert desk.saved["documents"].typed["documents-0-title"] == "Single-line diagram"
    page.goto(live_server.url + desk.at("answers"))
    page.get_by_role("button", name="Produce the PDF and hand it in").click()
    expect(page.locator("h1")).to_have_text("Handed in: Validation report, version 1")
    assert DocumentVersion.objects.filter(kind="VAL").count() == 1
    page.context.close()
