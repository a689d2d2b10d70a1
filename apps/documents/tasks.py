"""Celery wakes scanning, on a queue of its own, clearing the quarantine, taking stock; the tables are the truth."""

from celery import shared_task

from apps.documents.services import clear_strays, forget_uploads, scan_what_waits, take_stock


@shared_task(name="documents.scan")
def scan() -> int:
    """Have judged what waits for the scanner; runs when a document is handed in and once a minute."""
    return scan_what_waits()


@shared_task(name="documents.quarantine")
def clear_quarantine() -> int:
    """Forget what came in and was not handed in within a day, and what was left without belonging to anything."""
    return forget_uploads() + clear_strays()


@shared_task(name="documents.stocktake")
def stocktake() -> int:
    """Hash again what was not hashed since a day."""
    return take_stock()
