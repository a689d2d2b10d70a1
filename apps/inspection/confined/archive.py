"""Looks at the ZIP archive that a spreadsheet is, before anything is unpacked: entries, names, sizes, nothing before or after."""

from __future__ import annotations

import re
import stat
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from apps.inspection.confined.findings import Found, found, plain

MOST_ENTRIES = 2_000
LARGEST_UNPACKED = 200 * 1024 * 1024
HIGHEST_RATIO = 200
SMALL_ENTRY = 1024 * 1024
PIECE = 1024 * 1024
LONGEST_NAME = 100
LOCAL_HEADER = 30
ENCRYPTED = 0x1
TAKEN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

# What an archive within the archive begins with: ZIP, RAR, 7z, gzip, bzip2, xz, cabinet, compound file.
NESTED = (
    b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"MSCF", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
)  # fmt: skip
PROGRAMS = (b"MZ", b"\x7fELF", b"#!")
UNSAFE_NAME = re.compile(r"\A[/\\]|\\|\A[A-Za-z]:|(?:\A|/)\.\.(?:/|\Z)|[\x00-\x1f\x7f]")


def problems(file: BinaryIO, archive: zipfile.ZipFile) -> Iterator[Found]:
    """What is wrong with the archive as such. Entries are inflated in pieces and counted, whatever they say of their size."""
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        yield found("entries", count=len(entries), most=MOST_ENTRIES)
        return
    yield from _names(entries)
    yield from _places(file, archive, entries)
    for entry in entries:
        yield from _kind(entry)
    yield from _sizes(archive, entries)


def _names(entries: list[zipfile.ZipInfo]) -> Iterator[Found]:
    seen: set[str] = set()
    for entry in entries:
        name = entry.orig_filename
        if UNSAFE_NAME.search(name):
            yield found("entry_name", part=_shown(name))
        if name.casefold() in seen:
            yield found("entry_twice", part=_shown(name))
        seen.add(name.casefold())


def _places(file: BinaryIO, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Iterator[Found]:
    """Entries follow each other from the first byte on, none within another, and nothing stands behind the directory."""
    end = 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        if entry.header_offset < end:
            yield found("entry_overlaps", part=_shown(entry.filename))
            return
        end = entry.header_offset + LOCAL_HEADER + len(entry.orig_filename.encode()) + entry.compress_size
    if entries and min(one.header_offset for one in entries) != 0:
        yield found("before")
    if archive.comment:
        yield found("behind")
    file.seek(-22, 2)
    if file.read(4) != b"PK\x05\x06":
        yield found("behind")


def _kind(entry: zipfile.ZipInfo) -> Iterator[Found]:
    if entry.flag_bits & ENCRYPTED:
        yield found("encrypted")
    elif entry.compress_type not in TAKEN:
        yield found("packing", part=_shown(entry.filename))
    mode = entry.external_attr >> 16
    if mode and stat.S_ISLNK(mode):
        yield found("entry_name", part=_shown(entry.filename))


def _sizes(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Iterator[Found]:
    total = 0
    for entry in entries:
        if entry.flag_bits & ENCRYPTED or entry.compress_type not in TAKEN:
            continue
        size = 0
        with archive.open(entry) as opened:
            while piece := opened.read(PIECE):
                if not size and piece.startswith((*NESTED, *PROGRAMS)):
                    yield found("nested", part=_shown(entry.filename))
                size += len(piece)
                total += len(piece)
                if total > LARGEST_UNPACKED or (size > SMALL_ENTRY and size > HIGHEST_RATIO * max(entry.compress_size, 1)):
                    yield found("bomb", where=_shown(entry.filename))
                    return
        if size != entry.file_size:
            yield found("broken", what=_shown(entry.filename))


def _shown(name: str) -> str:
    return plain(name, LONGEST_NAME, "?")
