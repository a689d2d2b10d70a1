"""Webhooks against a real program on this machine: what it is told, how often, and what it is never told."""

from __future__ import annotations

import logging
import socket
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import Membership
from apps.core import clock
from apps.core.clock import Rehearsal
from apps.events.models import Event
from apps.events.services import relay
from apps.feeds.kinds import WAITS, Ending
from apps.feeds.models import Webhook, WebhookDelivery
from apps.feeds.services import posting
from apps.feeds.services.hooks import make_webhook, renew_secret, revoke_webhook, write_deliveries, write_ping
from apps.feeds.services.sending import send_webhooks
from apps.feeds.tasks import send_waiting_webhooks
from apps.workflow.services import perform
from tests.committee.ballots import drafted, probes_before_committee, registering
from tests.feeds.receiving import BREAKS, Receiver
from tests.people import Cast, actor
from tests.probe.services import completed, lodged
from tests.workflow.threads import at_once

MADE_AT = datetime(2027, 2, 20, 3, tzinfo=UTC)


def hook_for(owner: Membership, url: str, *wanted: str) -> tuple[Webhook, str]:
    return make_webhook(owner, url=url, wanted=wanted or ("probe",))


def state(delivery: WebhookDelivery) -> tuple[int, int | None, bool, datetime | None]:
    """Attempts, last answer, whether it arrived, and when it is tried again."""
    delivery.refresh_from_db()
    return delivery.attempts, delivery.status_code, delivery.delivered_at is not None, delivery.next_attempt_at


@pytest.mark.usefixtures("time")
def test_an_act_is_told_once_signed_and_without_what_was_written(receiver: Receiver, people: Cast) -> None:
    hook, secret = hook_for(people.secretariat_host, receiver.url)
    probe = lodged(people.participant_host, title="canary-title")
    perform(probe, "note", actor=actor(people.secretariat_host), remark="canary-remark", reason="canary-reason")
    assert receiver.got == [], "an act sends nothing by itself"
    relay()
    assert receiver.got == [], "the relay of events writes rows only"
    assert send_webhooks() == 2
    deliveries = list(WebhookDelivery.objects.filter(hook=hook).order_by("id"))
    events = list(Event.objects.filter(subject_type="probe").order_by("id"))
    assert receiver.told == [
        {
            "id": f"delivery-{delivery.pk}",
            "event": event.pk,
            "type": event.type,
            "subject": {"type": "probe", "reference": ""},
            "acted_on": "2027-02-20",
            "link": f"http://localhost:8000/probe/{probe.pk}/",
        }
        for delivery, event in zip(deliveries, events, strict=True)
    ]
    assert [one["type"] for one in receiver.told] == ["probe.lodge", "probe.note"]
    assert receiver.signed_by(secret) == [True, True]
    assert not any(b"canary" in body for _headers, body in receiver.got)
    headers = receiver.got[0][0]
    assert headers["Content-Type"] == "application/json"
    assert headers["JCM-Delivery"] == f"delivery-{deliveries[0].pk}"
    assert headers["JCM-Signature"].startswith(f"t={int(MADE_AT.timestamp())},v1=")
    assert headers["Host"] == receiver.url.split("/")[2]
    assert [state(one) for one in deliveries] == [(1, 200, True, None)] * 2


@pytest.mark.usefixtures("time")
def test_what_is_handed_over_twice_is_sent_once(receiver: Receiver, people: Cast) -> None:
    hook_for(people.secretariat_host, receiver.url)
    lodged(people.participant_host)
    event = Event.objects.get(type="probe.lodge")
    relay()
    assert write_deliveries(event) == write_deliveries(event)
    assert WebhookDelivery.objects.count() == 1
    assert (send_webhooks(), send_webhooks()) == (1, 0)
    assert len(receiver.got) == 1


@pytest.mark.usefixtures("time")
def test_a_task_and_the_sweep_send_too(receiver: Receiver, people: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    hook_for(people.secretariat_host, receiver.url)
    lodged(people.participant_host)
    call_command("sweep")
    assert "webhooks sent: 1" in capsys.readouterr().out.splitlines()
    lodged(people.participant_host)
    relay()
    assert send_waiting_webhooks() == 1
    assert len(receiver.got) == 2


# --- What does not arrive -------------------------------------------------------------------------


def test_after_an_error_it_waits_and_is_sent_again_the_same(receiver: Receiver, people: Cast, time: Rehearsal) -> None:
    _hook, secret = hook_for(people.secretariat_host, receiver.url)
    lodged(people.participant_host)
    relay()
    receiver.answers = [500, BREAKS]
    assert send_webhooks() == 0
    delivery = WebhookDelivery.objects.get()
    assert state(delivery) == (1, 500, False, MADE_AT + timedelta(minutes=1))
    assert delivery.error == "the answer was no success"
    time.move_to(MADE_AT + timedelta(seconds=59))
    assert (send_webhooks(), len(receiver.got)) == (0, 1)
    time.move_to(MADE_AT + timedelta(minutes=1))
    assert (send_webhooks(), len(receiver.got)) == (0, 2)
    assert state(delivery) == (2, None, False, MADE_AT + timedelta(minutes=6))
    assert delivery.error == "RemoteDisconnected: Remote end closed connection without response"
    time.move_to(MADE_AT + timedelta(minutes=6))
    assert (send_webhooks(), len(receiver.got)) == (1, 3)
    assert state(delivery) == (3, 200, True, None)
    assert delivery.error == ""
    assert len({body for _headers, body in receiver.got}) == 1, "the body is the same at every attempt"
    assert len({headers["JCM-Signature"] for headers, _body in receiver.got}) == 3, "and signed anew"
    assert receiver.signed_by(secret) == [True] * 3


def test_it_is_given_up_after_a_day_and_a_half(receiver: Receiver, people: Cast, time: Rehearsal) -> None:
    hook_for(people.secretariat_host, receiver.url)
    lodged(people.participant_host)
    relay()
    receiver.answers = [503] * 20
    waits = []
    while (due := WebhookDelivery.objects.get().next_attempt_at) is not None:
        waits.append(due - time.moment)
        time.move_to(due)
        assert send_webhooks() == 0
    assert waits == [timedelta(0), *WAITS]
    assert sum(WAITS, timedelta()) == timedelta(hours=32, minutes=36)
    delivery = WebhookDelivery.objects.get()
    assert (state(delivery), delivery.is_given_up) == ((7, 503, False, None), True)
    time.move_to(time.moment + timedelta(days=30))
    assert (send_webhooks(), len(receiver.got)) == (0, 7)


@pytest.mark.usefixtures("time")
def test_a_program_that_is_gone_is_told_nothing_more(receiver: Receiver, people: Cast) -> None:
    hook, _secret = hook_for(people.secretariat_host, receiver.url)
    for _ in range(3):
        lodged(people.participant_host)
    relay()
    receiver.answers = [410]
    assert send_webhooks() == 0
    hook.refresh_from_db()
    assert (hook.revoked_at, hook.ending) == (MADE_AT, Ending.GONE)
    assert {one.is_given_up for one in WebhookDelivery.objects.all()} == {True}
    lodged(people.participant_host)
    relay()
    assert (send_webhooks(), len(receiver.got), WebhookDelivery.objects.count()) == (0, 1, 3)


@pytest.mark.usefixtures("time")
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(status: int, receiver: Receiver, people: Cast) -> None:
    hook_for(people.secretariat_host, receiver.url)
    lodged(people.participant_host)
    relay()
    receiver.answers, receiver.headers = [status], {"Location": receiver.url}
    assert send_webhooks() == 0
    delivery = WebhookDelivery.objects.get()
    assert (delivery.status_code, delivery.error, len(receiver.got)) == (status, "a redirect is not followed", 1)


@pytest.mark.usefixtures("time")
@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_any_success_is_an_arrival(status: int, receiver: Receiver, people: Cast) -> None:
    hook_for(people.secretariat_host, receiver.url)
    lodged(people.participant_host)
    relay()
    receiver.answers = [status]
    assert send_webhooks() == 1


@pytest.mark.usefixtures("time")
def test_one_that_fails_holds_up_nobody_else(receiver: Receiver, people: Cast) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        closed = f"http://127.0.0.1:{taken.getsockname()[1]}/"
    bad, _ = hook_for(people.secretariat_host, closed)
    hook_for(people.secretariat_japan, receiver.url)
    for _ in range(3):
        lodged(people.participant_host)
    relay()
    assert send_webhooks() == 3
    assert sorted(WebhookDelivery.objects.filter(hook=bad).values_list("attempts", flat=True)) == [0, 0, 1]
    assert "ConnectionRefusedError" in WebhookDelivery.objects.filter(hook=bad, attempts=1).get().error


@pytest.mark.usefixtures("time")
def test_what_fails_on_this_site_holds_up_nobody(
    receiver: Receiver, people: Cast, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook_for(people.secretariat_host, receiver.url)
    hook_for(people.secretariat_japan, receiver.url)
    lodged(people.participant_host)
    relay()
    first = WebhookDelivery.objects.earliest("id")
    send = posting.post

    def fall(url: str, body: bytes, headers: dict[str, str]) -> int:
        if headers["JCM-Delivery"] == f"delivery-{first.pk}":
            raise ZeroDivisionError
        return send(url, body, headers)

    monkeypatch.setattr("apps.feeds.services.sending.post", fall)
    with caplog.at_level(logging.ERROR):
        assert send_webhooks() == 1
    assert (state(first)[0], first.error) == (1, "ZeroDivisionError on this site")
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.usefixtures("time")
def test_an_answer_that_drips_is_cut_off(receiver: Receiver, people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that takes the message and never answers in full is left after the longest time."""
    monkeypatch.setattr(posting, "LONGEST", 0.05)
    hook_for(people.secretariat_host, receiver.url)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(posting.NotSent):
            posting.post(url, b"{}", {})


# --- Who is told of what --------------------------------------------------------------------------


@pytest.mark.usefixtures("time")
def test_only_what_is_wanted_and_happened_since(receiver: Receiver, people: Cast, time: Rehearsal) -> None:
    before = lodged(people.participant_host)
    time.move_to(MADE_AT + timedelta(minutes=1))
    hook_for(people.secretariat_host, receiver.url, "meeting")
    hook_for(people.secretariat_japan, receiver.url, "probe")
    after = lodged(people.participant_host)
    relay()
    assert send_webhooks() == 1
    assert [one["link"] for one in receiver.told] == [f"http://localhost:8000/probe/{after.pk}/"]
    assert before.pk != after.pk


def test_a_draft_is_told_to_its_drafters_alone(receiver: Receiver, people: Cast, time: Rehearsal) -> None:
    """The registry's officers may know of rounds only; a ballot in draft is the business of secretariats."""
    hook_for(people.secretariat_host, receiver.url, "ballot")
    Webhook.objects.create(
        owner=people.registry_japan, side="japan", url=receiver.url, wanted=["ballot", "probe"],
        secret=Webhook.objects.get().secret, created_at=clock.now(),
    )  # fmt: skip
    drafted(people, registering(probes_before_committee(people, time, 1)[0]))
    relay()
    owners = set(WebhookDelivery.objects.values_list("hook__owner", flat=True))
    assert owners == {people.secretariat_host.pk}


def test_whoever_holds_nothing_any_more_is_told_nothing(receiver: Receiver, people: Cast, time: Rehearsal) -> None:
    hook_for(people.secretariat_host, receiver.url)
    lodged(people.participant_host)
    relay()
    Membership.objects.filter(pk=people.secretariat_host.pk).update(ends_on=time.moment.date())
    time.move_to(MADE_AT + timedelta(days=1))
    assert (send_webhooks(), receiver.got) == (0, [])
    delivery = WebhookDelivery.objects.get()
    assert (delivery.is_given_up, delivery.attempts, delivery.error) == (True, 0, "its maker may no longer know of this")
    lodged(people.participant_host)
    relay()
    assert WebhookDelivery.objects.count() == 1


@pytest.mark.usefixtures("time")
def test_a_new_secret_signs_at_once_and_a_revoked_webhook_sends_nothing(receiver: Receiver, people: Cast) -> None:
    hook, old = hook_for(people.secretariat_host, receiver.url)
    lodged(people.participant_host)
    relay()
    new = renew_secret(hook, by=people.secretariat_host)
    assert send_webhooks() == 1
    assert (receiver.signed_by(old), receiver.signed_by(new)) == ([False], [True])
    lodged(people.participant_host)
    relay()
    revoke_webhook(hook, by=people.secretariat_host)
    assert (send_webhooks(), len(receiver.got)) == (0, 1)
    assert [one.error for one in WebhookDelivery.objects.filter(delivered_at=None)] == ["the webhook is revoked"]


def test_a_secret_survives_a_change_of_the_sites_key_that_it_was_told_of(
    receiver: Receiver, people: Cast, time: Rehearsal, settings: Any
) -> None:
    hook, secret = hook_for(people.secretariat_host, receiver.url)
    assert secret not in Webhook.objects.get().secret
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key of the site, as long as it should be"
    write_ping(hook, by=people.secretariat_host)
    assert (send_webhooks(), receiver.signed_by(secret)) == (1, [True])
    settings.SECRET_KEY_FALLBACKS = []
    write_ping(hook, by=people.secretariat_host)
    assert send_webhooks() == 0
    assert WebhookDelivery.objects.latest("id").error == "the secret was made under another key of the site; renew it"
    time.move_to(MADE_AT + timedelta(minutes=1))
    new = renew_secret(hook, by=people.secretariat_host)
    assert (send_webhooks(), receiver.signed_by(new)) == (1, [False, True])


@pytest.mark.usefixtures("time")
def test_rows_are_written_in_two_queries_however_many_webhooks(people: Cast, settings: Any) -> None:
    settings.WEBHOOKS_TO_LOOPBACK = True
    lodged(people.participant_host)
    event = Event.objects.get(type="probe.lodge")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            write_deliveries(event)
        return len([one for one in captured if "SAVEPOINT" not in one["sql"]])

    assert queries() == 1
    hook_for(people.secretariat_host, "https://one.example.org/")
    assert queries() == 2
    for number in range(8):
        hook_for(people.secretariat_japan, f"https://{number}.example.org/")
    assert queries() == 2
    assert WebhookDelivery.objects.count() == 9


# --- Several relays -------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_relays_at_once_send_each_message_once(receiver: Receiver, people: Cast) -> None:
    hook_for(people.secretariat_host, receiver.url)
    for _ in range(6):
        lodged(people.participant_host)
    relay()
    assert sum(int(str(one)) for one in at_once([send_webhooks] * 2)) == 6
    assert len({one["id"] for one in receiver.told}) == len(receiver.got) == 6


@pytest.mark.django_db(transaction=True)
def test_what_one_relay_is_sending_another_leaves_alone(
    receiver: Receiver, people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook_for(people.secretariat_host, receiver.url)
    lodged(people.participant_host)
    relay()
    begun, over, send = Barrier(2, timeout=20), Barrier(2, timeout=20), posting.post

    def slow(url: str, body: bytes, headers: dict[str, str]) -> int:
        begun.wait()
        over.wait()
        return send(url, body, headers)

    def second() -> int:
        begun.wait()
        sent = send_webhooks()
        over.wait()
        return sent

    monkeypatch.setattr("apps.feeds.services.sending.post", slow)
    assert at_once([send_webhooks, second]) == [1, 0]
    assert len(receiver.got) == 1


@pytest.mark.usefixtures("time")
def test_completing_a_file_is_told_to_both_sides(receiver: Receiver, people: Cast) -> None:
    for one in (people.secretariat_host, people.secretariat_japan):
        hook_for(one, receiver.url)
    completed(people.participant_host, people.secretariat_host)
    relay()
    assert send_webhooks() == 4
    assert sorted(one["type"] for one in receiver.told) == ["probe.complete"] * 2 + ["probe.lodge"] * 2
