"""Mails about accounts wait in a table for the sender of all mails: from the time it takes nobody learns of one."""

from __future__ import annotations

from functools import partial

from django.db import transaction

from apps.accounts.models import AccountMail
from apps.events.services import nudge

MAIL = "notifications.mail"


def wait_to_be_sent(mail: AccountMail) -> None:
    """Write a mail that is to be sent, now rather than within the minute."""
    mail.save(force_insert=True)
    transaction.on_commit(partial(nudge, MAIL), robust=True)
