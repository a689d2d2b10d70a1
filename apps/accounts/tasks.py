"""Celery wakes what tidies up; nothing depends on it."""

from celery import shared_task

from apps.accounts.services import forget_sessions


@shared_task(name="accounts.sessions")
def sessions() -> int:
    """Forget sessions that have ended; runs once an hour."""
    return forget_sessions()
