"""The desk, a file and its steps in a browser: readable by everybody, at every width, and without JavaScript."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from apps.accounts.models import Membership
from apps.core import clock
from apps.events.models import Event
from apps.workflow.services import perform
from tests.inspection.good import report
from tests.pages.looking import Looking, sign_in
from tests.people import APPOINTED_ON, Cast, actor, cast
from tests.probe.models import Probe
from tests.probe.services import completed, lodged

PDF = {"name": "pdd.pdf", "mimeType": "application/pdf", "buffer": report(1)}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def root(settings: Any, tmp_path: Path) -> None:
    settings.DOCUMENT_ROOT = tmp_path


@pytest.fixture
def people(transactional_db: None) -> Cast:  # noqa: ARG001 - the server sees committed rows only
    return cast()


@pytest.fixture
def probe(people: Cast) -> Probe:
    """A probe with some history, beside others that wait."""
    with clock.rehearse(clock.now() - timedelta(days=12)) as time:
        completed(people.participant_host, people.secretariat_host, title="Green hydrogen for a fertiliser plant, Andhra Pradesh")
        time.move_to(time.moment + timedelta(days=3))
        overdue = lodged(people.participant_host, title="Solar thermal process heat for dairy plants, Gujarat")
        perform(
            overdue,
            "note",
            actor=actor(people.secretariat_japan),
            remark="Asked on the telephone.",
            reason="A reason in the record.",
        )
    return lodged(people.participant_host, title="Compressed biogas from paddy straw, Sangrur, Punjab")


def is_sound(looking: Looking, name: str) -> None:
    """Nothing refused, nothing foreign, nothing wider than the window, no barrier; at two widths."""
    for width in (1280, 375):
        looking.page.set_viewport_size({"width": width, "height": 900})
        looking.picture(f"{name}-{width}")
        assert looking.overflow() == 0, (name, width)
        assert looking.barriers() == [], (name, width)
    assert (looking.refused(), looking.foreign(), looking.wrong) == ([], [], [])


def test_the_desk(looking: Looking, people: Cast, probe: Probe) -> None:
    sign_in(looking.page, looking.server, people.secretariat_host.user)
    page = looking.open("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("2 things wait for you; 1 of them is overdue")
    expect(page.get_by_role("link", name=f"Find it complete {probe.title}")).to_be_visible()
    is_sound(looking, "desk")


def test_a_file(looking: Looking, people: Cast, probe: Probe) -> None:
    sign_in(looking.page, looking.server, people.secretariat_host.user)
    page = looking.open(f"/probe/{probe.pk}/")
    expect(page.get_by_role("heading", level=1)).to_have_text(probe.title)
    expect(page.get_by_role("link", name="Note a remark")).to_be_visible()
    is_sound(looking, "file")


def test_a_step_from_the_form_to_the_record(looking: Looking, people: Cast, probe: Probe) -> None:
    sign_in(looking.page, looking.server, people.secretariat_host.user)
    page = looking.open(f"/probe/{probe.pk}/complete/")
    is_sound(looking, "step")

    page.get_by_role("button", name="Check before confirming").click()
    expect(page.get_by_role("alert")).to_contain_text("Project design document is missing; upload it first")
    expect(page).to_have_title("Error: Find it complete: Compressed biogas from paddy straw, Sangrur, Punjab – JCM India–Japan")
    is_sound(looking, "step-refused")

    page.get_by_label("Project design document", exact=True).set_input_files(PDF)
    expect(page.get_by_role("status").filter(has_text="nothing is in its way")).to_be_visible()
    page.get_by_label("Reason or remark").fill("All papers are there.")
    page.get_by_role("button", name="Check before confirming").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check before you confirm: Find it complete")
    is_sound(looking, "step-check")

    page.get_by_role("button", name="Find it complete").click()
    expect(page.get_by_role("alert")).to_contain_text("Recorded: “Find it complete”, record")
    is_sound(looking, "step-done")
    assert probe.reload().state == "inputs"


def test_a_step_that_is_not_open(looking: Looking, people: Cast, probe: Probe) -> None:
    sign_in(looking.page, looking.server, people.co_chair_japan.user)
    page = looking.open(f"/probe/{probe.pk}/withdraw/", status=403)
    expect(page.get_by_role("alert")).to_contain_text("Only Project participant can take “Withdraw the probe”")
    is_sound(looking, "step-closed")


def test_opening_a_file(looking: Looking, people: Cast) -> None:
    sign_in(looking.page, looking.server, people.secretariat_host.user)
    looking.open("/probe/new/lodge/")
    is_sound(looking, "opening")


def test_choosing_a_capacity(looking: Looking, people: Cast) -> None:
    held = people.secretariat_host
    Membership.objects.create(user=held.user, organisation=people.tpe.organisation, role="tpe", starts_on=APPOINTED_ON)
    sign_in(looking.page, looking.server, held.user)
    page = looking.open("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose a capacity")
    is_sound(looking, "capacity")
    page.get_by_label("Third-party entity · First Verifier").check()
    page.get_by_role("button", name="Act in this capacity").click()
    expect(page.get_by_role("banner")).to_contain_text("Acting as Third-party entity · First Verifier")


def test_a_step_without_javascript(browser: Browser, live_server: LiveServer, people: Cast, probe: Probe) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    sign_in(page, live_server, people.secretariat_host.user)
    page.goto(f"{live_server.url}/probe/{probe.pk}/complete/")
    page.get_by_label("Project design document", exact=True).set_input_files(PDF)
    page.get_by_role("button", name="Check before confirming").click()
    page.get_by_role("button", name="Change Reason or remark").click()
    page.get_by_label("Reason or remark").fill("Changed once.")
    page.get_by_role("button", name="Check before confirming").click()
    page.get_by_role("button", name="Find it complete").click()
    expect(page.get_by_text("Recorded: “Find it complete”, record")).to_be_visible()
    assert Event.objects.get(subject_id=probe.pk, version=2).reason == "Changed once."
    page.context.close()


def test_the_administration_is_sound(looking: Looking, people: Cast, probe: Probe) -> None:
    sign_in(looking.page, looking.server, people.secretariat_host.user)
    looking.open("/admin/")
    is_sound(looking, "administration")
    looking.open("/admin/probe/probe/?longer=7", language="hi")
    is_sound(looking, "administration-list")
    page = looking.open(f"/admin/probe/probe/{probe.pk}/change/")
    expect(page.get_by_role("link", name="Note a remark")).to_be_visible()
    is_sound(looking, "administration-file")
    page.get_by_role("link", name="History of this entry").click()
    is_sound(looking, "administration-history")
    looking.open(f"/admin/accounts/user/{people.registry_host.user_id}/change/", language="ja")
    is_sound(looking, "administration-form")
