"""Writing messages and the mails that carry them: one insert of each, whatever the number of people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.db import connection, transaction

from apps.core import clock
from apps.events.services import nudge
from apps.notifications.kinds import MAILED_WITHIN, MANDATORY, Kind
from apps.notifications.models import Mail, Message
from apps.notifications.selectors import unwanted
from apps.workflow.models import Subject

MAIL = "notifications.mail"


def queue_on(subject: Subject) -> None:
    """Wait, until the transaction ends, for whoever tells of the same file: nobody is asked for the same thing twice."""
    with connection.cursor() as cursor:
        name = f"messages {subject.procedure.key} {subject.pk}"
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def post(messages: Sequence[Message], happened_at: datetime) -> None:
    """Write messages, and the mails of those that go out at once. What was written before stays as it is.

    What happened long ago is told on the site alone.
    """
    recent = clock.now() - happened_at <= MAILED_WITHIN
    off = unwanted({one.user_id for one in messages}) if messages else set()
    for one in messages:
        one.by_mail = recent and (one.kind in MANDATORY or (one.user_id, one.kind) not in off)
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    mails = [_mail(one) for one in messages if one.by_mail and one.kind != Kind.NEWS]
    Mail.objects.bulk_create(mails, ignore_conflicts=True)
    if mails:
        transaction.on_commit(partial(nudge, MAIL), robust=True)


def _mail(message: Message) -> Mail:
    user = message.user
    return Mail(
        id=message.pk, message=message, user=user, address=user.email, language=user.language,
        created_at=message.created_at, next_attempt_at=message.created_at,
    )  # fmt: skip
