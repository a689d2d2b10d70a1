"""Celery wakes the relay; the table is the truth."""

from celery import shared_task

from apps.events.services import relay


@shared_task(name="events.relay")
def relay_deliveries() -> int:
    """Hand over what waits; runs on every nudge and once a minute."""
    return relay()
