"""A ballot in a browser in each of its states: asked, mistaken, checked, recorded, closed while it was read, closed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from apps.committee.models import Ballot, Position
from apps.workflow.services import perform
from tests.committee.ballots import circulated
from tests.pages.looking import Looking, languages, sign_in
from tests.people import Cast, actor, cast

pytestmark = pytest.mark.django_db(transaction=True)

TEXTS = [{"title": f"Adopt the rules of procedure, part {number}?", "text": "As circulated."} for number in (1, 2)]
REASON = "The default value rests on one study.\nThe panel should read it once more."


@pytest.fixture(autouse=True)
def root(settings: Any, tmp_path: Path) -> None:
    settings.DOCUMENT_ROOT = tmp_path


@pytest.fixture
def people(transactional_db: None) -> Cast:  # noqa: ARG001 - the server sees committed rows only
    return cast()


@pytest.fixture
def ballot(people: Cast) -> Ballot:
    return circulated(people, *TEXTS)


def is_sound(looking: Looking, name: str) -> None:
    """Nothing refused, nothing foreign, nothing wider than a narrow window, no barrier; at two widths."""
    for width in (1280, 375):
        looking.page.set_viewport_size({"width": width, "height": 900})
        looking.picture(f"{name}-{width}")
        assert looking.barriers() == [], (name, width)
    looking.page.set_viewport_size({"width": 320, "height": 900})
    assert looking.overflow() == 0, name
    assert (looking.refused(), looking.foreign(), looking.wrong) == ([], [], [])


def choose(page: Page, **answers: str) -> None:
    for field, answer in answers.items():
        page.locator(f"input[name={field}][value={answer}]").check()


@pytest.mark.parametrize("language", languages("en"))
def test_from_the_question_to_the_record(language: str, looking: Looking, people: Cast, ballot: Ballot) -> None:
    sign_in(looking.page, looking.server, people.members_host[0].user)
    page = looking.open(ballot.get_absolute_url(), language=language)
    expect(page.locator("input[type=radio]:checked")).to_have_count(0)
    is_sound(looking, f"ballot-asked-{language}")
    choose(page, item_1="agree", item_2="do_not_agree")
    page.locator(".jcm-paper button").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    is_sound(looking, f"ballot-mistake-{language}")
    page.locator(".govuk-error-summary a").click()
    expect(page.locator("#id_reason")).to_be_focused()
    page.locator("#id_reason").fill(REASON)
    page.locator(".jcm-paper button").click()
    expect(page.locator("button[name=confirm]")).to_be_visible()
    is_sound(looking, f"ballot-check-{language}")
    assert not Position.objects.exists()
    page.locator("button[name=confirm]").click()
    expect(page.locator(".govuk-notification-banner")).to_be_focused()
    is_sound(looking, f"ballot-recorded-{language}")
    assert [(one.answer, one.reason) for one in Position.objects.all()] == [("agree", ""), ("do_not_agree", REASON)]


@pytest.mark.parametrize("language", languages("hi"))
def test_what_closed_while_it_was_read(language: str, looking: Looking, people: Cast, ballot: Ballot) -> None:
    sign_in(looking.page, looking.server, people.co_chair_japan.user)
    page = looking.open(ballot.get_absolute_url(), language=language)
    choose(page, item_1="agree")
    perform(ballot, "withdraw", actor=actor(people.secretariat_host))
    page.locator(".jcm-paper button").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page.locator(".govuk-error-summary")).to_contain_text("DOOR-02")
    expect(page.locator(".jcm-paper")).to_have_count(0)
    is_sound(looking, f"ballot-closed-{language}")
    assert not Position.objects.exists()


def test_the_ballot_paper_is_filled_in_by_keyboard(looking: Looking, people: Cast, ballot: Ballot) -> None:
    sign_in(looking.page, looking.server, people.members_japan[0].user)
    page = looking.open(ballot.get_absolute_url())
    page.locator("input[name=item_1]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(page.locator("input[name=item_2]").first).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator("input[name=item_2][value=agree_with_comment]")).to_be_checked()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Tab")
    expect(page.locator("#id_reason")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers before you confirm them")
    page.get_by_role("button", name="Confirm my positions on two items").press("Enter")
    expect(page.get_by_role("heading", name="Done")).to_be_visible()
    assert list(Position.objects.values_list("answer", flat=True)) == ["agree", "agree"]


def test_two_sessions_of_both_sides_at_once_see_nothing_of_each_other(looking: Looking, people: Cast, ballot: Ballot) -> None:
    """Each writes a comment with its answer and a note inside its side; the other's browser shows only that it has answered."""
    browser = looking.page.context.browser
    assert browser
    sessions = {side: browser.new_context().new_page() for side in ("host", "japan")}
    chairs = {"host": people.co_chair_host, "japan": people.co_chair_japan}
    for side, page in sessions.items():
        sign_in(page, looking.server, chairs[side].user)
        page.goto(looking.server.url + ballot.get_absolute_url())
        choose(page, item_1="agree_with_comment")
        page.locator("#id_reason").fill(f"canary-{side}-comment")
        page.get_by_role("button", name="Check my answers before confirming").click()
        page.locator("button[name=confirm]").click()
        page.locator("summary", has_text="Concur or comment inside your side").click()
        page.locator("input[name=note-stance][value=comment]").check()
        page.locator("#id_note-text").fill(f"canary-{side}-note")
        page.get_by_role("button", name="Write down for your own side").click()
        expect(page.locator("blockquote", has_text=f"canary-{side}-note")).to_be_visible()
    for side, other in (("host", "japan"), ("japan", "host")):
        page = sessions[side]
        for path in (ballot.get_absolute_url(), "/", "/decisions/", f"{ballot.get_absolute_url()}effect/"):
            page.goto(looking.server.url + path)
            assert f"canary-{other}" not in page.content(), (side, path)
        page.goto(looking.server.url + ballot.get_absolute_url())
        expect(page.locator("blockquote", has_text=f"canary-{side}-comment")).to_be_visible()
        expect(page.get_by_text("Answered").first).to_be_visible()
        page.context.close()
