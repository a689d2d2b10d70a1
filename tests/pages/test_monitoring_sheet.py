"""The pages of a monitoring sheet in a browser: no barrier, nothing refused, and a workbook that is downloaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from apps.core import clock
from apps.issuance.models import Round
from apps.issuance.procedure import State
from tests.issuance.walk import Course
from tests.pages.looking import Looking, sign_in
from tests.people import Cast, cast
from tests.projects.walk import World, noon

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def root(settings: Any, tmp_path: Path) -> None:
    settings.DOCUMENT_ROOT = tmp_path


def monitored(people: Cast) -> Round:
    """A round of a registered project."""
    with clock.rehearse(noon(2026, 7, 1)) as time:
        return Course(World(people, time, "india_2026")).reach(State.MONITORING)


def test_the_sheet_is_asked_for_on_two_pages_and_downloaded(looking: Looking, transactional_db: None) -> None:  # noqa: ARG001 - the server sees committed rows only
    people = cast()
    one = monitored(people)
    sign_in(looking.page, looking.server, people.participant_host.user)
    page = looking.open(f"/round/{one.pk}/monitoring-sheet/")
    is_sound(looking, "first")
    page.get_by_label("Chillers of high efficiency").check()
    page.get_by_role("textbox").fill("chiller 1\nchiller 2")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("button", name="Download")).to_be_visible()
    is_sound(looking, "second")
    page.get_by_role("button", name="Download").click()
    expect(page.get_by_role("alert").get_by_role("listitem")).to_have_count(5)
    is_sound(looking, "refused")
    for box in page.get_by_role("textbox").all():
        box.fill("5.5")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    assert download.value.suggested_filename == f"{one.project.reference}_efficient_chiller_2028-04-01_2028-09-30.xlsx"
    assert looking.wrong == []


def is_sound(looking: Looking, name: str) -> None:
    """The page at hand has no barrier, nothing is refused, and it is no wider than a narrow window."""
    for width in (1280, 375):
        looking.page.set_viewport_size({"width": width, "height": 900})
        looking.picture(f"sheet-{name}-{width}")
    assert looking.barriers() == [], name
    looking.page.set_viewport_size({"width": 320, "height": 900})
    assert looking.overflow() == 0, name
    assert (looking.refused(), looking.foreign(), looking.wrong) == ([], [], []), name
