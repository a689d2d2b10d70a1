"""Pictures of a document's pages, and what differs between two versions; both read by a child behind walls."""

from __future__ import annotations

import base64
import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from apps.core.render import keep
from apps.documents.checks import ending
from apps.documents.models import DocumentVersion
from apps.documents.services.store import at_hand
from apps.inspection.services import confined

JOBS = "apps.inspection.confined"
SCALE = 1.25  # 90 dots an inch
# So many pages a child reads the text of within its time.
AT_ONCE = 200
MOST_SHOWN = 400
ADDRESS = re.compile(r"([A-Z]+)([0-9]+)")


@dataclass(frozen=True, slots=True)
class Change:
    """One line, or cell, that differs: where it stands, what it was and what it is; either may be empty."""

    place: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two versions, up to a number of places, and how many there are in all."""

    changes: Sequence[Change]
    count: int


def page_count(version: DocumentVersion) -> int:
    """How many pages a PDF has. Raises Unreadable, OSError, StoreAway."""
    count: int = _read("pages:count", version)
    return count


def picture(version: DocumentVersion, number: int) -> bytes:
    """A page of a PDF, counted from 1, as PNG; drawn once and kept. Raises Unreadable, OSError, StoreAway."""
    place = _kept_at(version, number)
    if place.exists():
        return place.read_bytes()
    drawn = base64.b64decode(_read("pages:drawn", version, number=number - 1, scale=SCALE))
    keep(place, drawn)
    return drawn


def _read(job: str, version: DocumentVersion, **parameters: Any) -> Any:
    with at_hand(version.sha256) as path:
        return confined(f"{JOBS}.{job}", path, **parameters)


def _kept_at(version: DocumentVersion, number: int) -> Path:
    root: Path = settings.DOCUMENT_ROOT
    return root / "pictures" / version.sha256[:2] / version.sha256 / f"{number}.png"


def compared(older: DocumentVersion, newer: DocumentVersion) -> Comparison:
    """What differs between two versions of one kind of file.

    Raises Unreadable, OSError, StoreAway, and ValueError for two kinds of file.
    """
    if ending(older.name) != ending(newer.name):
        raise ValueError(newer.name)
    found = list(_of_texts(older, newer) if ending(newer.name) == ".pdf" else _of_cells(older, newer))
    return Comparison(found[:MOST_SHOWN], len(found))


def _of_texts(older: DocumentVersion, newer: DocumentVersion) -> Iterator[Change]:
    was, now = _lines(older), _lines(newer)
    matcher = difflib.SequenceMatcher(None, [text for _page, text in was], [text for _page, text in now], autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind != "equal":
            page = now[min(start, len(now) - 1)][0] if now else 0
            yield Change(
                str(page), "\n".join(text for _page, text in was[first:last]), "\n".join(text for _page, text in now[start:end])
            )


def _lines(version: DocumentVersion) -> list[tuple[int, str]]:
    """The lines of a PDF with their pages, counted from 1; blanks do not matter."""
    pages: list[str] = []
    with at_hand(version.sha256) as path:
        for first in range(0, confined(f"{JOBS}.pages:count", path), AT_ONCE):
            pages += confined(f"{JOBS}.pages:texts", path, first=first, last=first + AT_ONCE)
    return [(page, " ".join(line.split())) for page, text in enumerate(pages, 1) for line in text.splitlines() if line.strip()]


def _of_cells(older: DocumentVersion, newer: DocumentVersion) -> Iterator[Change]:
    was, now = (_read("cells:values", one) for one in (older, newer))
    for sheet in dict.fromkeys([*was, *now]):
        yield from _of_sheet(sheet, was.get(sheet, {}), now.get(sheet, {}))


def _of_sheet(sheet: str, was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Change]:
    for address in sorted({*was, *now}, key=_in_order):
        if was.get(address) != now.get(address):
            yield Change(f"{sheet}!{address}", was.get(address, ""), now.get(address, ""))


def _in_order(address: str) -> tuple[int, int, str]:
    found = ADDRESS.fullmatch(address)
    return (int(found[2]), len(found[1]), found[1]) if found else (0, 0, address)
