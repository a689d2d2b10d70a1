"""The page on which a side keeps its webhooks: who sees it, what is refused, what is shown once, and what the log tells."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import Membership
from apps.core.clock import Rehearsal
from apps.core.errors import NotAllowed, NotReady
from apps.events.services import relay
from apps.feeds.models import Webhook, WebhookDelivery
from apps.feeds.services.hooks import make_webhook, renew_secret, revoke_webhook, write_ping
from apps.feeds.services.sending import send_webhooks
from tests.feeds.receiving import Receiver
from tests.people import Cast
from tests.probe.services import lodged
from tests.workflow.threads import outcomes

SECRET = re.compile(r"whsec_[\w-]{43}")
GOOD = {"url": "https://hooks.example.org/india", "wanted": ["probe", "ballot"]}
# Session, person, memberships, webhooks, their deliveries, the beginning of the log.
BUDGET = 12

pytestmark = pytest.mark.usefixtures("time")


def as_(membership: Membership) -> Client:
    client = Client()
    client.force_login(membership.user)
    return client


def texts(response: Any, status: int = 200) -> str:
    assert response.status_code == status
    return str(response.content.decode())


def test_a_webhook_is_made_and_its_secret_shown_once(people: Cast) -> None:
    client = as_(people.secretariat_host)
    assert "No program of your side is told of events" in texts(client.get("/webhooks/"))
    [secret] = SECRET.findall(texts(client.post("/webhooks/", GOOD)))
    hook = Webhook.objects.get()
    assert (hook.url, hook.wanted, hook.side, hook.owner) == (GOOD["url"], ["ballot", "probe"], "host", people.secretariat_host)
    again = client.get("/webhooks/")
    assert SECRET.findall(texts(again)) == []
    assert again["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert GOOD["url"] in texts(again)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from feeds_webhook w where w::text like %s", [f"%{secret}%"])
        assert cursor.fetchone() == (0,)


def test_each_side_sees_its_own(people: Cast) -> None:
    hook, _secret = make_webhook(people.secretariat_host, **GOOD)
    assert GOOD["url"] in texts(as_(people.registry_host).get("/webhooks/"))
    other = as_(people.secretariat_japan)
    assert GOOD["url"] not in texts(other.get("/webhooks/"))
    for way in ("test", "renew", "revoke"):
        assert other.post(f"/webhooks/{hook.pk}/{way}/").status_code == 404
    assert Webhook.objects.get().revoked_at is None
    assert not WebhookDelivery.objects.exists()


@pytest.mark.parametrize("role", ["co_chair_host", "government_japan", "participant_host", "tpe"])
def test_nobody_else_has_such_a_page(role: str, people: Cast) -> None:
    hook, _secret = make_webhook(people.secretariat_host, **GOOD)
    reader, one = as_(getattr(people, role)), getattr(people, role)
    answers = [reader.get("/webhooks/"), reader.post("/webhooks/", GOOD), reader.post(f"/webhooks/{hook.pk}/revoke/")]
    assert [answer.status_code for answer in answers] == [404] * 3
    with pytest.raises(NotAllowed) as caught:
        make_webhook(one, **GOOD)
    assert caught.value.codes == ("FEED-10",)
    assert Webhook.objects.get().revoked_at is None


@pytest.mark.django_db
def test_visitors_are_asked_to_sign_in(client: Client) -> None:
    assert client.get("/webhooks/")["Location"] == "/accounts/login/?next=/webhooks/"


@pytest.mark.parametrize(
    ("sent", "code", "field", "words"),
    [
        ({"url": "http://example.org/"}, "FEED-11", "url", "Enter a whole address on https"),
        ({"url": "not an address"}, "FEED-11", "url", "Enter a whole address on https"),
        ({"url": "https://10.0.0.1/"}, "FEED-12", "url", "lies inside a private network"),
        ({"url": "https://localhost/"}, "FEED-12", "url", "lies inside a private network"),
        ({"wanted": []}, "FEED-13", "wanted", "Tick at least one procedure of the list"),
        ({"wanted": ["nothing"]}, "FEED-13", "wanted", "Tick at least one procedure of the list"),
    ],
)
def test_what_is_wrong_is_named_with_its_field_and_remedy(
    sent: dict[str, Any], code: str, field: str, words: str, people: Cast
) -> None:
    with pytest.raises(NotReady) as caught:
        make_webhook(people.secretariat_host, **{**GOOD, **sent})
    assert [(one.code, one.field) for one in caught.value.problems] == [(code, field)]
    assert words in texts(as_(people.secretariat_host).post("/webhooks/", {**GOOD, **sent}), 422)
    assert not Webhook.objects.exists()


def test_a_registry_officer_is_told_of_what_they_may_know_of(people: Cast) -> None:
    page = texts(as_(people.registry_japan).get("/webhooks/"))
    assert 'value="round"' in page
    assert 'value="ballot"' not in page
    with pytest.raises(NotReady) as caught:
        make_webhook(people.registry_japan, **GOOD)
    assert caught.value.codes == ("FEED-13",)


def test_an_address_once_a_side_until_it_is_revoked(people: Cast) -> None:
    hook, _secret = make_webhook(people.secretariat_host, **GOOD)
    make_webhook(people.secretariat_japan, **GOOD)
    refused = texts(as_(people.secretariat_host).post("/webhooks/", GOOD), 422)
    assert "Your side has a webhook with this address already; use it, or revoke it first" in refused
    revoke_webhook(hook, by=people.secretariat_host)
    make_webhook(people.secretariat_host, **GOOD)
    assert Webhook.objects.filter(side="host").count() == 2


def test_a_side_keeps_twenty(people: Cast) -> None:
    for number in range(20):
        make_webhook(people.secretariat_host, url=f"https://{number}.example.org/", wanted=["probe"])
    with pytest.raises(NotReady) as caught:
        make_webhook(people.secretariat_host, **GOOD)
    assert [str(one) for one in caught.value.problems] == ["FEED-15 Your side keeps 20 webhooks; revoke one first"]
    make_webhook(people.secretariat_japan, **GOOD)


def test_the_page_says_when_nobody_is_told_any_more(people: Cast, time: Rehearsal) -> None:
    make_webhook(people.secretariat_host, **GOOD)
    client, words = (
        as_(people.registry_host),
        "Its maker’s appointment has ended: it is told nothing. Revoke it and make another.",
    )
    assert words not in texts(client.get("/webhooks/"))
    Membership.objects.filter(pk=people.secretariat_host.pk).update(ends_on=time.moment.date())
    time.move_to(time.moment + timedelta(days=1))
    assert words in texts(client.get("/webhooks/"))


# --- A test, another secret, the end --------------------------------------------------------------


def test_a_test_is_sent_at_once_by_the_same_way(receiver: Receiver, people: Cast) -> None:
    hook, secret = make_webhook(people.secretariat_host, url=receiver.url, wanted=["probe"])
    client = as_(people.secretariat_host)
    page = texts(client.post(f"/webhooks/{hook.pk}/test/", follow=True))
    delivery = WebhookDelivery.objects.get()
    assert receiver.told == [{"id": f"delivery-{delivery.pk}", "type": "ping", "link": "http://localhost:8000/webhooks/"}]
    assert receiver.signed_by(secret) == [True]
    assert f"The test arrived: {receiver.url} answered 200." in page
    assert "<code>ping</code>" in page
    receiver.answers = [500]
    page = texts(client.post(f"/webhooks/{hook.pk}/test/", follow=True))
    assert f"The test did not arrive at {receiver.url}; its line below says why." in page
    assert "the answer was no success" in page
    assert client.get(f"/webhooks/{hook.pk}/test/").status_code == 405


def test_a_program_that_is_gone_ends_by_a_test_too(receiver: Receiver, people: Cast) -> None:
    hook, _secret = make_webhook(people.secretariat_host, url=receiver.url, wanted=["probe"])
    receiver.answers = [410]
    page = texts(as_(people.secretariat_host).post(f"/webhooks/{hook.pk}/test/", follow=True))
    assert "Its own answer was that it is gone (410)" in page


def test_asking_changes_nothing_and_answering_does(people: Cast) -> None:
    hook, old = make_webhook(people.secretariat_host, **GOOD)
    client, kept = as_(people.registry_host), Webhook.objects.get().secret
    assert "Replace the secret of this webhook?" in texts(client.get(f"/webhooks/{hook.pk}/renew/"))
    assert Webhook.objects.get().secret == kept
    [new] = SECRET.findall(texts(client.post(f"/webhooks/{hook.pk}/renew/")))
    assert new != old
    assert "Revoke this webhook?" in texts(client.get(f"/webhooks/{hook.pk}/revoke/"))
    assert Webhook.objects.get().revoked_at is None
    page = texts(client.post(f"/webhooks/{hook.pk}/revoke/", follow=True))
    assert "The webhook is revoked: https://hooks.example.org/india is told nothing any more." in page
    assert Webhook.objects.get().ending == "revoked"


@pytest.mark.parametrize("way", ["renew", "revoke", "test"])
def test_one_that_is_revoked_stays_so(way: str, people: Cast) -> None:
    hook, _secret = make_webhook(people.secretariat_host, **GOOD)
    revoke_webhook(hook, by=people.secretariat_host)
    response = as_(people.secretariat_host).post(f"/webhooks/{hook.pk}/{way}/", follow=True)
    assert "This webhook is revoked; make another one" in texts(response, 200 if way == "test" else 422)
    for do in (renew_secret, revoke_webhook, write_ping):
        with pytest.raises(NotReady) as caught:
            do(hook, by=people.secretariat_host)
        assert caught.value.codes == ("FEED-16",)
    assert not WebhookDelivery.objects.exists()


@pytest.mark.parametrize("key", ["0", "999999", "9" * 30])
def test_there_is_no_such_webhook(key: str, people: Cast) -> None:
    assert as_(people.secretariat_host).get(f"/webhooks/{key}/renew/").status_code == 404


def test_the_page_takes_few_queries_however_much_was_sent(receiver: Receiver, people: Cast) -> None:
    client = as_(people.secretariat_host)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/webhooks/").status_code == 200
        return len(captured)

    make_webhook(people.secretariat_host, url=receiver.url, wanted=["probe"])
    lodged(people.participant_host)
    relay()
    send_webhooks()
    queries()  # what a process asks once
    few = queries()
    for number in range(4):
        make_webhook(people.secretariat_host, url=f"{receiver.url}&{number}", wanted=["probe"])
    for _ in range(8):
        lodged(people.participant_host)
    relay()
    send_webhooks()
    assert few == queries() <= BUDGET
    page = texts(client.get("/webhooks/"))
    assert page.count("<code>probe.lodge</code>") == 5 * 5, "the latest five of each"


# --- What the database holds of it ----------------------------------------------------------------


@pytest.mark.parametrize(
    "attack",
    [
        "update feeds_webhook set url = 'https://elsewhere.example.org/'",
        "update feeds_webhook set owner_id = owner_id",
        "delete from feeds_webhook",
        "update feeds_webhookdelivery set event_id = null",
        "delete from feeds_webhookdelivery",
        "truncate feeds_webhookdelivery",
    ],
)
def test_webhooks_and_deliveries_are_written_once(attack: str, people: Cast) -> None:
    hook, _secret = make_webhook(people.secretariat_host, **GOOD)
    write_ping(hook, by=people.secretariat_host)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)


def test_a_webhook_stands_on_the_side_of_its_maker(people: Cast) -> None:
    hook = Webhook(owner=people.secretariat_host, side="japan", url="https://example.org/", wanted=[], secret="x")
    hook.created_at = people.secretariat_host.user.joined_at
    with pytest.raises(IntegrityError, match="webhook_on_the_side_of_its_maker"), transaction.atomic():
        hook.save()


@pytest.mark.django_db(transaction=True)
def test_made_by_two_at_once_there_is_one(people: Cast) -> None:
    def make() -> object:
        return make_webhook(people.secretariat_host, **GOOD)

    assert sorted(outcomes([make, make])) == ["FEED-14", "done"]
    assert Webhook.objects.count() == 1
