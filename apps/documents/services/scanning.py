"""Having documents judged by the scanner, at least once: an attempt is recorded before it is made, its verdict written once."""

from __future__ import annotations

import logging
from datetime import timedelta
from time import monotonic

from django.conf import settings
from django.db import transaction

from apps.core import clock
from apps.documents import events
from apps.documents.errors import StoreAway
from apps.documents.kinds import Outcome
from apps.documents.models import DocumentVersion, Scan, Verdict
from apps.documents.selectors import waiting_scans
from apps.documents.services.findings import finding_of
from apps.documents.services.scanner import Away, Reply, Unable, ask
from apps.documents.services.store import at_hand
from apps.events.models import Event
from apps.events.services import append, doubled, nudge

logger = logging.getLogger(__name__)

SCAN = "documents.scan"
# An attempt that is not heard of again is made again after this; the longer one waits in vain, the longer.
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=4), timedelta(minutes=30)
LONGEST_RUN = 120.0  # seconds


def scan_what_waits() -> int:
    """Have what waits judged, the longest waiting first; returns how many verdicts were written. Without a scanner, none.

    Any number of these may run at once: a row is claimed with SKIP LOCKED, in a transaction of its own. While the
    scanner or the store is away the run ends and the rest waits for the next. A run ends before a worker would be stopped in it.
    """
    judged, ends_at = 0, monotonic() + LONGEST_RUN
    while settings.CLAMD and monotonic() < ends_at and (scan := _claimed()) is not None:
        try:
            with at_hand(scan.version.sha256) as path:
                reply = ask(path)
            judged += _judged(scan.version, reply)
        except (Away, StoreAway) as error:
            _failed(scan, error)
            break
        except (Unable, OSError) as error:
            logger.warning("document version %s could not be scanned: %s", scan.pk, error)
            _failed(scan, error)
    return judged


def _claimed() -> Scan | None:
    """The next that waits, its attempt recorded; None when none is due."""
    at = clock.now()
    with transaction.atomic(durable=True):
        due = waiting_scans().filter(due_at__lte=at).order_by("due_at", "pk").select_related("version")
        scan = due.select_for_update(skip_locked=True, no_key=True, of=("self",)).first()
        if scan is not None:
            scan.attempts += 1
            scan.due_at = at + doubled(FIRST_WAIT, scan.attempts, LONGEST_WAIT)
            scan.save(update_fields=["attempts", "due_at"])
    return scan


def _failed(scan: Scan, error: Exception) -> None:
    scan.last_error = f"{type(error).__name__}: {error}"[:500]
    scan.save(update_fields=["last_error"])


def _judged(version: DocumentVersion, reply: Reply) -> bool:
    """Write the verdict, unless another has; of an infected document the log tells."""
    with transaction.atomic(durable=True):
        scan = Scan.objects.select_for_update(no_key=True).get(pk=version.pk)
        if scan.done_at is not None:
            return False
        scan.done_at, scan.last_error = clock.now(), ""
        scan.save(update_fields=["done_at", "last_error"])
        verdict = _verdict(version, reply)
        if verdict.outcome == Outcome.INFECTED:
            append(_event(version, verdict))
            transaction.on_commit(nudge, robust=True)
    return True


def _verdict(version: DocumentVersion, reply: Reply) -> Verdict:
    return Verdict.objects.create(
        version=version,
        outcome=Outcome.INFECTED if reply.carries else Outcome.CLEAN,
        carries=reply.carries,
        scanner=reply.scanner,
        signatures=reply.signatures,
        signatures_on=reply.signatures_on,
        judged_at=clock.now(),
    )


def _event(version: DocumentVersion, verdict: Verdict) -> Event:
    """That a document was found infected."""
    data = {"carries": verdict.carries, "scanner": verdict.scanner}
    return finding_of(version, events.INFECTED, verdict.outcome, verdict.judged_at, data)
