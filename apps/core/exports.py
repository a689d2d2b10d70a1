"""Tables for other programs: CSV and XLSX in which nothing that people have written ever becomes a formula."""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from types import MappingProxyType
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.urls import register_converter
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

# What a spreadsheet program may take for the beginning of a formula, full-width forms and the minus sign of
# Japanese input among them. Source: OWASP, CSV injection; ASVS 5.0, 1.2.10.
BEGINS_A_FORMULA = frozenset("=+-@|%\t\r\n＝＋－＠\u2212\u2010\u2011\u2012\u2013\uff5c")
# What such a text gets in front, so that it stays a text: the sign by which spreadsheet programs mean just that.
QUOTE = "'"
# What stands in front of a formula without being seen.
UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
LONGEST_CELL = 32_767
LONGEST_NAME = 31
FORBIDDEN_IN_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", "_"))
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MEDIA_TYPES = {**TYPES, "pdf": "application/pdf"}
NO_MORE: Mapping[str, str] = MappingProxyType({})

Cell = str | int | date | None


@dataclass(frozen=True, slots=True)
class Table:
    """What is exported: a name, the columns' heads, rows of texts, whole numbers and days."""

    name: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Export:
    """A spreadsheet that the site hands out: the name of the address where it is had, and the endings that it has there."""

    address: str
    endings: tuple[str, ...]


class EndingConverter:
    """The ending of a table for other programs, as an address has it: `<table:ending>`."""

    regex = "|".join(TYPES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(EndingConverter, "table")

_declared: dict[str, Export] = {}


def declare(address: str, *endings: str) -> Export:
    """Make an export known, once for an address: the tests then demand that it is tried with everything that could be live.

    Raises ValueError for an ending that no table has.
    """
    if not endings or not set(endings) <= set(TYPES):
        raise ValueError(f"{address}: a table ends in {' or '.join(TYPES)}")
    return _declared.setdefault(address, Export(address, endings))


def declared() -> tuple[Export, ...]:
    """Every export of the site, as far as its views are loaded."""
    return tuple(_declared.values())


def exported(export: Export, table: Table, ending: str, file_name: str) -> HttpResponse:
    """A table as a download, `csv` or `xlsx`. Days are written as YYYY-MM-DD, numbers without separators."""
    return download(as_csv(table) if ending == "csv" else as_xlsx(table), f"{file_name}.{ending}", export=export)


def download(
    content: bytes, file_name: str, headers: Mapping[str, str] = NO_MORE, *, export: Export | None = None
) -> HttpResponse:
    """A file of ours, of the type that its ending says, which no browser opens within this site; with more headers as given.

    Raises LookupError for a spreadsheet that no declared export hands out.
    """
    ending = file_name.rpartition(".")[2]
    if ending in TYPES and (export is None or export not in declared() or ending not in export.endings):
        raise LookupError(f"{file_name}: declare the export that hands it out")
    disposition = f'attachment; filename="{file_name}"'
    own = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, MEDIA_TYPES[ending], headers={**own, **headers})


def streamed(export: Export, table: Table, file_name: str) -> StreamingHttpResponse:
    """A table as CSV, written while its rows are read, however many there are. Raises LookupError as `download` does."""
    if export not in declared() or "csv" not in export.endings:
        raise LookupError(f"{file_name}: declare the export that hands it out")
    disposition = f'attachment; filename="{file_name}.csv"'
    own = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
    return StreamingHttpResponse(csv_lines(table), content_type=TYPES["csv"], headers=own)


def as_csv(table: Table) -> bytes:
    """UTF-8 with a byte order mark, by which spreadsheet programs know it; every text in quotes."""
    return b"".join(csv_lines(table))


def csv_lines(table: Table) -> Iterator[bytes]:
    """The same line by line."""
    yield codecs.BOM_UTF8
    into = io.StringIO(newline="")
    writer = csv.writer(into, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    for row in chain([[guarded(head) for head in table.heads]], ([_plain(cell) for cell in row] for row in table.rows)):
        writer.writerow(row)
        yield into.getvalue().encode()
        into.seek(0)
        into.truncate()


def as_xlsx(table: Table) -> bytes:
    """A workbook with one sheet. Texts are stored as texts, letter by letter, and marked to stay so when they are edited."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(table.name.translate(FORBIDDEN_IN_NAME)[:LONGEST_NAME])
    for row in (table.heads, *table.rows):
        sheet.append([_cell(sheet, cell) for cell in row])
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


def guarded(text: str) -> str:
    """A text that no spreadsheet program takes for a formula; as it was where none would."""
    return f"{QUOTE}{text}" if looks_live(text) else text


def looks_live(text: str) -> bool:
    """Whether a spreadsheet program may take a text for a formula, whatever stands in front of it unseen."""
    seen = next((one for one in text if one in BEGINS_A_FORMULA or unicodedata.category(one) not in UNSEEN), "")
    return seen in BEGINS_A_FORMULA


def _plain(cell: Cell) -> Any:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return _printable(guarded(cell)) if isinstance(cell, str) else cell


def _printable(text: str) -> str:
    return ILLEGAL_CHARACTERS_RE.sub("\ufffd", text)


def _cell(sheet: Any, cell: Cell) -> Any:
    if isinstance(cell, int):
        return cell
    text = cell.isoformat() if isinstance(cell, date) else cell
    if not text:
        return None
    found = WriteOnlyCell(sheet, _printable(text)[:LONGEST_CELL])
    found.data_type, found.quotePrefix = "s", looks_live(text)
    return found
