"""Templates of each methodology, and what a person's program does with a workbook: open it, write cells, calculate, save."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from apps.monitoring.confined.sheets import read
from apps.monitoring.layout import PROCESS, REPORT
from apps.monitoring.methods import CHILLER, FUEL_SWITCH, SOLAR, WASTE_HEAT
from apps.monitoring.template import Key, Template
from apps.monitoring.workbook import workbook

# From a month that is not whole, over a year's end, to a month that is not whole.
FIRST_ON, LAST_ON = date(2025, 11, 10), date(2026, 2, 20)
MONTHS = ("2025-11", "2025-12", "2026-01", "2026-02")


def template(method: Any, items: tuple[str, ...], values: Mapping[tuple[str, str], str], **others: Any) -> Template:
    """A template for the days above."""
    given = {
        "reference": "IN_P001", "title": "Monitored plant", "first_on": FIRST_ON, "last_on": LAST_ON, "edition": "india_2026",
        "values": {key: Decimal(value) for key, value in values.items()}, **others,
    }  # fmt: skip
    return Template(method=method, items=items, **given)


ROOFS, CHILLERS, BOILERS = ("roof A", "roof B"), ("chiller 1", "chiller 2"), ("boiler 1", "boiler 2")
OF_SOLAR = template(SOLAR, ROOFS, {("EF_RE", ""): "0.533"})
OF_CHILLERS = template(
    CHILLER,
    CHILLERS,
    {
        ("COP_PJ_i", "chiller 1"): "6.3", ("COP_PJ_i", "chiller 2"): "5.9",
        ("COP_RE_i", "chiller 1"): "5.67", ("COP_RE_i", "chiller 2"): "5.1", ("EF_elec", ""): "0.716",
    },
)  # fmt: skip
OF_WASTE_HEAT = template(WASTE_HEAT, (), {("EC_CAP", ""): "0.25", ("EF_elec", ""): "0.716"})
OF_BOILERS = template(FUEL_SWITCH, BOILERS, {("eta_RE", ""): "0.87", ("EF_elec", ""): "0.716"})

Values = dict[Key, str]


def rows(symbol: str, item: str, *values: str, times: tuple[str, ...] = MONTHS) -> Values:
    """The values of one column."""
    return {(symbol, item, time): value for time, value in zip(times, values, strict=True)}


SOLAR_VALUES = rows("EG_i", "roof A", "41.7", "60.25", "71.125", "52.01") | rows("EG_i", "roof B", "18.9", "27", "30.3", "20.6")
CHILLER_VALUES = rows("EC_PJ_i", "chiller 1", "210.4", "305.5", "290.75", "199.1") | rows(
    "EC_PJ_i", "chiller 2", "98.2", "140", "133.3", "101.05"
)
WASTE_HEAT_VALUES = rows("EG_SUP", "", "1204.5", "1802.25", "1799", "1100.75") | rows("D_OP", "", "20", "30", "31", "19")
BOILER_VALUES = (
    rows("FC_i", "boiler 1", "41000", "61000.5", "59800", "40100")
    | rows("FC_i", "boiler 2", "20500", "30250", "31000", "20400")
    | rows("NCV", "", "0.0351", "0.0352", "0.0349", "0.035")
    | rows("eta_PJ_i", "boiler 1", "0.93", "0.925", times=("2025", "2026"))
    | rows("eta_PJ_i", "boiler 2", "0.91", "0.915", times=("2025", "2026"))
    | rows("EC_AUX", "", "3.2", "3.5", times=("2025", "2026"))
)


# --- Writing, as a program that knows the heads alone ---------------------------------------------------


@cache
def written(one: str) -> bytes:
    """The empty workbook of a template above, by its name, made once."""
    return workbook(globals()[one])


def opened(content: bytes) -> Workbook:
    """A workbook, to be changed."""
    return load_workbook(BytesIO(content))


def fill(book: Workbook, values: Mapping[Key, Any]) -> None:
    """Write values under the heads of their columns, beside the names of their months and years."""
    page = book[REPORT]
    columns = {(page.cell(3, at).value, page.cell(4, at).value): at for at in range(4, page.max_column + 1)}
    lines = {page.cell(at, 1).value: at for at in range(7, page.max_row + 1)}
    for (symbol, item, time), value in values.items():
        page.cell(lines[time], columns[symbol, item or "all"]).value = Decimal(value)


def saved(book: Workbook, path: Path) -> Path:
    """The path of a workbook that was saved."""
    book.save(path)
    return path


def listed(path: Path) -> Any:
    """What the reader lists of a file."""
    with path.open("rb") as file:
        return read(file)


# --- Calculating, as a spreadsheet program does -------------------------------------------------------

REFERENCE = re.compile(r"(?:'([^']+)'!)?\b([A-Z]{1,2}\d+)(?::([A-Z]{1,2}\d+))?")


class Spreadsheet:
    """Works out the formulas of a workbook, in fractions. It knows the functions that the sheets use."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.functions: dict[str, Callable[..., Any]] = {
            "cell": self.cell, "span": self.span, "INT": lambda one: one // 1, "ROUND": round,
            "SUM": lambda *given: sum(flat(given)),
            "MIN": lambda *given: min(flat(given)), "MAX": lambda *given: max(flat(given)),
        }  # fmt: skip

    def cell(self, sheet: str, place: str) -> Fraction:
        """What a cell comes to."""
        value = self.book[sheet][place].value
        if isinstance(value, str) and value.startswith("="):
            text = REFERENCE.sub(lambda found: call(sheet, *found.groups()), value[1:])
            return Fraction(eval(text, {"__builtins__": {}}, self.functions))  # noqa: S307 - formulas of our own
        return Fraction(0) if value is None else Fraction(str(value))

    def span(self, sheet: str, first: str, last: str) -> list[Fraction]:
        """What each cell of a range comes to."""
        return [self.cell(sheet, one.coordinate) for line in self.book[sheet][f"{first}:{last}"] for one in line]

    def results(self) -> dict[str, Fraction]:
        """Every formula of the calculation sheet, by its cell."""
        page: Worksheet = self.book[PROCESS]
        places = [one.coordinate for line in page.iter_rows() for one in line if one.data_type == "f"]
        return {place: self.cell(PROCESS, place) for place in places}


def call(here: str, sheet: str | None, first: str, last: str | None) -> str:
    """A reference as a call of Python."""
    return f"span({(sheet or here)!r}, {first!r}, {last!r})" if last else f"cell({(sheet or here)!r}, {first!r})"


def flat(given: tuple[Any, ...]) -> list[Any]:
    """Arguments and ranges, one after the other."""
    return [one for each in given for one in (each if isinstance(each, list) else [each])]


def calculated(path: Path, changed: Mapping[str, str] | None = None) -> Path:
    """Put the results of the formulas into a saved workbook, as a spreadsheet program does; `changed` ones by their cell."""
    book = load_workbook(path)
    results = {place: repr(float(value)) for place, value in Spreadsheet(book).results().items()} | dict(changed or {})
    name = f"xl/worksheets/sheet{book.sheetnames.index(PROCESS) + 1}.xml"
    with zipfile.ZipFile(path) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    text = parts[name].decode()
    for place, value in results.items():
        kind = ' t="e"' if value.startswith("#") else ""
        text, count = re.subn(
            rf'<c r="{place}"([^>]*)>(<f>.*?</f>)<v ?/?>(?:</v>)?</c>', rf'<c r="{place}"\1{kind}>\2<v>{value}</v></c>', text
        )
        assert count == 1
    parts[name] = text.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, content in parts.items():
            archive.writestr(one, content)
    return path
