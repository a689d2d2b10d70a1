"""Hashing again what is kept, a day's round at a time: bytes that are no longer what came in are told of, and not handed out."""

from __future__ import annotations

import hashlib
import logging
from contextlib import suppress
from datetime import timedelta
from io import BufferedReader
from time import monotonic

from django.db import transaction

from apps.core import clock
from apps.documents import events
from apps.documents.errors import StoreAway
from apps.documents.kinds import Fault
from apps.documents.models import DocumentVersion, Stocktake
from apps.documents.selectors import hashes_to_look_at
from apps.documents.services.findings import finding_of
from apps.documents.services.store import at_hand, opened
from apps.events.services import append, nudge

logger = logging.getLogger(__name__)

ROUND = timedelta(days=1)
LONGEST_RUN = 120.0  # seconds
AT_ONCE = 200


def take_stock(longest: float | None = None) -> int:
    """Hash again what was not hashed since a day; returns how many.

    A run takes at most so many seconds, by default no longer than a worker may; what is left waits for the next, and
    so does everything while the store is away.
    """
    began, ends_at, looked = clock.now(), monotonic() + (LONGEST_RUN if longest is None else longest), 0
    while due := list(hashes_to_look_at(began - ROUND)[:AT_ONCE]):
        for sha256 in due:
            try:
                look_again(sha256)
            except StoreAway:
                return looked
            looked += 1
            if monotonic() > ends_at:
                return looked
    return looked


def look_again(sha256: str) -> Fault:
    """Hash what is kept under a hash again, and note what was found; of a new fault the log tells, for each document.

    Raises StoreAway; then nothing is noted.
    """
    fault = fault_of(sha256)
    with transaction.atomic():
        Stocktake.objects.get_or_create(sha256=sha256, defaults={"looked_at": clock.now()})
        row = Stocktake.objects.select_for_update(no_key=True).get(sha256=sha256)
        is_new, row.fault, row.looked_at = row.fault != fault, fault, clock.now()
        row.save(update_fields=["fault", "looked_at"])
        if fault and is_new:
            _tell(row)
    return fault


def fault_of(sha256: str) -> Fault:
    """What is wrong with the bytes that are kept under a hash; nothing is noted. Raises StoreAway."""
    try:
        with at_hand(sha256) as path, path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return Fault.MISSING
    return Fault.NONE if found == sha256 else Fault.CHANGED


def whole(sha256: str) -> BufferedReader | None:
    """What is kept under a hash, hashed again before anybody gets it; None where it is damaged, which is noted and told.

    Raises StoreAway.
    """
    with suppress(OSError):
        file = opened(sha256)
        if hashlib.file_digest(file, "sha256").hexdigest() == sha256:
            file.seek(0)
            return file
        file.close()
    return None if look_again(sha256) else opened(sha256)


def _tell(row: Stocktake) -> None:
    logger.error("the bytes kept under %s are %s", row.sha256, row.fault)
    for version in DocumentVersion.everything.filter(sha256=row.sha256).order_by("pk"):
        append(finding_of(version, events.DAMAGED, row.fault, row.looked_at, {"fault": row.fault}))
    transaction.on_commit(nudge, robust=True)
