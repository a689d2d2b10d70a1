"""People of both sides decide the sample ballot in a browser, and the projects move. Shown with and without scripts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from apps.committee.models import Ballot, BallotItem, Decision
from apps.events.models import Event
from apps.issuance.models import Round
from apps.methodologies.models import MethodologyVersion
from apps.projects.models import Project
from apps.rehearsal.sample import PASSWORD
from apps.workflow.options import whose_move

pytestmark = pytest.mark.early
INDIA, JAPAN = "indian.co.chair", "japanese.co.chair"
MEMBERS = ("indian.member.new.and.renewable.energy", "japanese.member.meti")
TITLE = "Credits, a project, a methodology and a verifier"

Visit = Callable[[str], Page]


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def window(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    """A browser at the width of a desk."""
    found = browser.new_context(java_script_enabled=request.param, viewport={"width": 1280, "height": 900})
    yield found
    found.close()


@pytest.fixture
def visit(window: BrowserContext, live_server: LiveServer) -> Visit:
    """Sign in on the log-in page, and stand before the desk."""

    def sign_in(name: str) -> Page:
        window.clear_cookies()
        page = window.new_page()
        page.goto(f"{live_server.url}/accounts/login/")
        page.get_by_label("E-mail address").fill(f"{name}@sample.example")
        page.locator("#id_password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        expect(page).to_have_url(f"{live_server.url}/")
        return page

    return sign_in


def keep(page: Page, folder: Path, name: str) -> None:
    """A picture of the whole page, also in the folder JCM_PICTURES where that is set."""
    page.screenshot(path=folder / f"{name}.png", full_page=True)
    if pictures := os.environ.get("JCM_PICTURES"):
        page.screenshot(path=Path(pictures) / f"{name}.png", full_page=True)


def agree_to(page: Page, *items: int) -> None:
    """Fill in the ballot paper, look at the answers once more, confirm."""
    for number in items:
        page.locator(f"input[name=item_{number}][value=agree]").check()
    page.get_by_role("button", name="Check my answers before confirming").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers before you confirm them")
    page.locator("button[name=confirm]").click()
    expect(page.get_by_role("heading", name="Done")).to_be_visible()


# --- The sample ballot ----------------------------------------------------------------------------


@pytest.mark.usefixtures("sample")
def test_both_sides_decide_and_the_projects_move(visit: Visit, live_server: LiveServer, tmp_path: Path) -> None:
    ballot = Ballot.objects.get(title=TITLE)
    assert whose_move(ballot)
    members_of_both_sides_take_a_position(visit)
    the_first_co_chair_agrees(visit, tmp_path)
    assert nothing_has_moved()
    public = visit_as_public(visit(INDIA), live_server)
    expect(public.locator(".jcm-where__say")).to_have_text(
        "The request for registration is complete; registration is to be decided. It is the Joint Committee’s move."
    )
    the_second_co_chair_agrees(visit, tmp_path)
    everything_has_moved(ballot)
    the_public_reads_it(visit(INDIA), live_server, tmp_path)


def members_of_both_sides_take_a_position(visit: Visit) -> None:
    for name in MEMBERS:
        page = visit(name)
        page.get_by_role("link", name="Decisions", exact=True).click()
        row = page.get_by_role("row").filter(has_text="Work plan and third meeting")
        expect(row).to_contain_text("You")
        row.get_by_role("link").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Do you agree that the Joint Committee adopts these two items?")
        agree_to(page, 1, 2)
        expect(page.get_by_role("heading", level=1)).to_have_text("Two items are before the Joint Committee")
        expect(page.locator("tr.jcm-positions__you")).to_contain_text("Agree")


def the_first_co_chair_agrees(visit: Visit, tmp_path: Path) -> None:
    page = visit(JAPAN)
    open_from_the_desk(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Do you agree that the Joint Committee adopts these four items?")
    expect(page.locator("input[type=radio]:checked")).to_have_count(0)
    keep(page, tmp_path, "ballot-open")
    agree_to(page, 1, 2, 3, 4)
    expect(page.locator(".govuk-notification-banner")).to_contain_text("Your position is recorded: record")
    expect(page.locator(".govuk-notification-banner")).not_to_contain_text("adopted")
    expect(page.get_by_role("heading", level=1)).to_have_text("Four items are before the Joint Committee")


def the_second_co_chair_agrees(visit: Visit, tmp_path: Path) -> None:
    page = visit(INDIA)
    keep(page, tmp_path, "desk")
    open_from_the_desk(page)
    for number in (1, 2, 3):
        page.locator(f"input[name=item_{number}][value=agree]").check()
    page.locator("input[name=item_4][value=do_not_agree]").check()
    page.get_by_role("button", name="Check my answers before confirming").click()
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_contain_text(
        "Your reason or comment: Give your reason or comment: you do not agree, ask for a meeting or agree with a comment."
    )
    keep(page, tmp_path, "ballot-mistake")
    page.locator("input[name=item_4][value=agree]").check()
    page.get_by_role("button", name="Check my answers before confirming").click()
    keep(page, tmp_path, "ballot-check")
    assert nothing_has_moved()
    page.locator("button[name=confirm]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Four items adopted")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("With it items 1, 2, 3 and 4 are adopted.")
    keep(page, tmp_path, "ballot-adopted")


def open_from_the_desk(page: Page) -> None:
    page.get_by_role("link", name=TITLE).first.click()


def nothing_has_moved() -> bool:
    moved = Round.objects.filter(reference="IN001-R2").exclude(state="governments_approved").exists()
    return not moved and Project.objects.get(reference="IN005").state == "consideration"


def everything_has_moved(ballot: Ballot) -> None:
    """All four items are adopted and have taken effect, each by its decision; the log holds one act of each."""
    items = list(BallotItem.objects.filter(ballot=ballot))
    assert [(one.outcome, one.problems, one.executed_at is not None) for one in items] == [("adopted", [], True)] * 4
    assert ballot.reload().state == "closed"
    one = Round.objects.get(reference="IN001-R2")
    assert (one.state, one.host_tonnes, one.japan_tonnes, one.decided_tonnes) == ("notified", 2017, 3024, 5041)
    project = Project.objects.get(reference="IN005")
    assert project.state == "registered"
    assert MethodologyVersion.objects.filter(title="Sustainable aviation fuel from used cooking oil").count() == 1
    for item in items:
        decision = Decision.objects.get(item=item)
        assert decision.rule == "b", "every member who counts has agreed"
        assert Event.objects.filter(decision_id=decision.pk).count() == 1


def visit_as_public(page: Page, live_server: LiveServer) -> Page:
    """The page of the project that is to be registered, as everybody reads it."""
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/projects/IN005/")
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    return page


def the_public_reads_it(page: Page, live_server: LiveServer, tmp_path: Path) -> None:
    visit_as_public(page, live_server)
    expect(page.locator(".jcm-where__say")).to_have_text("The project is registered, and no round is open. Nothing is awaited.")
    keep(page, tmp_path, "project-registered")
    page.goto(f"{live_server.url}/projects/IN001/")
    expect(page.locator(".jcm-where__say")).to_contain_text("The credits of round 2 are decided and wait to be issued.")
    row = page.locator(".jcm-ledger tbody tr").nth(1)
    expect(row.locator("td")).to_contain_text(["2,017", "3,024", "5,041"])
    page.goto(f"{live_server.url}/decisions/")
    expect(page.get_by_role("heading", level=1)).to_have_text("The Joint Committee has adopted 33 items")
    assert (tmp_path / "ballot-adopted.png").stat().st_size > 20_000
