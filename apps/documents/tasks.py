"""Celery wakes the scanning, on a queue of its own; the tables are the truth."""

from celery import shared_task

from apps.documents.services import scan_what_waits


@shared_task(name="documents.scan")
def scan() -> int:
    """Have judged what waits for the scanner; runs when a document is handed in and once a minute."""
    return scan_what_waits()
