"""What a ballot would do: the engine's answer about each item comes by itself, and by links where no script runs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from apps.committee.models import Ballot
from apps.core import clock
from apps.workflow.services import perform, sweep
from tests.committee.ballots import circulated, registering
from tests.pages.looking import Looking, languages, sign_in
from tests.people import Cast, actor, cast
from tests.probe.models import Probe
from tests.probe.services import completed

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = {"title": "Adopt the rules of procedure?", "text": "As circulated."}


@pytest.fixture
def people(transactional_db: None) -> Cast:  # noqa: ARG001 - the server sees committed rows only
    return cast()


@pytest.fixture
def ballot(people: Cast) -> Ballot:
    """Two files and a text; the second file follows one that is not registered yet."""
    with clock.rehearse(clock.now() - timedelta(days=50)) as time:
        first, second = (completed(people.participant_host, people.secretariat_host) for _ in range(2))
        time.move_to(time.moment + timedelta(days=40))
        sweep()
        for probe in (first, second):
            perform(probe, "approve_host", actor=actor(people.government_host))
            perform(probe, "approve_japan", actor=actor(people.government_japan))
    Probe.objects.filter(pk=second.pk).update(predecessor=first)
    return circulated(people, registering(first), registering(second), TEXT)


def answers(page: Page) -> list[str]:
    return [" ".join(one.split()) for one in page.locator("tbody tr td:last-child").all_inner_texts()]


@pytest.mark.parametrize("language", languages("en"))
def test_the_answers_come_by_themselves(language: str, looking: Looking, people: Cast, ballot: Ballot) -> None:
    sign_in(looking.page, looking.server, people.members_host[0].user)
    page = looking.open(f"{ballot.get_absolute_url()}effect/", language=language)
    expect(page.locator("main [role=status]")).not_to_be_empty()
    expect(page.locator("[data-ask]")).to_have_count(0)
    if language == "en":
        assert answers(page) == ["Nothing", "Its predecessor is not registered PRB-05", "Nothing"]
        expect(page.get_by_role("status")).to_have_text("The engine was asked about each item just now.")
    for width in (1280, 375):
        page.set_viewport_size({"width": width, "height": 900})
        looking.picture(f"effect-{language}-{width}")
        assert looking.barriers() == []
    page.set_viewport_size({"width": 320, "height": 900})
    assert looking.overflow() == 0
    assert (looking.refused(), looking.foreign(), looking.wrong) == ([], [], [])


def test_an_answer_that_does_not_come_leaves_its_link(looking: Looking, people: Cast, ballot: Ballot) -> None:
    sign_in(looking.page, looking.server, people.members_host[0].user)
    looking.page.route("**/effect/2/", lambda route: route.abort())
    page = looking.open(f"{ballot.get_absolute_url()}effect/")
    expect(page.get_by_role("status")).to_have_text("Not every answer has come; follow the links of the others.")
    assert answers(page) == ["Nothing", "Ask the engine about item 2", "Nothing"]
    page.unroute("**/effect/2/")
    page.get_by_role("link", name="Ask the engine about item 2").click()
    expect(page.locator("h1")).to_have_text("What happens when item 2 is adopted")
    assert answers(page) == ["Its predecessor is not registered PRB-05"]


def test_without_scripts_each_item_has_its_link(looking: Looking, browser: Browser, people: Cast, ballot: Ballot) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, looking.server, people.secretariat_japan.user)
    page.goto(f"{looking.server.url}{ballot.get_absolute_url()}effect/")
    expect(page.get_by_role("link", name="Ask the engine")).to_have_count(3)
    page.get_by_role("link", name="Ask the engine about item 1").click()
    assert answers(page) == ["Nothing"]
    page.get_by_role("link", name="All items of the ballot").click()
    expect(page.locator("h1")).to_have_text("What happens to each file when its item is adopted")
    context.close()
