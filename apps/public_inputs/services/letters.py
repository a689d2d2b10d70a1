"""Mailing links and receipts, at least once; a mail program that gets one twice shows it once, for its Message-ID is the same."""

from __future__ import annotations

from operator import attrgetter

from django.db import transaction

from apps.core import clock
from apps.core.posting import Outbox, post
from apps.events.services import doubled
from apps.public_inputs.kinds import FIRST_WAIT, LONGEST_WAIT
from apps.public_inputs.models import Sent
from apps.public_inputs.render import letter_to
from apps.public_inputs.selectors import waiting_letters

AT_ONCE = 200


def send_letters() -> int:
    """Send the letters that wait, the longest waiting first; returns how many the mail server took.

    Of one that cannot be sent the others do not suffer: it waits longer each time. While the mail server cannot be
    reached, the rest waits for the next run.
    """
    outbox = Outbox(claim=_claimed, address=attrgetter("email"), write=letter_to, taken=_taken, failed=_failed, refused=_failed)
    taken, _was_reached = post(outbox, limit=AT_ONCE)
    return taken


def _claimed() -> Sent | None:
    """The next letter, its attempt recorded; if the sender dies, it is due again after a while."""
    at = clock.now()
    with transaction.atomic(durable=True):
        sent = waiting_letters(at).select_for_update(skip_locked=True, of=("self",)).first()
        if sent is not None:
            sent.attempts += 1
            sent.next_attempt_at = at + doubled(FIRST_WAIT, sent.attempts, LONGEST_WAIT)
            sent.save(update_fields=["attempts", "next_attempt_at"])
    return sent


def _taken(sent: Sent) -> None:
    mailed = "link_mailed_at" if sent.received_as is None else "receipt_mailed_at"
    Sent.objects.filter(pk=sent.pk).update(**{mailed: clock.now()}, error="")


def _failed(sent: Sent, error: Exception) -> None:
    Sent.objects.filter(pk=sent.pk).update(error=f"{type(error).__name__}: {error}"[:200])
