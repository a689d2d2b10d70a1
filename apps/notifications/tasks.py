"""Celery wakes the mailing; the tables are the truth."""

from celery import shared_task

from apps.notifications.services import send_what_waits


@shared_task(name="notifications.mail")
def mail() -> int:
    """Remind, gather, send; runs once a minute."""
    return send_what_waits()
