"""Sending mails, at least once: an attempt is recorded before it is made, its result after.

A mail program that gets one twice shows it once, for its Message-ID is always the same.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from smtplib import SMTPAuthenticationError, SMTPConnectError, SMTPException, SMTPRecipientsRefused, SMTPServerDisconnected
from time import monotonic
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from apps.accounts.models import AccountMail
from apps.core import clock
from apps.events.services import doubled
from apps.notifications.kinds import FIRST_WAIT, LONGEST_WAIT, MAILS
from apps.notifications.models import Mail
from apps.notifications.render import Letter, letter_of
from apps.notifications.selectors import waiting_mails
from apps.workflow.models import Heartbeat

logger = logging.getLogger(__name__)

# What says that the mail server, not the mail, is in trouble: the others would fail alike.
UNREACHABLE = (OSError, SMTPServerDisconnected, SMTPConnectError, SMTPAuthenticationError)
PERMANENT = range(500, 600)
LONGEST_RUN = 180.0  # seconds


def send_account_mails(*, limit: int = 500) -> int:
    """Send the mails about accounts that wait and are still worth something; returns how many the mail server took.

    As `send_mails`. What was sent holds no words any more: a link that opens an account is in the mailbox alone.
    """
    sent = 0
    with _connection() as server:
        for _ in range(limit):
            mail = _claimed_of_accounts()
            if mail is None:
                break
            try:
                server.open()
                _of_accounts(mail, server).send()
            except UNREACHABLE as error:
                _failed(mail, error)
                break
            except SMTPException as error:
                _failed(mail, error)
            else:
                mail.sent_at, mail.text, mail.error = clock.now(), "", ""
                mail.save(update_fields=["sent_at", "text", "error"])
                sent += 1
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


def _of_accounts(mail: AccountMail, server: BaseEmailBackend) -> EmailMessage:
    headers = {"Message-ID": f"<account-{mail.pk}@{urlsplit(settings.SITE_URL).hostname}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(mail.subject, mail.text, to=[mail.address], headers=headers, connection=server)


def send_mails(*, limit: int = 500) -> int:
    """Send up to `limit` mails that wait, the longest waiting first; returns how many the mail server took.

    A run ends well before a worker would be stopped in the middle of a mail.

    Any number of senders may run at once: a row is claimed with SKIP LOCKED, in a transaction of its own. While the
    mail server cannot be reached, the run ends and the rest waits for the next; else the heartbeat tells that it could.
    """
    sent, ends_at = 0, monotonic() + LONGEST_RUN
    with _connection() as server:
        for _ in range(limit):
            mail = _claimed() if monotonic() < ends_at else None
            if mail is None:
                break
            try:
                sent += _send(mail, server)
            except UNREACHABLE as error:
                _failed(mail, error)
                return sent
    Heartbeat.objects.update_or_create(job=MAILS, defaults={"beat_at": clock.now()})
    return sent


@contextmanager
def _connection() -> Iterator[BaseEmailBackend]:
    """One connection for all mails of a run, opened by the first."""
    server: BaseEmailBackend = get_connection()
    try:
        yield server
    finally:
        server.close()


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


def wait(attempts: int) -> timedelta:
    """How long after so many attempts the next is made; longer than an attempt can last."""
    return doubled(FIRST_WAIT, attempts, LONGEST_WAIT)


def _send(mail: Mail, server: BaseEmailBackend) -> bool:
    """One attempt. Raises what says that the server cannot be reached; of anything else only this mail suffers."""
    try:
        server.open()
        _envelope(mail, letter_of(mail), server).send()
    except SMTPRecipientsRefused as refused:
        _refused(mail, refused)
    except UNREACHABLE:
        raise
    except Exception as error:  # reason: whatever hinders one mail, the others must go out
        if not isinstance(error, SMTPException):
            logger.exception("mail %s could not be written", mail.pk)
        _failed(mail, error)
    else:
        mail.sent_at, mail.error = clock.now(), ""
        mail.save(update_fields=["sent_at", "error"])
    return mail.sent_at is not None


def _envelope(mail: Mail, letter: Letter, server: BaseEmailBackend) -> EmailMultiAlternatives:
    found = EmailMultiAlternatives(
        letter.subject, letter.text, to=[mail.address], headers=dict(letter.headers), connection=server
    )
    found.attach_alternative(letter.html, "text/html")
    return found


def _refused(mail: Mail, refused: SMTPRecipientsRefused) -> None:
    """The server does not take this address: for good, which counts as a mail that came back, or for now."""
    code, text = refused.recipients.get(mail.address, (0, b""))
    words = f"{code} {text.decode(errors='replace')}"
    if code in PERMANENT:
        mail.bounced_at, mail.bounce = clock.now(), words[:500]
        mail.save(update_fields=["bounced_at", "bounce"])
    else:
        _failed(mail, refused)


def _failed(mail: Mail | AccountMail, error: Exception) -> None:
    mail.error = f"{type(error).__name__}: {error}"[:500]
    mail.save(update_fields=["error"])
