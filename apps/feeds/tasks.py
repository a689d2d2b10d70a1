"""Celery wakes the relay of webhooks; the table is the truth."""

from celery import shared_task

from apps.feeds.services.sending import send_webhooks


@shared_task(name="feeds.webhooks")
def send_waiting_webhooks() -> int:
    """Send what waits; runs once a minute."""
    return send_webhooks()
