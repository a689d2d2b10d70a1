"""Calendar and webhooks in a browser: nothing in anybody's way, at any width, in any language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from apps.accounts.models import Membership
from apps.events.services import relay
from apps.feeds.kinds import Ending
from apps.feeds.models import Webhook
from apps.feeds.services.hooks import end, make_webhook
from apps.feeds.services.sending import send_webhooks
from tests.feeds.receiving import Receiver, receiving
from tests.pages.looking import Looking, languages, sign_in
from tests.people import Cast, cast
from tests.probe.services import completed

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = (1280, 375)


@pytest.fixture(autouse=True)
def root(settings: Any, tmp_path: Path) -> None:
    settings.DOCUMENT_ROOT = tmp_path


@pytest.fixture
def people(transactional_db: None) -> Cast:  # noqa: ARG001 - the server sees committed rows only
    return cast()


@pytest.fixture
def receiver(settings: Any) -> Any:
    settings.WEBHOOKS_TO_LOOPBACK = True
    with receiving() as one:
        yield one


def is_sound(looking: Looking, name: str) -> None:
    """The page that is open has no barrier, nothing refused, and is no wider than a narrow window."""
    for width in WIDTHS:
        looking.page.set_viewport_size({"width": width, "height": 900})
        looking.picture(f"feeds-{name}-{width}")
    assert looking.barriers() == [], name
    looking.page.set_viewport_size({"width": 320, "height": 900})
    assert looking.overflow() == 0, name
    assert (looking.refused(), looking.foreign(), looking.wrong) == ([], [], []), name


def press(looking: Looking) -> None:
    """Press the one button of the page's own that makes, replaces or revokes, and wait for what comes of it."""
    looking.page.set_viewport_size({"width": 1280, "height": 900})
    looking.page.evaluate("document.documentElement.dataset.before = ''")
    looking.page.locator("main button.govuk-button").last.click()
    expect(looking.page.locator("html:not([data-before]) main h1")).to_be_visible()


@pytest.mark.parametrize("language", languages("ja", among=("en", "ja")))
def test_a_calendar_from_its_first_address_to_its_last(language: str, looking: Looking, people: Cast) -> None:
    enter(looking, people.secretariat_japan)
    looking.open("/calendar/", language=language)
    is_sound(looking, f"calendar-none-{language}")
    press(looking)
    assert looking.page.locator("main code").inner_text().startswith("http://localhost:8000/calendar/")
    is_sound(looking, f"calendar-made-{language}")
    looking.open("/calendar/", language=language)
    is_sound(looking, f"calendar-in-use-{language}")
    looking.open("/calendar/renew/", language=language)
    is_sound(looking, f"calendar-renew-{language}")
    press(looking)
    expect(looking.page.locator("main code")).to_have_count(1)
    looking.open("/calendar/revoke/", language=language)
    is_sound(looking, f"calendar-revoke-{language}")
    press(looking)
    is_sound(looking, f"calendar-revoked-{language}")


@pytest.mark.parametrize("language", languages("en", among=("en", "ja")))
def test_webhooks_with_what_was_sent(language: str, looking: Looking, people: Cast, receiver: Receiver) -> None:
    everything(people, receiver)
    enter(looking, people.secretariat_host)
    looking.open("/webhooks/", language=language)
    is_sound(looking, f"webhooks-{language}")
    looking.page.set_viewport_size({"width": 1280, "height": 900})
    looking.page.locator("#id_url").fill("http://10.0.0.1/")
    press(looking)
    looking.wrong.clear()  # the browser tells of 422 as of a failure
    is_sound(looking, f"webhooks-refused-{language}")
    looking.page.locator("#id_url").fill("https://hooks.example.org/a-program-with-a-rather-long-name/of-the-secretariat")
    looking.page.locator("input[name=wanted]").first.check()
    press(looking)
    assert looking.page.locator("main code").first.inner_text().startswith("whsec_")
    is_sound(looking, f"webhooks-made-{language}")
    for way in ("renew", "revoke"):
        looking.open(f"/webhooks/{Webhook.objects.filter(revoked_at=None).first().pk}/{way}/", language=language)
        is_sound(looking, f"webhooks-{way}-{language}")


def enter(looking: Looking, membership: Membership) -> None:
    sign_in(looking.page, looking.server, membership.user)


def everything(people: Cast, receiver: Receiver) -> None:
    """One in use with messages that arrived and one that waits, one that never answered, and one that is gone."""
    gone, _secret = make_webhook(people.secretariat_host, url="https://gone.example.org/jcm", wanted=["ballot"])
    end(gone, Ending.GONE)
    make_webhook(people.secretariat_host, url=receiver.url, wanted=["probe", "ballot", "project", "round", "meeting"])
    receiver.answers = [200, 500]
    completed(people.participant_host, people.secretariat_host)
    relay()
    send_webhooks()
