"""What a workbook tells besides what it shows: what is hidden, commented or left over in it, and who made it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO
from xml.etree import ElementTree as ET  # reason: behind walls; what declares types was refused before

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from apps.inspection.confined.child import TooMuch
from apps.inspection.confined.findings import Found, found, once

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
PEOPLE = ("creator", "lastModifiedBy", "Manager", "Company")
CARRIED = {
    "note": re.compile(r"xl/(comments|threadedComments)", re.IGNORECASE),
    "left_over": re.compile(r"xl/(pivotCache|revisions|persons)|customXml/item|docProps/custom", re.IGNORECASE),
    "attached": re.compile(r"xl/(embeddings|media/.*\.(emf|wmf))", re.IGNORECASE),
}
INVISIBLE_FORMAT = ";;;"
LONGEST = 60
MOST_ROWS, MOST_COLUMNS, MOST_CELLS, LONGEST_TEXT = 20_000, 300, 200_000, 500


def names(file: BinaryIO) -> list[str]:
    """The names of a workbook's sheets, in order."""
    with zipfile.ZipFile(file) as opened:
        return [one.get("name", "") for one in _root(opened, "xl/workbook.xml").iter(f"{MAIN}sheet")]


def values(file: BinaryIO) -> dict[str, dict[str, str]]:
    """What stands in each filled cell, by sheet and address; of a formula its text. Raises TooMuch."""
    book = load_workbook(file, read_only=True, keep_links=False)
    found = {sheet.title: dict(_filled(sheet)) for sheet in book.worksheets}
    if sum(map(len, found.values())) > MOST_CELLS:
        raise TooMuch
    return found


def _filled(sheet: Any) -> Iterator[tuple[str, str]]:
    for number, row in enumerate(sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS), 1):
        for cell in row:
            if cell.value is not None:
                yield f"{get_column_letter(cell.column)}{number}", str(getattr(cell.value, "text", cell.value))[:LONGEST_TEXT]


def leaks(twin: BinaryIO, original: BinaryIO) -> list[Found]:
    """What a public version gives away; of the original the sheets are named, and no more."""
    known = names(original)
    return [*(found("other_sheet", sheet=one) for one in names(twin) if one not in known), *of(twin)]


def of(file: BinaryIO) -> list[Found]:
    """Every trace, each kind once for each sheet."""
    with zipfile.ZipFile(file) as opened:
        return once(_all(opened), "sheet")


def _all(opened: zipfile.ZipFile) -> Iterator[Found]:
    book = _root(opened, "xl/workbook.xml")
    for sheet in book.iter(f"{MAIN}sheet"):
        if sheet.get("state", "visible") != "visible":
            yield found("hidden_sheet", sheet=sheet.get("name", ""))
    for name in book.iter(f"{MAIN}definedName"):
        if name.get("hidden") in {"1", "true"} and not name.get("name", "").startswith("_xlnm"):
            yield found("hidden_name", where=name.get("name", "")[:LONGEST])
    yield from _people(opened)
    yield from _carried(opened)
    yield from _in_sheets(opened)


def _people(opened: zipfile.ZipFile) -> Iterator[Found]:
    for part in ("docProps/core.xml", "docProps/app.xml"):
        for one in _root(opened, part).iter() if part in opened.namelist() else ():
            name = one.tag.rpartition("}")[2]
            if name in PEOPLE and (one.text or "").strip():
                yield found("person", where=f"{name}: {(one.text or '')[:LONGEST]}")


def _carried(opened: zipfile.ZipFile) -> Iterator[Found]:
    for name in opened.namelist():
        for check, pattern in CARRIED.items():
            if pattern.match(name):
                yield found(check, where=name[:LONGEST])


def _in_sheets(opened: zipfile.ZipFile) -> Iterator[Found]:
    used: set[int] = set()
    invisible = _invisible_styles(opened)
    for name in sorted(one for one in opened.namelist() if re.match(r"xl/worksheets/[^/]+\.xml\Z", one)):
        sheet = name.rpartition("/")[2]
        for _event, one in ET.iterparse(opened.open(name)):  # noqa: S314 # reason: as above
            yield from _hidden(one, sheet, invisible)
            if one.tag == f"{MAIN}c" and one.get("t") == "s":
                used.add(int(one.findtext(f"{MAIN}v", "-1")))
    yield from _never_shown(opened, used)


def _hidden(one: ET.Element, sheet: str, invisible: set[int]) -> Iterator[Found]:
    if one.tag == f"{MAIN}row" and one.get("hidden") in {"1", "true"}:
        yield found("hidden_row", sheet=sheet, where=one.get("r", ""))
    elif one.tag == f"{MAIN}col" and one.get("hidden") in {"1", "true"}:
        yield found("hidden_column", sheet=sheet, where=one.get("min", ""))
    elif one.tag == f"{MAIN}c" and int(one.get("s", "0")) in invisible and len(one):
        yield found("hidden_value", sheet=sheet, where=one.get("r", ""))


def _invisible_styles(opened: zipfile.ZipFile) -> set[int]:
    """The cell formats by which a value is not shown at all."""
    if "xl/styles.xml" not in opened.namelist():
        return set()
    styles = _root(opened, "xl/styles.xml")
    formats = {
        one.get("numFmtId") for one in styles.iter(f"{MAIN}numFmt") if (one.get("formatCode") or "").startswith(INVISIBLE_FORMAT)
    }
    used = styles.find(f"{MAIN}cellXfs")
    return {number for number, one in enumerate(used if used is not None else ()) if one.get("numFmtId") in formats}


def _never_shown(opened: zipfile.ZipFile, used: set[int]) -> Iterator[Found]:
    """Words that the workbook keeps and no cell shows any more."""
    if "xl/sharedStrings.xml" not in opened.namelist():
        return
    for number, one in enumerate(_root(opened, "xl/sharedStrings.xml").iter(f"{MAIN}si")):
        text = "".join(one.itertext()).strip()
        if number not in used and text:
            yield found("deleted_text", where=text[:LONGEST])


def _root(opened: zipfile.ZipFile, part: str) -> ET.Element:
    return ET.fromstring(opened.read(part))  # noqa: S314 # reason: as above
