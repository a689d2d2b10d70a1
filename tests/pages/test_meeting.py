"""Meetings in a browser: the list, a session, its agenda and attendance, an item, the report; nothing in anybody's way."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from apps.accounts.models import Membership
from apps.core import clock
from apps.meetings.models import Meeting
from tests.committee.test_races import waiting_probe
from tests.meetings import convened
from tests.pages.looking import Looking, sign_in
from tests.people import Cast, cast

pytestmark = pytest.mark.django_db(transaction=True)

TOPICS = ("Adopt the rules of procedure", "Report on the public inputs on proposed methodologies", "Next meeting")


@pytest.fixture(autouse=True)
def root(settings: Any, tmp_path: Path) -> None:
    settings.DOCUMENT_ROOT = tmp_path


@pytest.fixture
def people(transactional_db: None) -> Cast:  # noqa: ARG001 - the server sees committed rows only
    return cast()


def meetings(people: Cast) -> tuple[Meeting, Meeting]:
    """One with its published report, and one in session since a quarter of an hour."""
    with clock.rehearse(clock.now() - timedelta(days=60)) as time:
        day = time.moment.date() + timedelta(days=30)
        past = convened.published(people, time, *TOPICS, held_on=day)
        today = (time.moment + timedelta(days=30)).date()
        later = max(today, day + timedelta(days=25))
        session = convened.announced(people, *TOPICS, held_on=later, mode="in_person", place="Tokyo")
        convened.open_it(session, people, time, people.members_host[0])
        convened.decide(session, people, 1, text="As circulated, with the word “both” added to clause 4.")
        convened.decide(session, people, 2, "deferred")
    return past, session


def is_sound(looking: Looking, path: str, name: str, who: Membership | None) -> None:
    """A page at two widths and one language each has no barrier, nothing refused, and is no wider than a narrow window."""
    if who is not None:
        sign_in(looking.page, looking.server, who.user)
    looking.open(path)
    for width in (1280, 375):
        looking.page.set_viewport_size({"width": width, "height": 900})
        looking.picture(f"meeting-{name}-{width}")
    assert looking.barriers() == [], name
    looking.page.set_viewport_size({"width": 320, "height": 900})
    assert looking.overflow() == 0, name
    assert (looking.refused(), looking.foreign(), looking.wrong) == ([], [], []), name


def test_the_pages_of_meetings_are_sound(looking: Looking, people: Cast) -> None:
    past, session = meetings(people)
    is_sound(looking, "/meetings/", "list", None)
    is_sound(looking, past.get_absolute_url(), "published", None)
    waiting_probe(people)
    waiting_probe(people)
    plan = convened.planned(people, *TOPICS, held_on=clock.today() + timedelta(days=40))
    for name in ("", "agenda/"):
        is_sound(looking, plan.get_absolute_url() + name, f"plan-{name}".strip("-/"), people.co_chair_japan)
    at = session.get_absolute_url()
    for name in ("", "agenda/", "attendance/", "items/1/", "report/"):
        is_sound(looking, at + name, name.replace("/", "") or "session", people.secretariat_host)
