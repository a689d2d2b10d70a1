"""Mailing links and receipts, at least once; a mail program that gets one twice shows it once, for its Message-ID is the same."""

from __future__ import annotations

import logging

from django.core.mail import EmailMessage
from django.db import transaction

from apps.core import clock
from apps.events.services import doubled
from apps.public_inputs.kinds import FIRST_WAIT, LONGEST_WAIT
from apps.public_inputs.models import Sent
from apps.public_inputs.render import letter_to
from apps.public_inputs.selectors import waiting_letters

logger = logging.getLogger(__name__)
AT_ONCE = 200


def send_letters() -> int:
    """Send the letters that wait, the longest waiting first; returns how many the mail server took.

    Any number of senders may run at once. Of one that cannot be sent the others do not suffer: it waits longer each time.
    """
    taken = 0
    for _ in range(AT_ONCE):
        sent = _claimed()
        if sent is None:
            break
        taken += _send(sent)
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


def _send(sent: Sent) -> bool:
    letter = letter_to(sent)
    try:
        EmailMessage(letter.subject, letter.text, to=[sent.email], headers=dict(letter.headers)).send()
    except Exception as error:  # reason: whatever hinders one letter, the others must go out
        logger.exception("the letter for what was sent as %s did not go out", sent.pk)
        Sent.objects.filter(pk=sent.pk).update(error=f"{type(error).__name__}: {error}"[:200])
        return False
    mailed = "link_mailed_at" if sent.received_as is None else "receipt_mailed_at"
    Sent.objects.filter(pk=sent.pk).update(**{mailed: clock.now()}, error="")
    return True
