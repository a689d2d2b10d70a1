"""The page of an idea note fits into the narrowest window, whatever its words."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.journeys import idea_note as journey
from tests.journeys.idea_note import REASON, act
from tests.pages.looking import Looking, sign_in
from tests.people import cast


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("store")
def test_the_page_of_a_note_fits_into_320_pixels(page: Page, live_server: LiveServer, axe_source: str) -> None:
    people = cast()
    note = journey.in_review(people, host_parties="Solar India, owner and operator of all the plants that belong to the dairy")
    act(note, "raise_concerns_host", people.government_host, public_reason=REASON * 3)
    looking = Looking(page, live_server, axe_source)
    sign_in(page, live_server, people.secretariat_host.user)
    seen = looking.open(f"/idea_note/{note.pk}/")
    seen.set_viewport_size({"width": 320, "height": 900})
    assert REASON in seen.content()
    assert (looking.overflow(), looking.barriers()) == (0, [])
