"""The digest: news of a day at 08:30 in the reader's zone, to the microsecond; nothing if empty; ended with one click."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail as box
from django.test import Client

from apps.committee.services import circulate
from apps.core.clock import Rehearsal
from apps.notifications.kinds import Kind
from apps.notifications.models import Digest, Mail, Message
from apps.notifications.selectors import token_of, wants_mail
from apps.notifications.services import choose, read_all, send_mails, send_what_waits, write_digests
from tests.committee.ballots import circulated, drafted, registering
from tests.notifications.posting import deliver, latest
from tests.people import Cast, actor
from tests.probe.models import Probe

pytestmark = pytest.mark.django_db
MOMENT = timedelta(microseconds=1)
# The ballot is circulated at noon of 16 March 2027 in Japan; these are 08:30 of the next day in each zone.
JAPAN_AT = datetime(2027, 3, 16, 23, 30, tzinfo=UTC)
INDIA_AT = datetime(2027, 3, 17, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def site(settings: Any) -> None:
    settings.SITE_URL = "https://jcm.example.org"


@pytest.fixture
def news(people: Cast, probe: Probe) -> Cast:
    """Both secretariats have news of a ballot."""
    circulated(people, registering(probe))
    deliver()
    Message.objects.exclude(kind="news").update(by_mail=False)
    return people


def digests() -> list[tuple[str, str, date]]:
    return [(one.user.name, one.side, one.on) for one in Digest.objects.select_related("user").order_by("user__name")]


def test_nothing_before_half_past_eight_in_either_zone(news: Cast) -> None:
    del news
    assert write_digests(JAPAN_AT - MOMENT) == 0
    assert digests() == []


def test_each_zone_has_its_own_half_past_eight(news: Cast) -> None:
    del news
    assert write_digests(JAPAN_AT) == 1
    assert digests() == [("Japanese secretariat", "japan", date(2027, 3, 17))]
    assert write_digests(INDIA_AT - MOMENT) == 0
    assert write_digests(INDIA_AT) == 1
    assert digests()[0] == ("Indian secretariat", "host", date(2027, 3, 17))


def test_what_comes_at_half_past_eight_waits_for_the_next(people: Cast, probe: Probe, time: Rehearsal) -> None:
    ballot = drafted(people, registering(probe))
    time.move_to(JAPAN_AT)
    circulate(ballot, actor=actor(people.secretariat_host))
    deliver()
    assert latest(people.secretariat_japan).created_at == JAPAN_AT
    write_digests(JAPAN_AT)
    assert [one for one in digests() if one[1] == "japan"] == []
    write_digests(JAPAN_AT + timedelta(days=1))
    assert [one for one in digests() if one[1] == "japan"] == [("Japanese secretariat", "japan", date(2027, 3, 18))]


def test_a_day_has_one_digest_and_what_came_late_waits(news: Cast) -> None:
    assert (write_digests(JAPAN_AT), write_digests(JAPAN_AT), write_digests(JAPAN_AT + timedelta(hours=1))) == (1, 0, 0)
    Message.objects.filter(user=news.secretariat_japan.user).update(digest=None)
    assert write_digests(JAPAN_AT) == 0
    assert write_digests(JAPAN_AT + timedelta(days=1)) == 2
    assert Mail.objects.exclude(digest=None).count() == 3


def test_days_that_were_missed_make_one_digest(news: Cast) -> None:
    del news
    assert write_digests(JAPAN_AT + timedelta(days=3)) == 2


def test_nothing_that_was_read_or_is_unwanted_is_gathered(news: Cast) -> None:
    read_all(news.secretariat_japan.user)
    choose(news.secretariat_host.user, {"news": False})
    assert write_digests(INDIA_AT) == 0
    assert digests() == []


def test_a_digest_says_what_happened_and_how_to_end_it(news: Cast, time: Rehearsal) -> None:
    time.move_to(JAPAN_AT)
    assert send_what_waits() >= 1
    [one] = [one for one in box.outbox if one.to == ["japanese.secretariat@example.org"] and "until" in one.subject]
    digest = Digest.objects.get(user=news.secretariat_japan.user)
    token = token_of(news.secretariat_japan.user_id)
    assert one.subject == "[JCM IN-JP] 1 message until 17 March 2027"
    assert one.body == (
        "Decision of the Joint Committee JC-IN-2027-001, Do you agree that the Joint Committee adopts these items?\n"
        "- 16 Mar 2027: Circulate to the members (Circulated to the members)\n\n"
        "Read them on the site: https://jcm.example.org/messages/\n\n"
        "-- \n"
        "This mail was made by the site; nobody reads an answer to it, and nobody can act by one."
        " It is also on the site under Messages.\n"
    )
    assert one.extra_headers == {
        "Message-ID": f"<{digest.pk}@jcm.example.org>",
        "List-Id": "JCM IN-JP <digest.jcm.example.org>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": "en",
        "List-Unsubscribe": f"<https://jcm.example.org/messages/unsubscribe/{token}/>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert send_mails() == 0


def test_one_click_ends_the_digests_without_signing_in(news: Cast) -> None:
    user, strict = news.secretariat_japan.user, Client(enforce_csrf_checks=True)
    path = f"/messages/unsubscribe/{token_of(user.pk)}/"
    assert "Stop the daily digest" in strict.get(path).content.decode()
    assert wants_mail(user)[Kind.NEWS] is True
    page = strict.post(path, {"List-Unsubscribe": "One-Click"})
    assert (page.status_code, "You get no more digests" in page.content.decode()) == (200, True)
    assert wants_mail(user) == {
        Kind.MUST_ACT: True, Kind.RECEIVED: True, Kind.DEADLINE: True, Kind.SECURITY: True, Kind.NEWS: False,
    }  # fmt: skip
    write_digests(JAPAN_AT)
    assert digests() == []


@pytest.mark.parametrize("token", ["1", "1:forged", "0:x"])
@pytest.mark.usefixtures("people")
def test_a_forged_link_ends_nothing(token: str, client: Client) -> None:
    path = f"/messages/unsubscribe/{token}/"
    assert (client.get(path).status_code, client.post(path).status_code) == (404, 404)
