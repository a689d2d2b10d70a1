"""Twelve people do what they came for with the keyboard alone; each reaches the first useful act in at most five clicks.

A click is what somebody with a mouse would press: a link, a button, a choice. Typing is none. `docs/first-acts.md` tells
the same ways in words.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from apps.accounts.models import User
from apps.events.models import Event
from tests.pages.keyboard import Keyboard
from tests.pages.looking import sign_in

pytestmark = [pytest.mark.early, pytest.mark.usefixtures("sample")]
MOST_CLICKS = 5
CHECK = "^Check before confirming$"
TOLD = settings.BASE_DIR / "docs" / "first-acts.md"


def take_positions(user: Keyboard) -> str:
    """On a ballot with two items."""
    user.follow("^Take a position .*-010")
    user.tick("^Agree$", "^1[.]").tick("^Agree$", "^2[.]").push("^Check my answers before confirming$")
    user.push("^Confirm my positions on two items$")
    return "ballot.take_position"


def return_a_pdd(user: Keyboard) -> str:
    user.follow("^Read and choose .*Direct-current").follow("^Return the PDD for completion$")
    user.write("^What is missing$", "The route of the link.").push(CHECK).push("^Return the PDD for completion$")
    return "project.return_pdd"


def plan_a_meeting(user: Keyboard) -> str:
    user.follow("^Plan a meeting$")
    user.write("^Title", "Fourth meeting").write("^Day$", "12").write("^Month$", "3").write("^Year$", "2027")
    user.write("^Begins at", "10:30").tick("Japan", "In the time of").tick("^Online", "How it is held")
    user.push(CHECK).push("^Plan a meeting$")
    return "meeting.plan"


def close_a_finding(user: Keyboard) -> str:
    user.follow("^Read and choose .*CL").follow("^Close the finding")
    user.write("^Conclusion", "The answer settles it.").push(CHECK).push("^Close the finding$")
    return "finding.close"


def respond_to_a_finding(user: Keyboard) -> str:
    user.follow("^Respond to the finding").write("^Response", "The meter was calibrated on 3 June.")
    user.push(CHECK).push("^Respond to the finding$")
    return "finding.respond"


def draft_an_idea_note(user: Keyboard) -> str:
    user.follow("^Draft an idea note$", "^Open a file$").write("^Title", "Biogas from press mud")
    user.push(CHECK).push("^Draft an idea note$")
    return "idea_note.draft"


def issue_credits(user: Keyboard) -> str:
    user.follow("^Issue the partner country").push(CHECK).push("^Issue the partner country")
    return "round.issue_host"


def approve_a_registration(user: Keyboard) -> str:
    user.follow("^Read and choose .*IN007").follow("^Give the partner country").push(CHECK).push("^Give the partner country")
    return "project.approve_registration_host"


def advise_the_own_side(user: Keyboard) -> str:
    """A ministry that is consulted tells its own side what it thinks."""
    user.follow("^JC-IN-.*-010")
    user.to("^Concur or comment inside your side$", "summary")
    user.page.keyboard.press("Enter")
    user.clicks += 1
    user.tick("^Comment$", "^What you say$").write("^Your words$", "We have no concern.").push("^Write down for your own side$")
    expect(user.page.locator("#inside")).to_contain_text("Inside your side 1")
    return ""


def find_a_project(user: Keyboard) -> str:
    """A visitor looks for a project by a word of its title, and reads why a date is what it is."""
    user.write("^Number, title", "ammonia for export").push("^Show these$").follow("^IN006").to("^Explain this date$", "summary")
    user.page.keyboard.press("Enter")
    user.clicks += 1
    expect(user.page.locator("details[open]")).to_contain_text("Rule")
    return ""


def check_a_decision(user: Keyboard) -> str:
    """A visitor reads the record of a decision in Japanese."""
    user.push("^日本語$").follow("^決定").follow("記録")
    expect(user.page.locator("html")).to_have_attribute("lang", "ja")
    return ""


# Who, where they begin, what they do, and how many clicks that takes.
JOURNEYS: tuple[tuple[str, str, Callable[[Keyboard], str], int], ...] = (
    ("indian.co.chair", "/", take_positions, 5),
    ("japanese.member.meti", "/", take_positions, 5),
    ("japanese.secretariat", "/", return_a_pdd, 4),
    ("indian.secretariat", "/", plan_a_meeting, 5),
    ("verifier.east", "/", close_a_finding, 4),
    ("storage.company.kyoto", "/", respond_to_a_finding, 3),
    ("aviation.fuel.company.tokyo", "/", draft_an_idea_note, 3),
    ("indian.registry.officer", "/", issue_credits, 3),
    ("national.designated.authority", "/", approve_a_registration, 4),
    ("indian.authority.consulted", "/", advise_the_own_side, 4),
    ("", "/projects/", find_a_project, 3),
    ("", "/", check_a_decision, 3),
)


def test_twelve_people_do_what_they_came_for_by_keyboard(page: Page, live_server: LiveServer) -> None:
    unseen, clicks = list[str](), dict[tuple[str, str], int]()
    for name, start, journey, _count in JOURNEYS:
        page.context.clear_cookies()
        if name:
            sign_in(page, live_server, User.objects.get(email=f"{name}@sample.example"))
        page.goto(f"{live_server.url}{start}")
        user, before = Keyboard(page), Event.objects.count()
        act = journey(user)
        if act:
            expect(page.locator(".govuk-notification-banner")).to_be_visible()
            assert Event.objects.filter(type=act).order_by("-id")[0].pk > before, act
        clicks[name, journey.__name__] = user.clicks
        unseen += user.unseen
    assert clicks == {(name, journey.__name__): count for name, _start, journey, count in JOURNEYS}
    assert max(clicks.values()) <= MOST_CLICKS
    assert re.findall(r"\| (\d+) \|$", TOLD.read_text(encoding="utf-8"), re.MULTILINE) == [str(one[3]) for one in JOURNEYS]
    assert unseen == [], "where the focus could not be seen"
