"""The content-addressed store: bytes are written once, under their own SHA-256."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from apps.documents.checks import LARGEST, LONGEST_SIGNATURE
from apps.documents.models import stored_at

MODE = 0o640


@dataclass(frozen=True, slots=True)
class Received:
    """A file as it came in, still under a passing name."""

    path: Path
    head: bytes
    size: int
    sha256: str


@contextmanager
def received(chunks: Iterable[bytes]) -> Iterator[Received]:
    """Write bytes to a passing file and on to the disk, hashing them; it is gone when the block ends.

    Reading stops as soon as there are more bytes than any file may have.
    """
    path = incoming()
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, MODE), "wb") as file:
            os.fchmod(file.fileno(), MODE)
            digest, size, head = hashlib.sha256(), 0, b""
            for chunk in chunks:
                head = head if len(head) >= LONGEST_SIGNATURE else (head + chunk)[:LONGEST_SIGNATURE]
                size += len(chunk)
                if size > LARGEST:
                    break
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        yield Received(path, head, size, digest.hexdigest())
    finally:
        path.unlink(missing_ok=True)


def keep(file: Received) -> None:
    """Give received bytes their lasting place. Bytes that are there already are left as they are."""
    place = stored_at(file.sha256)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    try:
        os.link(file.path, place)
    except FileExistsError:
        return
    for folder in (place.parent, *place.parent.parents[:3]):
        sync(folder)


def incoming() -> Path:
    """A passing name on the same file system as the store."""
    folder: Path = settings.DOCUMENT_ROOT / "incoming"
    folder.mkdir(parents=True, exist_ok=True, mode=0o750)
    return folder / uuid4().hex


def sync(folder: Path) -> None:
    """Write the entries of a folder to the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
