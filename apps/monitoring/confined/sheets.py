"""What stands in the cells of a workbook that somebody sent, as plain values. It runs where it can do no harm.

Nothing here knows the site, and nothing is judged: the cells are listed, and that is all. Texts and
the size of the list are bounded, whatever the file says of itself.
"""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

# What the parts of the file may come to when they are unpacked.
MOST_BYTES = 64 * 1024 * 1024
MOST_SHEETS, MOST_ROWS, MOST_COLUMNS, MOST_CELLS, LONGEST_TEXT = 20, 12_000, 300, 60_000, 10_000
# What a cell holds, in one letter: a number, a text, a truth value, a day or time, an error, a formula.
NUMBER, TEXT, TRUTH, DAY, ERROR, FORMULA = "n", "s", "b", "d", "e", "f"
MOMENTS = (dt.date, dt.time, dt.timedelta)


class TooMuch(ValueError):
    """The workbook holds more than any of ours."""


def read(file: BinaryIO) -> dict[str, Any]:
    """The cells of an XLSX file, sheet by sheet: {"sheets": [{"name", "cells": [[address, kind, value, kind, value]]}]}.

    The second pair is what the spreadsheet program last calculated for a formula; null where it did not. Numbers are
    texts, written with the fewest digits that name them. {"unreadable": reason} for what is no workbook.
    """
    try:
        return {"sheets": _sheets(file)}
    except Exception as error:  # noqa: BLE001 # reason: whatever a broken or hostile file brings about, it is unreadable
        return {"unreadable": f"{type(error).__name__}: {error}"[:LONGEST_TEXT]}


def _sheets(file: BinaryIO) -> list[dict[str, Any]]:
    with zipfile.ZipFile(file) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_BYTES:
            raise TooMuch(f"more than {MOST_BYTES} bytes when unpacked")
    formulas, results = (_cells(file, results=results) for results in (False, True))
    return [
        {"name": name, "cells": [_row(place, cell, results.get(name, {}).get(place)) for place, cell in cells.items()]}
        for name, cells in formulas.items()
    ]


def _row(place: str, cell: tuple[str, str], result: tuple[str, str] | None) -> list[str | None]:
    if cell[0] != FORMULA or result is None:
        return [place, *cell, None, None]
    return [place, *cell, *result]


def _cells(file: BinaryIO, *, results: bool) -> dict[str, dict[str, tuple[str, str]]]:
    """Every cell that is not empty; with `results`, what formulas came to in place of the formulas."""
    file.seek(0)
    book = load_workbook(file, read_only=True, data_only=results, keep_links=False)
    if len(book.worksheets) > MOST_SHEETS:
        raise TooMuch(f"more than {MOST_SHEETS} sheets")
    found = {sheet.title: dict(_filled(sheet)) for sheet in book.worksheets}
    if sum(map(len, found.values())) > MOST_CELLS:
        raise TooMuch(f"more than {MOST_CELLS} filled cells")
    return found


def _filled(sheet: Any) -> Iterator[tuple[str, tuple[str, str]]]:
    count = 0
    # Our bounds, whatever the file says of its own size.
    for row in sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS):
        for cell in row:
            if cell.value is None:
                continue
            count += 1
            if count > MOST_CELLS:
                raise TooMuch(f"more than {MOST_CELLS} filled cells")
            yield f"{get_column_letter(cell.column)}{cell.row}", _plain(cell.value, cell.data_type)


def _plain(value: Any, kind: str) -> tuple[str, str]:
    if isinstance(value, ArrayFormula | DataTableFormula):
        return FORMULA, str(getattr(value, "text", None) or value.ref)[:LONGEST_TEXT]
    if isinstance(value, bool):
        return TRUTH, str(value)
    if isinstance(value, MOMENTS):
        return DAY, value.isoformat() if not isinstance(value, dt.timedelta) else str(value)
    if isinstance(value, int | float):
        return NUMBER, repr(value)
    return (kind if kind in {FORMULA, ERROR} else TEXT), str(value)[:LONGEST_TEXT]
