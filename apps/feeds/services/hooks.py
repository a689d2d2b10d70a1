"""Making webhooks, giving them another secret, and revoking them; and what each is to be told."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from apps.accounts.models import Membership
from apps.core import clock
from apps.core.errors import NotAllowed, NotReady, Problem
from apps.events.models import Event
from apps.feeds.checks import (
    address_problems,
    keeper_problems,
    revoked_problems,
    room_problems,
    taken,
    wanted_problems,
)
from apps.feeds.kinds import Ending
from apps.feeds.models import Webhook, WebhookDelivery
from apps.feeds.policies.keepers import may_be_told
from apps.feeds.services.keeping import enciphered

logger = logging.getLogger(__name__)

# 256 bits of chance.
SECRET_BYTES = 32


def make_webhook(owner: Membership, *, url: str, wanted: Collection[str]) -> tuple[Webhook, str]:
    """Have an address told of what happens from now on; returns the webhook, and its secret, which is never shown again.

    Raises NotAllowed (FEED-10), NotReady (FEED-11 to FEED-15).
    """
    allow(owner)
    problems = [*address_problems(url), *wanted_problems(wanted, owner), *room_problems(in_use_by(owner.side), url)]
    if problems:
        raise NotReady(problems)
    secret = new_secret()
    with address_once():
        hook = Webhook.objects.create(
            owner=owner, side=owner.side, url=url, wanted=sorted(wanted), secret=enciphered(secret), created_at=clock.now()
        )
    logger.info("webhook %s was made by membership %s", hook.pk, owner.pk)
    return hook, secret


def renew_secret(hook: Webhook, *, by: Membership) -> str:
    """Another secret instead of the one in use; returns it. Raises NotAllowed (FEED-10), NotReady (FEED-16)."""
    secret = new_secret()
    with one_in_use(hook, by) as held:
        held.secret = enciphered(secret)
        held.save(update_fields=["secret"])
    logger.info("webhook %s got another secret from membership %s", hook.pk, by.pk)
    return secret


def revoke_webhook(hook: Webhook, *, by: Membership) -> None:
    """Tell it nothing any more. Raises NotAllowed (FEED-10), NotReady (FEED-16)."""
    with one_in_use(hook, by) as held:
        end(held, Ending.REVOKED)
    logger.info("webhook %s was revoked by membership %s", hook.pk, by.pk)


def end(hook: Webhook, ending: Ending) -> None:
    """Let a webhook end, and give up what waits for it, but for what a relay is just sending."""
    with transaction.atomic():
        Webhook.objects.filter(pk=hook.pk, revoked_at=None).update(revoked_at=clock.now(), ending=ending)
        waiting = WebhookDelivery.objects.filter(hook=hook, next_attempt_at__isnull=False)
        free = [one.pk for one in waiting.select_for_update(skip_locked=True, no_key=True)]
        WebhookDelivery.objects.filter(pk__in=free).update(next_attempt_at=None, error=f"the webhook is {ending}")


def write_ping(hook: Webhook, *, by: Membership) -> WebhookDelivery:
    """A test, to be sent by whoever wrote it. Raises NotAllowed (FEED-10), NotReady (FEED-16)."""
    with one_in_use(hook, by) as held:
        return WebhookDelivery.objects.create(hook=held, created_at=clock.now(), next_attempt_at=clock.now())


def write_deliveries(event: Event) -> int:
    """One row for each webhook that is to be told of an event; two queries whatever their number. Twice writes nothing more.

    A webhook is told of what happened since it was made, of the procedures that it wants, and in the sight of its owner.
    """
    asked = Webhook.objects.select_related("owner__user").filter(revoked_at=None, created_at__lte=event.acted_at)
    told = [one for one in asked if event.subject_type in one.wanted and may_be_told(one.owner, event)]
    at = clock.now()
    rows = [WebhookDelivery(hook=one, event=event, created_at=at, next_attempt_at=at) for one in told]
    return len(WebhookDelivery.objects.bulk_create(rows, ignore_conflicts=True))


def in_use_by(side: str) -> list[str]:
    """The addresses of a side's webhooks in use."""
    return list(Webhook.objects.filter(side=side, revoked_at=None).values_list("url", flat=True))


def new_secret() -> str:
    """A secret that nobody has had."""
    return f"whsec_{secrets.token_urlsafe(SECRET_BYTES)}"


def allow(membership: Membership) -> None:
    """Let keepers of webhooks pass. Raises NotAllowed (FEED-10)."""
    if problems := list(keeper_problems(membership)):
        raise NotAllowed(problems)


@contextmanager
def one_in_use(hook: Webhook, by: Membership) -> Iterator[Webhook]:
    """A webhook of one's own side in a transaction, others waiting. Raises NotAllowed (FEED-10), NotReady (FEED-16)."""
    allow(by)
    with transaction.atomic():
        held = Webhook.objects.select_for_update(no_key=True).get(pk=hook.pk, side=by.side)
        if problems := list(revoked_problems(held)):
            raise NotReady(problems)
        yield held


@contextmanager
def address_once() -> Iterator[None]:
    """What the database says of an address that somebody else of the side has taken meanwhile. Raises NotReady (FEED-14)."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "webhook_address_once_per_side" not in str(error):
            raise
        raise NotReady(Problem("FEED-14", taken(), field="url")) from error
