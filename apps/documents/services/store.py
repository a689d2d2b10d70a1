"""The content-addressed store: bytes are written once, under their own SHA-256; on disk, or on an S3-compatible service."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import storages

from apps.documents.checks import LARGEST, LONGEST_SIGNATURE
from apps.documents.models import INCOMING, place_of, stored_at

if TYPE_CHECKING:
    from apps.documents.services.bucket import Bucket

MODE = 0o640
# The entry of STORAGES that names a service; without it the store is on disk.
ELSEWHERE = "documents"


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
        with _new(path) as file:
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
    """Give received bytes their lasting place. Bytes that are there already are left as they are. Raises StoreAway."""
    if (bucket := _bucket()) is not None:
        bucket.put(place_of(file.sha256), file.path, file.sha256)
        return
    place = stored_at(file.sha256)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    try:
        os.link(file.path, place)
    except FileExistsError:
        return
    for folder in (place.parent, *place.parent.parents[:3]):
        sync(folder)


@contextmanager
def at_hand(sha256: str) -> Iterator[Path]:
    """The bytes that are kept under a hash, as a file of this machine; a copy is gone when the block ends.

    Raises OSError when they are not there, at the latest when the file is opened, and StoreAway.
    """
    if (bucket := _bucket()) is None:
        yield stored_at(sha256)
        return
    path = incoming()
    try:
        with _new(path) as file:
            bucket.fetch(place_of(sha256), file)
        yield path
    finally:
        path.unlink(missing_ok=True)


def opened(sha256: str) -> BufferedReader:
    """The bytes that are kept under a hash. Raises OSError when they are not there, and StoreAway."""
    with at_hand(sha256) as path:
        return path.open("rb")


def is_kept(sha256: str) -> bool:
    """Whether there are bytes under a hash. Raises StoreAway."""
    bucket = _bucket()
    return stored_at(sha256).exists() if bucket is None else bucket.has(place_of(sha256))


def _bucket() -> Bucket | None:
    return cast("Bucket", storages[ELSEWHERE]) if ELSEWHERE in settings.STORAGES else None


def _new(path: Path) -> BinaryIO:
    file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, MODE), "wb")
    os.fchmod(file.fileno(), MODE)
    return file


def incoming() -> Path:
    """A passing name on the same file system as the store."""
    folder: Path = settings.DOCUMENT_ROOT / INCOMING
    folder.mkdir(parents=True, exist_ok=True, mode=0o750)
    return folder / uuid4().hex


def sync(folder: Path) -> None:
    """Write the entries of a folder to the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
