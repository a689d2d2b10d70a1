"""Celery wakes the drawing up of lists; the table is the truth."""

from celery import shared_task

from apps.timekeeping.services import draw_up_holidays


@shared_task(name="timekeeping.holidays")
def draw_up_missing_holidays() -> int:
    """Draw up the lists of holidays that are missing; runs once a minute and mostly finds none."""
    return draw_up_holidays()
