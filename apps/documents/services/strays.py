"""Removing what a kill or a roll-back left under a passing name."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from apps.core import clock
from apps.documents.models import INCOMING, QUARANTINE, Upload
from apps.documents.services.uploads import KEPT_FOR


def clear_strays() -> int:
    """Remove the files on their way in that belong to no upload and were not touched for a day; returns how many.

    What belongs to an upload goes with it.
    """
    # Rows are read before the folder: a file whose row is younger than that is younger than a day too.
    owned = {token.hex for token in Upload.objects.values_list("token", flat=True)}
    strays = [*_old(INCOMING), *(one for one in _old(QUARANTINE) if one.name not in owned)]
    for one in strays:
        one.unlink(missing_ok=True)
    return len(strays)


def _old(name: str) -> Iterator[Path]:
    """The files of a folder that were not touched for a day; nothing that is no plain file, nor what goes meanwhile."""
    folder, before = Path(settings.DOCUMENT_ROOT, name), (clock.now() - KEPT_FOR).timestamp()
    if not folder.is_dir():
        return
    with os.scandir(folder) as found:
        for one in found:
            if one.is_file(follow_symlinks=False) and _touched_at(one) < before:
                yield Path(one.path)


def _touched_at(one: os.DirEntry[str]) -> float:
    """When a file was last written to, in seconds; one that is gone meanwhile is as good as new."""
    try:
        return one.stat(follow_symlinks=False).st_mtime
    except FileNotFoundError:
        return float("inf")
