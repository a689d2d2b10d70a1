"""A spreadsheet that was handed out, opened again: with Python's csv, with openpyxl, and as the XML that it is made of."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from openpyxl import load_workbook

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# What a spreadsheet program calculates, follows or fetches.
LIVE = frozenset({
    "f", "formula", "formula1", "formula2", "hyperlink", "definedName", "externalReference", "oleObject", "control",
})  # fmt: skip

Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Opened:
    """A workbook: its parts, what is live in them in their order, and its cells that hold a text."""

    parts: tuple[str, ...]
    live: tuple[tuple[str, str, str], ...]
    texts: dict[Place, str]
    loose: tuple[Place, ...]


def opened(content: bytes) -> Opened:
    """A workbook as it is found; `loose` are texts that would be tried as a formula once they are edited."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    live = tuple(found for name in sorted(parts) if name.endswith(".xml") for found in _live(name, parts[name]))
    cells = [
        (page.title, cell) for page in load_workbook(io.BytesIO(content)).worksheets for row in page.iter_rows() for cell in row
    ]
    texts = {(title, cell.row, cell.column): cell for title, cell in cells if cell.data_type == "s"}
    return Opened(
        tuple(sorted(parts)),
        live,
        {place: str(cell.value) for place, cell in texts.items()},
        tuple(place for place, cell in texts.items() if not cell.quotePrefix),
    )


def _live(name: str, part: bytes) -> list[tuple[str, str, str]]:
    """The part, where it is, and what it says: of a formula its cell."""
    found = []
    for cell in ET.fromstring(part).iter():  # noqa: S314 - files of our own
        for one in cell:
            kind = one.tag.removeprefix(MAIN)
            if kind in LIVE:
                found.append((name, f"{kind} {cell.get('r') or cell.get('sqref') or ''}", one.text or str(one.attrib)))
    return found


def table(answer: Any) -> list[list[str]]:
    """The rows of a CSV file."""
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def kept(payload: str) -> str:
    """What is left of a text in a file: controls that XML cannot hold are replaced."""
    return payload.replace("\x1f", "\ufffd")
