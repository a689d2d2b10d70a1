"""Sending mails, at least once: an attempt is recorded before it is made, its result after.

A mail program that gets one twice shows it once, for its Message-ID is always the same.
"""

from __future__ import annotations

from datetime import timedelta
from operator import attrgetter
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from apps.accounts.models import AccountMail
from apps.core import clock
from apps.core.posting import Letter, Outbox, Refused, post
from apps.events.services import doubled
from apps.notifications.kinds import FIRST_WAIT, LONGEST_WAIT, MAILS
from apps.notifications.models import Mail
from apps.notifications.render import letter_of
from apps.notifications.selectors import waiting_mails
from apps.workflow.models import Heartbeat

PERMANENT = range(500, 600)


def wait(attempts: int) -> timedelta:
    """How long after so many attempts the next is made; longer than an attempt can last."""
    return doubled(FIRST_WAIT, attempts, LONGEST_WAIT)


def _failed(mail: Mail | AccountMail, error: Exception) -> None:
    mail.error = f"{type(error).__name__}: {error}"[:500]
    mail.save(update_fields=["error"])


# --- Mails about what happened --------------------------------------------------------------------


def send_mails(*, limit: int = 500) -> int:
    """Send up to `limit` mails that wait, the longest waiting first; returns how many the mail server took.

    While the mail server cannot be reached, the rest waits for the next run; else the heartbeat tells that it could.
    """
    outbox = Outbox(
        claim=_claimed, address=attrgetter("address"), write=letter_of, taken=_taken, failed=_failed, refused=_refused
    )
    sent, was_reached = post(outbox, limit=limit)
    if was_reached:
        Heartbeat.objects.update_or_create(job=MAILS, defaults={"beat_at": clock.now()})
    return sent


def _claimed() -> Mail | None:
    """The next mail, its attempt recorded; None when none waits. If the sender dies, it is due again after a while."""
    at = clock.now()
    with transaction.atomic(durable=True):
        waiting = waiting_mails().select_for_update(skip_locked=True, of=("self",)).filter(next_attempt_at__lte=at)
        mail = waiting.order_by("next_attempt_at", "id").select_related("user", "message__event", "message__deadline").first()
        if mail is not None:
            mail.attempts += 1
            mail.attempted_at, mail.next_attempt_at = at, at + wait(mail.attempts)
            mail.save(update_fields=["attempts", "attempted_at", "next_attempt_at"])
    return mail


def _taken(mail: Mail) -> None:
    mail.sent_at, mail.error = clock.now(), ""
    mail.save(update_fields=["sent_at", "error"])


def _refused(mail: Mail, refused: Refused) -> None:
    """The server does not take this address: for good, which counts as a mail that came back, or for now."""
    code, text = refused.recipients.get(mail.address, (0, b""))
    words = f"{code} {text.decode(errors='replace')}"
    if code in PERMANENT:
        mail.bounced_at, mail.bounce = clock.now(), words[:500]
        mail.save(update_fields=["bounced_at", "bounce"])
    else:
        _failed(mail, refused)


# --- Mails about accounts -------------------------------------------------------------------------


def send_account_mails(*, limit: int = 500) -> int:
    """Send the mails about accounts that wait and are still worth something; returns how many the mail server took.

    As `send_mails`. What was sent holds no words any more: a link that opens an account is in the mailbox alone.
    """
    outbox = Outbox(
        claim=_claimed_of_accounts,
        address=attrgetter("address"),
        write=_of_accounts,
        taken=_taken_of_accounts,
        failed=_failed,
        refused=_failed,
    )
    sent, _was_reached = post(outbox, limit=limit)
    return sent


def _claimed_of_accounts() -> AccountMail | None:
    """The next that is due, its attempt recorded; None when none is."""
    at = clock.now()
    with transaction.atomic(durable=True):
        waiting = AccountMail.objects.select_for_update(skip_locked=True).filter(
            sent_at=None, next_attempt_at__lte=at, ends_at__gt=at
        )
        mail = waiting.order_by("next_attempt_at", "id").first()
        if mail is not None:
            mail.attempts += 1
            mail.next_attempt_at = at + wait(mail.attempts)
            mail.save(update_fields=["attempts", "next_attempt_at"])
    return mail


def _of_accounts(mail: AccountMail) -> Letter:
    headers = {"Message-ID": f"<account-{mail.pk}@{urlsplit(settings.SITE_URL).hostname}>", "Auto-Submitted": "auto-generated"}
    return Letter(mail.subject, mail.text, headers)


def _taken_of_accounts(mail: AccountMail) -> None:
    mail.sent_at, mail.text, mail.error = clock.now(), "", ""
    mail.save(update_fields=["sent_at", "text", "error"])
