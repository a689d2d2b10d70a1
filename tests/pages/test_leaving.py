"""Two minutes before a session ends its person is told, and can keep it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.pages.looking import Looking, sign_in
from tests.people import Cast, cast

pytestmark = pytest.mark.django_db(transaction=True)
SECOND = 1000
MINUTE = 60 * SECOND


@pytest.fixture
def people(transactional_db: None, settings: Any) -> Cast:  # noqa: ARG001 - the server sees committed rows only
    settings.SESSION_MINUTES_OF_OFFICES = 30
    return cast()


def test_the_end_of_a_session_is_told_and_put_off(looking: Looking, people: Cast) -> None:
    sign_in(looking.page, looking.server, people.secretariat_host.user)
    page = looking.page
    page.clock.install()
    looking.open("/projects/")
    notice = page.get_by_role("alert", name="In two minutes you are signed out")
    page.clock.run_for(28 * MINUTE - SECOND)
    expect(notice).to_be_hidden()
    page.clock.run_for(2 * SECOND)
    expect(notice).to_be_visible()
    for width in (1280, 375):
        page.set_viewport_size({"width": width, "height": 900})
        looking.picture(f"leaving-{width}")
    page.set_viewport_size({"width": 320, "height": 900})
    assert (looking.barriers(), looking.overflow()) == ([], 0)
    page.get_by_role("button", name="Stay signed in").click()
    expect(notice).to_be_hidden()
    page.clock.run_for(27 * MINUTE)
    expect(notice).to_be_hidden()
    page.clock.run_for(2 * MINUTE)
    expect(notice).to_be_visible()
    assert (looking.refused(), looking.foreign(), looking.wrong) == ([], [], [])


def test_a_visitor_has_nothing_to_be_told_of(looking: Looking, people: Cast) -> None:  # noqa: ARG001 - a site with people
    looking.open("/projects/")
    expect(looking.page.locator("[data-stay]")).to_have_count(0)
