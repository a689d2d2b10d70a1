"""The relay of webhooks: sends what waits, one transaction each, at least once."""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import dataclass
from http import HTTPStatus
from time import monotonic

from django.db import transaction
from django.db.models import QuerySet

from apps.core import clock
from apps.feeds.kinds import WAITS, Ending
from apps.feeds.models import WebhookDelivery
from apps.feeds.policies.keepers import is_heard, may_be_told
from apps.feeds.render.message import body_of, signature
from apps.feeds.services.hooks import end
from apps.feeds.services.keeping import Unreadable, deciphered
from apps.feeds.services.posting import NotSent, post

logger = logging.getLogger(__name__)

# Seconds after which a run begins nothing more: a task ends well before the broker hands it to another.
LONGEST_RUN = 60.0
LONGEST_ERROR = 300


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an attempt: the status, where there was an answer, and what went wrong."""

    status: int | None
    error: str = ""

    @property
    def is_taken(self) -> bool:
        return self.status is not None and HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES


def send_webhooks(*, limit: int = 500) -> int:
    """Send up to `limit` waiting deliveries, the longest due first; returns how many arrived.

    Each is claimed with SKIP LOCKED in a transaction of its own, so any number of relays may run at once. A webhook that
    fails is left alone for the rest of the run, so that one that does not answer holds up nobody else.
    """
    arrived, failed, until = 0, set[int](), monotonic() + LONGEST_RUN
    for _ in range(limit):
        sent = send_next(failed) if monotonic() < until else None
        if sent is None:
            break
        if sent.delivered_at is None:
            failed.add(sent.hook_id)
        else:
            arrived += 1
    return arrived


def send_next(without: Collection[int] = ()) -> WebhookDelivery | None:
    """Send the delivery that has been due longest, of other webhooks than those. None: nothing waits."""
    return _send_first(waiting().exclude(hook__in=without).order_by("next_attempt_at", "id"))


def send_at_once(delivery: WebhookDelivery) -> WebhookDelivery | None:
    """Send this very delivery; None where another relay is at it, or was."""
    return _send_first(waiting().filter(pk=delivery.pk))


def waiting() -> QuerySet[WebhookDelivery]:
    """What is due now, for webhooks in use."""
    return WebhookDelivery.objects.filter(next_attempt_at__lte=clock.now(), hook__revoked_at=None)


def _send_first(due: QuerySet[WebhookDelivery]) -> WebhookDelivery | None:
    with transaction.atomic(durable=True):
        claimed = due.select_for_update(skip_locked=True, no_key=True, of=("self",))
        delivery = claimed.select_related("hook__owner__user", "event").first()
        if delivery is not None:
            keep(delivery, tried(delivery) if is_still_told(delivery) else None)
        return delivery


def is_still_told(delivery: WebhookDelivery) -> bool:
    """Whether the owner may still know of it: an appointment may have ended since the delivery was written."""
    owner = delivery.hook.owner
    return may_be_told(owner, delivery.event) if delivery.event else is_heard(owner)


def tried(delivery: WebhookDelivery) -> Answer:
    """Send one message, and say what became of it."""
    try:
        with transaction.atomic():
            body = body_of(delivery)
        return judged(post(delivery.hook.url, body, headers_of(delivery, body)))
    except (NotSent, Unreadable) as error:
        return Answer(None, str(error)[:LONGEST_ERROR])
    except Exception as error:  # reason: whatever went wrong, this one must wait and the others go on
        logger.exception("delivery %s to webhook %s failed", delivery.pk, delivery.hook_id)
        return Answer(None, f"{type(error).__name__} on this site"[:LONGEST_ERROR])


def headers_of(delivery: WebhookDelivery, body: bytes) -> dict[str, str]:
    """What is said beside the body, its signature of this second among it."""
    return {
        "Content-Type": "application/json",
        "User-Agent": "JCM-Webhooks/1",
        "JCM-Delivery": f"delivery-{delivery.pk}",
        "JCM-Signature": signature(deciphered(delivery.hook.secret), int(clock.now().timestamp()), body),
        "Connection": "close",
    }


def judged(status: int) -> Answer:
    """Any 2xx is an arrival; a redirect is not followed."""
    answer = Answer(status)
    if answer.is_taken:
        return answer
    redirect = HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST
    return Answer(status, "a redirect is not followed" if redirect else "the answer was no success")


def keep(delivery: WebhookDelivery, answer: Answer | None) -> None:
    """Write what became of an attempt: arrived, to be tried again, given up, or the end; None: it must not be told."""
    if answer is None:
        delivery.next_attempt_at, delivery.error = None, "its maker may no longer know of this"
    else:
        take(delivery, answer)
    delivery.save(update_fields=["attempts", "status_code", "error", "delivered_at", "next_attempt_at"])
    if answer and answer.status == HTTPStatus.GONE:
        end(delivery.hook, Ending.GONE)
        logger.info("webhook %s answered 410 and was revoked", delivery.hook_id)


def take(delivery: WebhookDelivery, answer: Answer) -> None:
    """Take an answer over. What failed waits 1 and 5 and 30 minutes, 2 and 6 and 24 hours, and is then given up."""
    delivery.attempts += 1
    delivery.status_code, delivery.error = answer.status, answer.error
    delivery.delivered_at = clock.now() if answer.is_taken else None
    again = not answer.is_taken and answer.status != HTTPStatus.GONE and delivery.attempts <= len(WAITS)
    delivery.next_attempt_at = clock.now() + WAITS[delivery.attempts - 1] if again else None
