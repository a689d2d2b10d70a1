"""Sending documents in a browser: seen to come in, checked at once, gone on with after a break, stopped; and without scripts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from apps.documents.models import DocumentVersion, Upload
from tests.inspection.good import heavy, report
from tests.inspection.malformed import mutant
from tests.pages.looking import Looking, sign_in
from tests.people import Cast, cast
from tests.probe.models import Probe
from tests.probe.services import lodged
from tests.worker import wait_for

pytestmark = pytest.mark.django_db(transaction=True)

FIELD = "Project design document"


@pytest.fixture(autouse=True)
def root(settings: Any, tmp_path: Path) -> Path:
    settings.DOCUMENT_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def people(transactional_db: None) -> Cast:  # noqa: ARG001 - the server sees committed rows only
    return cast()


@pytest.fixture
def probe(people: Cast) -> Probe:
    return lodged(people.participant_host, title="Compressed biogas from paddy straw, Sangrur, Punjab")


@pytest.fixture
def at_step(looking: Looking, people: Cast, probe: Probe) -> Page:
    """The step that asks for a document, before whoever may take it."""
    sign_in(looking.page, looking.server, people.secretariat_host.user)
    return looking.open(f"/probe/{probe.pk}/complete/")


def choose(page: Page, name: str, content: bytes) -> None:
    file: Any = {"name": name, "mimeType": "application/pdf", "buffer": content}
    page.get_by_label(FIELD, exact=True).set_input_files(file)


def told(page: Page, words: str) -> None:
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()


def is_sound(looking: Looking, name: str) -> None:
    for width in (1280, 375):
        looking.page.set_viewport_size({"width": width, "height": 900})
        looking.picture(f"{name}-{width}")
        assert looking.overflow() == 0, (name, width)
        assert looking.barriers() == [], (name, width)
    assert (looking.refused(), looking.foreign(), looking.wrong) == ([], [], [])


def test_a_document_comes_in_while_the_form_is_filled_in(looking: Looking, at_step: Page) -> None:
    content = heavy(3_500_000)
    choose(at_step, "Design document.pdf", content)
    told(at_step, "Design document.pdf has come in and was checked: nothing is in its way.")
    assert Upload.objects.get().received == 3_500_000
    sent = [url for url in looking.asked if "/uploads/" in url]
    assert len(sent) == 5, "announced, then four pieces"
    expect(at_step.get_by_role("button", name="Stop sending")).to_be_hidden()
    expect(at_step.get_by_role("progressbar")).to_be_hidden()
    is_sound(looking, "upload-ready")
    at_step.get_by_label("Reason or remark").fill("All papers are there.")
    with at_step.expect_request(lambda request: request.method == "POST") as posted:
        at_step.get_by_role("button", name="Check before confirming").click()
    assert b"Design document.pdf" not in (posted.value.post_data_buffer or b""), "the file is not sent once more"
    expect(at_step.get_by_role("heading", level=1)).to_have_text("Check before you confirm: Find it complete")
    at_step.get_by_role("button", name="Find it complete").click()
    expect(at_step.get_by_role("alert")).to_contain_text("Recorded")
    assert DocumentVersion.objects.get().path.read_bytes() == content


def test_what_is_wrong_with_a_document_is_told_at_once(looking: Looking, at_step: Page, root: Path) -> None:
    choose(at_step, "Design.pdf", mutant("scripted", 1).content)
    told(at_step, "Design.pdf was not taken. Choose another file.")
    expect(at_step.get_by_text("Design.pdf holds a script (object")).to_contain_text("INS-05")
    expect(at_step.get_by_label(FIELD, exact=True)).to_have_value("")
    is_sound(looking, "upload-refused")
    choose(at_step, "Design.exe", b"MZ")
    expect(at_step.get_by_text("Only files that end in .pdf, .xlsx are taken")).to_contain_text("DOC-04")
    expect(at_step.get_by_text("INS-05")).to_have_count(0)
    looking.wrong.clear()
    choose(at_step, "Design.pdf", report(1))
    told(at_step, "nothing is in its way")
    expect(at_step.get_by_text("DOC-04")).to_have_count(0)
    assert [one.name for one in (root / "quarantine").iterdir()] == [Upload.objects.get(progress="ready").path.name]


def test_a_lost_connection_loses_nothing(at_step: Page) -> None:
    broken = []

    def breaks_once(route: Route) -> None:
        if route.request.headers.get("upload-offset") == "1048576" and not broken:
            broken.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    at_step.route("**/uploads/**", breaks_once)
    content = heavy(3_000_000)
    choose(at_step, "Design.pdf", content)
    told(at_step, "The connection is lost. Sending goes on by itself when it is back.")
    told(at_step, "nothing is in its way")
    assert broken
    upload = Upload.objects.get()
    assert upload.path.read_bytes() == content


def test_sending_can_be_stopped(at_step: Page, root: Path) -> None:
    at_step.route("**/uploads/**", lambda route: None if route.request.method == "PATCH" else route.continue_())
    choose(at_step, "Design.pdf", heavy(3_000_000))
    told(at_step, "Sending Design.pdf: 0 % of 2.9 MB.")
    at_step.get_by_role("button", name="Stop sending").click()
    expect(at_step.get_by_role("progressbar")).to_have_count(0)
    expect(at_step.get_by_label(FIELD, exact=True)).to_be_focused()
    expect(at_step.get_by_label(FIELD, exact=True)).to_have_value("")
    wait_for(lambda: not Upload.objects.exists())
    assert [one for one in root.rglob("*") if one.is_file()] == []


def test_where_sending_fails_the_form_sends_the_file(at_step: Page) -> None:
    at_step.route("**/uploads/**", lambda route: route.fulfill(status=500, body="{}"))
    choose(at_step, "Design.pdf", report(1))
    told(at_step, "Design.pdf could not be sent beforehand. It is sent with the form instead.")
    at_step.get_by_role("button", name="Check before confirming").click()
    expect(at_step.get_by_role("heading", level=1)).to_have_text("Check before you confirm: Find it complete")
    assert DocumentVersion.objects.get().name == "Design.pdf"


def test_without_scripts_the_form_sends_the_file(
    browser: Browser,
    looking: Looking,
    people: Cast,
    probe: Probe,
    inspected: None,  # noqa: ARG001 - the site as it is
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, looking.server, people.secretariat_host.user)
    page.goto(f"{looking.server.url}/probe/{probe.pk}/complete/")
    choose(page, "Design.pdf", mutant("scripted", 1).content)
    page.get_by_role("button", name="Check before confirming").click()
    expect(page.get_by_role("alert")).to_contain_text("Design.pdf holds a script")
    choose(page, "Design.pdf", report(1))
    page.get_by_role("button", name="Check before confirming").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check before you confirm: Find it complete")
    context.close()
    assert [one.name for one in DocumentVersion.objects.all()] == ["Design.pdf"]
