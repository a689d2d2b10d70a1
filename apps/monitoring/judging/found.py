"""The cells of a workbook as they were read, by sheet and place; and problems that name their cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, TypeAlias

from openpyxl.utils.cell import coordinate_to_tuple

from apps.core.errors import Problem
from apps.monitoring.confined.sheets import MOST_COLUMNS, MOST_ROWS, NUMBER
from apps.monitoring.layout import Place, address
from apps.monitoring.template import Key

PLACE = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")


@dataclass(frozen=True, slots=True)
class Found:
    """A cell that was read: what it holds, and for a formula what it last came to."""

    kind: str
    value: str
    result: tuple[str, str] | None = None

    @property
    def text(self) -> str:
        return self.value.strip()


Cells: TypeAlias = Mapping[Place, Found]


def cells_of(raw: Mapping[str, Any]) -> dict[str, Cells]:
    """The cells of each sheet. Raises ValueError, TypeError or KeyError where the reader's answer is no answer."""
    return {str(one["name"]): dict(map(_found, one["cells"])) for one in raw["sheets"]}


def _found(row: list[str | None]) -> tuple[Place, Found]:
    place, kind, value, result_kind, result = row
    came_to = None if result_kind is None or result is None else (str(result_kind), str(result))
    line, column = coordinate_to_tuple(str(place)) if PLACE.fullmatch(str(place)) else (0, 0)
    if not (0 < line <= MOST_ROWS and 0 < column <= MOST_COLUMNS):
        raise ValueError(f"{place} is outside what the reader reads")
    return (line, column), Found(str(kind), str(value), came_to)


def number(kind: str, value: str) -> Fraction | None:
    """The exact number that a cell holds; None where it holds none."""
    if kind != NUMBER:
        return None
    try:
        read = Decimal(value)
    except InvalidOperation:
        return None
    return Fraction(read) if read.is_finite() else None


def cell_name(sheet: str, place: Place) -> str:
    """A cell as problems name it: MRS (input)!D14."""
    return f"{sheet}!{address(place)}"


def at(code: str, sheet: str, place: Place, text: str) -> Problem:
    """A problem with a cell, which stands before the sentence and is its field."""
    name = cell_name(sheet, place)
    return Problem(code, f"{name}: {text}", name)


def named(key: Key) -> str:
    """A figure in words: its symbol, its item and its time."""
    return ", ".join(filter(None, key))


def figure(value: Fraction | Decimal) -> str:
    """A number for people: all its decimals where it has an end, else twelve of them."""
    exact = Fraction(value)
    if exact.denominator == 1:
        return str(exact.numerator)
    rounded = round(exact, 12)
    text = f"{Decimal(rounded.numerator) / Decimal(rounded.denominator):.12f}".rstrip("0")
    return text.rstrip(".")
