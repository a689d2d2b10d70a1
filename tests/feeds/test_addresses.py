"""The secret address of a calendar: made, shown once, replaced, revoked; kept as a hash, and found in no log and no header."""

from __future__ import annotations

import logging
import re
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.core.clock import Rehearsal
from apps.core.errors import NotReady
from apps.feeds.models import CalendarFeed
from apps.feeds.services.calendars import make_feed, renew_feed, revoke_feed
from jcm.logs import WithoutSecrets
from tests.feeds.reading import Subscriber
from tests.people import Cast
from tests.workflow.threads import at_once

ADDRESS = re.compile(r"http://localhost:8000/calendar/([\w-]{43})\.ics")
# Session, person, memberships, feeds.
BUDGET = 12


@pytest.fixture
def user(people: Cast) -> User:
    return people.secretariat_host.user


@pytest.fixture
def reader(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def shown(response: Any, status: int = 200) -> list[str]:
    """The secrets on a page."""
    assert response.status_code == status
    return ADDRESS.findall(response.content.decode())


@pytest.mark.usefixtures("time")
def test_an_address_is_made_shown_once_and_kept_as_a_hash(reader: Client, user: User, subscriber: Subscriber) -> None:
    assert shown(reader.get("/calendar/")) == []
    [token] = shown(reader.post("/calendar/", {"language": "ja"}))
    feed = CalendarFeed.objects.get(user=user)
    assert (feed.language, feed.token_sha256) == ("ja", sha256(token.encode()).hexdigest())
    assert subscriber.asks(token).status_code == 200
    again = reader.get("/calendar/")
    assert shown(again) == []
    assert token not in again.content.decode()
    assert again["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from feeds_calendarfeed f where f::text like %s", [f"%{token}%"])
        assert cursor.fetchone() == (0,)


@pytest.mark.usefixtures("time")
def test_sent_twice_the_first_address_stays(reader: Client, subscriber: Subscriber) -> None:
    [token] = shown(reader.post("/calendar/", {"language": "en"}))
    refused = reader.post("/calendar/", {"language": "en"})
    assert shown(refused, 422) == []
    assert "You have a calendar address already; renew it if it is lost" in refused.content.decode()
    assert subscriber.asks(token).status_code == 200


@pytest.mark.usefixtures("time")
def test_a_replaced_address_is_read_no_more(reader: Client, subscriber: Subscriber) -> None:
    [old] = shown(reader.post("/calendar/", {"language": "en"}))
    assert shown(reader.get("/calendar/renew/")) == []
    assert subscriber.asks(old).status_code == 200, "asking changes nothing"
    [new] = shown(reader.post("/calendar/renew/", {"language": "hi"}))
    assert (subscriber.asks(old).status_code, subscriber.asks(new).status_code) == (404, 200)
    assert [one.revoked_at is None for one in CalendarFeed.objects.order_by("id")] == [False, True]


@pytest.mark.usefixtures("time")
def test_a_revoked_address_looks_like_one_that_never_was(reader: Client, subscriber: Subscriber, user: User) -> None:
    [token] = shown(reader.post("/calendar/", {"language": "en"}))
    assert reader.get("/calendar/revoke/").status_code == 200
    assert subscriber.asks(token).status_code == 200
    assert reader.post("/calendar/revoke/")["Location"] == "/calendar/"
    revoked, unknown, odd = subscriber.asks(token), subscriber.asks("A" * 43), subscriber.asks("x")
    assert (revoked.status_code, revoked.content) == (404, b"There is no such calendar.\n")
    for other in (unknown, odd):
        assert (other.status_code, other.content, other.headers) == (revoked.status_code, revoked.content, revoked.headers)
    assert CalendarFeed.objects.get(user=user).last_fetched_on == date(2027, 2, 20)


@pytest.mark.usefixtures("time")
@pytest.mark.parametrize("path", ["/calendar/renew/", "/calendar/revoke/"])
def test_without_an_address_there_is_none_to_replace_or_revoke(path: str, reader: Client) -> None:
    refused = reader.post(path, {"language": "en"})
    assert refused.status_code == 422
    assert "You have no calendar address in use; make one first" in refused.content.decode()
    assert not CalendarFeed.objects.exists()


@pytest.mark.usefixtures("time")
@pytest.mark.parametrize("path", ["/calendar/", "/calendar/renew/"])
@pytest.mark.parametrize("sent", [{}, {"language": "fr"}])
def test_a_language_is_chosen_from_the_list(path: str, sent: dict[str, str], reader: Client) -> None:
    refused = reader.post(path, sent)
    assert refused.status_code == 422
    assert "Choose the language of the calendar from the list" in refused.content.decode()
    assert not CalendarFeed.objects.exists()


@pytest.mark.usefixtures("time")
def test_services_refuse_with_codes_and_fields(user: User) -> None:
    def refused(do: Any, **given: str) -> list[tuple[str, str]]:
        with pytest.raises(NotReady) as caught:
            do(user, **given)
        return [(one.code, one.field) for one in caught.value.problems]

    assert refused(make_feed, language="fr") == [("FEED-01", "language")]
    assert refused(renew_feed, language="fr") == [("FEED-01", "language"), ("FEED-02", "")]
    assert refused(revoke_feed) == [("FEED-02", "")]
    make_feed(user, language="en")
    assert refused(make_feed, language="en") == [("FEED-03", "")]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/calendar/", "/calendar/renew/", "/calendar/revoke/"])
def test_visitors_are_asked_to_sign_in(path: str, client: Client) -> None:
    assert client.get(path)["Location"] == f"/accounts/login/?next={path}"
    assert client.post(path)["Location"] == f"/accounts/login/?next={path}"


def test_it_is_noted_on_which_day_an_address_was_last_read(user: User, subscriber: Subscriber, time: Rehearsal) -> None:
    token = make_feed(user, language="en")
    assert CalendarFeed.objects.get().last_fetched_on is None
    for moment, day in (
        (datetime(2027, 2, 20, 14, 59, tzinfo=UTC), date(2027, 2, 20)),
        (datetime(2027, 2, 20, 15, tzinfo=UTC), date(2027, 2, 21)),
        (datetime(2027, 2, 21, 14, tzinfo=UTC), date(2027, 2, 21)),
    ):
        time.move_to(moment)
        subscriber.asks(token)
        assert CalendarFeed.objects.get().last_fetched_on == day


@pytest.mark.usefixtures("time")
def test_a_closed_account_reads_nothing(user: User, subscriber: Subscriber) -> None:
    token = make_feed(user, language="en")
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert subscriber.asks(token).status_code == 404


@pytest.mark.usefixtures("time")
def test_the_page_takes_few_queries_however_many_addresses_there_were(reader: Client, user: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert reader.get("/calendar/").status_code == 200
        return len(captured)

    make_feed(user, language="en")
    queries()  # what a process asks once
    few = queries()
    for _ in range(12):
        renew_feed(user, language="en")
    assert few == queries() <= BUDGET


# --- Where the secret must not be -----------------------------------------------------------------


@pytest.mark.usefixtures("time")
def test_no_log_holds_a_secret(user: User, subscriber: Subscriber, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        token = make_feed(user, language="en")
        subscriber.asks(token)
        revoke_feed(user)
        subscriber.asks(token)
    said = [record for record in caplog.records if WithoutSecrets().filter(record)]
    assert "Not Found: /calendar/....ics" in [record.getMessage() for record in said]
    formatter = logging.Formatter("{asctime} {levelname} {name}: {message}", style="{")
    assert not [text for record in said if token in (text := formatter.format(record))]


def test_every_log_goes_through_the_filter() -> None:
    logs = settings.LOGGING
    assert [one["filters"] for one in logs["handlers"].values()] == [["secrets"]] * len(logs["handlers"])
    assert logs["filters"]["secrets"]["()"] == "jcm.logs.WithoutSecrets"
    assert all(not one["handlers"] for name, one in logs["loggers"].items() if name.startswith("django"))


# --- What the database holds of it ----------------------------------------------------------------


@pytest.mark.usefixtures("time")
@pytest.mark.parametrize(
    "attack",
    [
        "update feeds_calendarfeed set token_sha256 = 'x'",
        "update feeds_calendarfeed set user_id = user_id",
        "delete from feeds_calendarfeed",
        "truncate feeds_calendarfeed",
    ],
)
def test_an_address_is_written_once(attack: str, user: User) -> None:
    make_feed(user, language="en")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)


@pytest.mark.usefixtures("time")
def test_a_person_has_one_address_in_use(user: User) -> None:
    make_feed(user, language="en")
    rival = CalendarFeed(user=user, language="en", token_sha256="0" * 64, created_at=user.joined_at)
    with pytest.raises(IntegrityError, match="calendar_feed_one_in_use"), transaction.atomic():
        rival.save()


@pytest.mark.django_db(transaction=True)
def test_replaced_by_several_at_once_one_is_in_use(people: Cast, subscriber: Subscriber) -> None:
    user = people.secretariat_host.user
    make_feed(user, language="en")
    tokens = [str(one) for one in at_once([lambda: renew_feed(user, language="en")] * 4)]
    assert sorted(subscriber.asks(one).status_code for one in tokens) == [200, 404, 404, 404]
    assert CalendarFeed.objects.filter(revoked_at=None).count() == 1
