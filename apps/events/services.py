"""The relay: hands due deliveries to their subscribers, at least once."""

from __future__ import annotations

import logging
from datetime import timedelta
from threading import Thread
from time import monotonic
from typing import ClassVar

from celery import current_app
from django.db import transaction
from django.db.models.functions import Now

from apps.events.kinds import handler_of, subscribers_of
from apps.events.models import Delivery, Event

logger = logging.getLogger(__name__)

RELAY = "events.relay"
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=2), timedelta(hours=1)
# Beyond all that anything waits.
MOST_DOUBLINGS = 16
QUIET = 1.0
AFTER_FAILURE = 30.0


class _Sent:
    """What this process has sent, in seconds of the monotonic clock: when the last of each task starts, which covers all before.

    Until `rests_until` nothing is sent at all.
    """

    starts_at: ClassVar[dict[str, float]] = {}
    rests_until = float("-inf")


def nudge(task: str = RELAY) -> None:
    """Wake a task, the relay unless another is named, now instead of within the minute. Never fails and never waits.

    The sweep is the guarantee. At most one message a second, task and process: what is committed within
    a second of the last message waits for one run at the end of that second. After a failure none is
    sent for half a minute. The message is sent beside the caller, for a broker that does not answer is
    waited for many seconds.
    """
    at, last = monotonic(), _Sent.starts_at.get(task, float("-inf"))
    if at < max(_Sent.rests_until, last):
        return
    wait = QUIET if at < last + QUIET else 0.0
    _Sent.starts_at[task] = at + wait
    Thread(target=_send, args=(task, wait), name="nudge", daemon=True).start()


def _send(task: str, wait: float) -> None:
    try:
        current_app.send_task(task, countdown=wait, expires=60, retry=False)
    except Exception as error:  # noqa: BLE001 # reason: whatever the broker's client raises, the task runs with the next sweep
        _Sent.rests_until = monotonic() + AFTER_FAILURE
        logger.info("the broker takes no message; %s will run with the next sweep: %s", task, error)


def append(event: Event) -> None:
    """Append an event that no step has made, with its deliveries, in the caller's transaction. Raises LookupError."""
    told = subscribers_of(event.type)
    event.save(force_insert=True)
    Delivery.objects.bulk_create([Delivery(event=event, subscriber=name) for name in told])


def relay(*, limit: int = 5_000) -> int:
    """Deliver up to `limit` waiting deliveries, oldest first; returns how many were handed over.

    Each runs in a transaction of its own and is claimed with SKIP LOCKED, so any number of relays
    may run at once. A failure is recorded and tried again later; it never blocks the others.
    """
    delivered = 0
    for _ in range(limit):
        outcome = _relay_next()
        if outcome is None:
            break
        delivered += outcome
    return delivered


def _relay_next() -> bool | None:
    """Deliver one row. None: nothing waits; False: it failed and waits again."""
    with transaction.atomic(durable=True):
        delivery = (
            Delivery.objects.select_for_update(skip_locked=True, no_key=True, of=("self",))
            .select_related("event")
            .filter(delivered_at=None, due_at__lte=Now())
            .order_by("due_at", "id")
            .first()
        )
        return None if delivery is None else _hand_over(delivery)


def _hand_over(delivery: Delivery) -> bool:
    delivery.attempts += 1
    try:
        with transaction.atomic():
            handler_of(delivery.subscriber)(delivery.event)
    except Exception as error:  # reason: whatever a handler raises, the row must wait and the others go on
        logger.exception("delivery %s to %s failed", delivery.pk, delivery.subscriber)
        delivery.last_error = f"{type(error).__name__}: {error}"[:500]
        delivery.due_at = Now() + _wait(delivery.attempts)
    else:
        delivery.last_error = ""
        delivery.delivered_at = Now()
    delivery.save(update_fields=["attempts", "last_error", "due_at", "delivered_at"])
    return delivery.delivered_at is not None


def _wait(attempts: int) -> timedelta:
    return doubled(FIRST_WAIT, attempts, LONGEST_WAIT)


def doubled(first: timedelta, attempts: int, longest: timedelta) -> timedelta:
    """How long to wait after so many attempts in vain: each time twice as long, and never longer than the longest."""
    wait: timedelta = first * 2 ** min(attempts - 1, MOST_DOUBLINGS)
    return min(wait, longest)
