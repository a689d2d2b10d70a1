"""Cells of a sheet, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from openpyxl.utils import get_column_letter

from apps.monitoring.template import Key

README, PLAN, REPORT, PROCESS = "README", "MPS (input)", "MRS (input)", "MRS (calc_process)"

Place: TypeAlias = tuple[int, int]


class Kind(StrEnum):
    """What a cell is for, and so how it looks and how it is judged."""

    TITLE = "title"
    # Words that help; nobody minds when they are gone.
    NOTE = "note"
    IDENTITY = "identity"
    HEADING = "heading"
    LABEL = "label"
    UNIT = "unit"
    DAY = "day"
    FIXED = "fixed"
    ENTRY = "entry"
    FORMULA = "formula"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a text, a day, a number, a formula (with its "="), or None where a value is to be filled in.

    `key` says which figure it holds; `most` is the greatest value that can be true.
    """

    kind: Kind
    value: str | date | Decimal | None
    key: Key | None = None
    most: Decimal | None = None


@dataclass(slots=True)
class Sheet:
    """A sheet, cell by cell. A row is known by its texts in `row_keys`, a column by those in `column_keys`."""

    name: str
    row_keys: tuple[int, ...] = (1,)
    column_keys: tuple[int, ...] = ()
    widths: tuple[int, ...] = ()
    cells: dict[Place, Cell] = field(default_factory=dict)
    last_row: int = 0
    last_column: int = 0

    def put(self, row: int, column: int, kind: Kind, value: str | date | Decimal | None, key: Key | None = None) -> None:
        """Set one cell."""
        self.cells[row, column] = Cell(kind, value, key)
        self.last_row, self.last_column = max(self.last_row, row), max(self.last_column, column)

    def put_row(self, row: int, kind: Kind, *values: str) -> None:
        """Set the first cells of a row; an empty text leaves its cell empty."""
        for column, value in enumerate(values, start=1):
            if value:
                self.put(row, column, kind, value)

    @property
    def next_row(self) -> int:
        return self.last_row + 1

    def of_kind(self, kind: Kind) -> Iterator[tuple[Place, Cell]]:
        """The cells of a kind, row by row."""
        yield from ((place, cell) for place, cell in sorted(self.cells.items()) if cell.kind == kind)

    def reference(self, place: Place) -> str:
        """A cell as formulas of other sheets name it: 'MRS (input)'!D8."""
        return f"'{self.name}'!{address(place)}"


def address(place: Place) -> str:
    """A cell's address in its sheet: D8."""
    row, column = place
    return f"{get_column_letter(column)}{row}"
