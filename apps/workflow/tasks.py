"""Celery wakes the sweep; the tables are the truth."""

from celery import shared_task

from apps.workflow.services import sweep


@shared_task(name="workflow.sweep")
def sweep_deadlines() -> int:
    """Perform what fell due; runs once a minute."""
    return sweep()
