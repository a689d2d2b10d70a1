"""What no declared methodology shows yet: a ratio of a year in a formula of months, least and greatest, one year alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from apps.core.canonical import canonical, sha256
from apps.monitoring.calculation import calculated, years_of
from apps.monitoring.declaration import Fixed, Formula
from apps.monitoring.layout import Kind, address, laid_out
from apps.monitoring.services import read_sheets
from apps.monitoring.template import VERSION
from apps.monitoring.workbook import workbook
from tests.monitoring.desk import MONTHS, Spreadsheet, fill, opened, rows, saved, template
from tests.monitoring.small import ANNUAL, MONTHLY, declared, measured

METHOD = declared(
    Formula("X", "heat that counts", "MWh", "min(EG * ETA, CAP_M)", MONTHLY),
    Formula("Y", "what is left", "MWh", "max(X - AUX, 0)"),
    re="Y * EF",
    pe="-(0 - AUX) * EF / 2",
    measured=(measured("EG", "MWh"), measured("ETA", "1", ANNUAL, adds_up=False), measured("AUX", "MWh", ANNUAL)),
    fixed=(Fixed("EF", "factor", "tCO2e/MWh", "list"), Fixed("CAP_M", "most of a month", "MWh", "plate")),
)
TEMPLATE = template(METHOD, (), {("EF", ""): "0.5", ("CAP_M", ""): "90"})
VALUES = (
    rows("EG", "", "100", "120", "80", "50")
    | rows("ETA", "", "0.8", "0.5", times=("2025", "2026"))
    | rows("AUX", "", "30.5", "70", times=("2025", "2026"))
)
READINGS = {key: Fraction(value) for key, value in VALUES.items()}


def test_a_ratio_of_a_year_counts_in_each_of_its_months() -> None:
    known = calculated(TEMPLATE, READINGS)
    assert [known["X", "", month] for month in MONTHS] == [80, 90, 40, 25]
    assert [(known["X", "", year], known["Y", "", year]) for year in ("2025", "2026")] == [
        (170, Fraction("139.5")), (65, 0),
    ]  # fmt: skip
    found = [(one.reference, one.project, one.reduction, one.tonnes) for one in years_of(TEMPLATE, READINGS)]
    assert found == [
        (Fraction("69.75"), Fraction("7.625"), Fraction("62.125"), 62), (0, Fraction("17.5"), Fraction("-17.5"), -18),
    ]  # fmt: skip


def test_the_sheet_comes_to_the_same(tmp_path: Path) -> None:
    book = opened(workbook(TEMPLATE))
    fill(book, VALUES)
    results = Spreadsheet(book).results()
    last = max(int(place[1:]) for place in results)
    assert [results[f"{column}{last}"] for column in "FGH"] == [62, -18, 44]
    assert [results[f"{column}{last - 1}"] for column in "FGH"] == [Fraction("62.125"), Fraction("-17.5"), Fraction("44.625")]
    found = read_sheets(path=saved(book, tmp_path / "filled"), template=TEMPLATE)
    assert (found.problems, found.readings) == ((), READINGS)


def test_a_period_of_one_month_has_one_row(tmp_path: Path) -> None:
    short = replace(TEMPLATE, first_on=date(2025, 12, 5), last_on=date(2025, 12, 20))
    book = opened(workbook(short))
    one = {key: value for key, value in VALUES.items() if key[2] in {"2025-12", "2025"}}
    fill(book, one)
    found = read_sheets(path=saved(book, tmp_path / "filled"), template=short)
    assert found.problems == ()
    assert [(year.year, year.tonnes) for year in years_of(short, found.readings)] == [(2025, 22)]
    assert Spreadsheet(book).results()["F3"] == 120


# Whoever changes the layout counts VERSION up, and writes both down here.
LAID_OUT = (2, "26e4a23b484a8c266504d57ef7f1bfb41d56eab82fc2453fcddf0bf888e5e934")


def test_another_layout_has_another_version() -> None:
    cells = [
        [sheet.name, address(place), cell.kind, str(cell.value)]
        for sheet in laid_out(TEMPLATE)
        for place, cell in sorted(sheet.cells.items())
        if cell.kind not in {Kind.NOTE, Kind.IDENTITY}
    ]
    assert (VERSION, sha256(canonical(cells))) == LAID_OUT
