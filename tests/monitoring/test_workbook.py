"""The workbook that people download: what is open, what is protected, what it says of itself, and that texts stay texts."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from apps.core.errors import NotReady
from apps.monitoring.layout import PLAN, PROCESS, README, REPORT
from apps.monitoring.methods import FUEL_SWITCH, SOLAR, WASTE_HEAT
from apps.monitoring.services import read_sheets, write_sheets
from apps.monitoring.template import Template
from apps.monitoring.workbook import file_name
from tests.monitoring import desk
from tests.monitoring.desk import OF_BOILERS, OF_CHILLERS, OF_SOLAR, OF_WASTE_HEAT, SOLAR_VALUES, fill, opened, saved


def test_the_sheets_stand_in_their_order_and_the_report_is_open_first() -> None:
    book = opened(desk.written("OF_BOILERS"))
    assert book.sheetnames == [README, PLAN, REPORT, PROCESS]
    assert book.active.title == REPORT
    assert all(page.protection.sheet for page in book.worksheets)
    assert book.properties.creator == "Joint Crediting Mechanism"


def test_only_the_cells_to_fill_are_open_and_coloured() -> None:
    book = opened(desk.written("OF_BOILERS"))
    cells = [(page.title, cell) for page in book.worksheets for line in page.iter_rows() for cell in line]
    monthly = {f"{column}{row}" for column in "DEF" for row in range(7, 11)}
    yearly = {f"{column}{row}" for column in "GHI" for row in range(11, 13)}
    assert {cell.coordinate for name, cell in cells if not cell.protection.locked and name == REPORT} == monthly | yearly
    assert {name for name, cell in cells if not cell.protection.locked} == {REPORT}
    assert {cell.coordinate for _name, cell in cells if cell.fill.fgColor.rgb == "00FFF6CC"} == monthly | yearly


def test_rows_are_calendar_months_and_years_with_their_days() -> None:
    page = opened(desk.written("OF_BOILERS"))[REPORT]
    found = [tuple(page.cell(row, column).value for column in (1, 2, 3)) for row in range(7, 13)]
    days = [(name, first.date().isoformat(), last.date().isoformat()) for name, first, last in found]
    assert days == [
        ("2025-11", "2025-11-10", "2025-11-30"), ("2025-12", "2025-12-01", "2025-12-31"),
        ("2026-01", "2026-01-01", "2026-01-31"), ("2026-02", "2026-02-01", "2026-02-20"),
        ("2025", "2025-11-10", "2025-12-31"), ("2026", "2026-01-01", "2026-02-20"),
    ]  # fmt: skip


def test_only_numbers_from_zero_can_be_typed_in() -> None:
    page = opened(desk.written("OF_BOILERS"))[REPORT]
    found = [(str(one.sqref), one.type, one.operator, one.formula1, one.formula2) for one in page.data_validations.dataValidation]
    assert found == [
        *((f"{column}7:{column}10", "decimal", "greaterThanOrEqual", "0", None) for column in "DEF"),
        *((f"{column}11:{column}12", "decimal", "between", "0", "1") for column in "GH"),
        ("I11:I12", "decimal", "greaterThanOrEqual", "0", None),
    ]
    assert "GJ/m3" in page.data_validations.dataValidation[2].error


def test_the_file_says_what_it_is_in_cells_that_people_see() -> None:
    page = opened(desk.written("OF_BOILERS"))[README]
    assert page.sheet_state == "visible"
    assert {page.cell(row, 1).value: page.cell(row, 2).value for row in range(6, 15)} == {
        "Method": "boiler_fuel_switch",
        "Declaration (SHA-256)": FUEL_SWITCH.digest,
        "Template version": "2",
        "Edition of the rules": "india_2026",
        "Project": "IN_P001",
        "First monitored day": "2025-11-10",
        "Last monitored day": "2026-02-20",
        "Items": "boiler 1; boiler 2",
        "Approved version": "none",
    }


def test_the_plan_holds_options_and_fixed_values() -> None:
    page = opened(desk.written("OF_WASTE_HEAT"))[PLAN]
    lines = [[cell.value for cell in line] for line in page.iter_rows(min_row=4)]
    assert [line[:2] + line[3:5] for line in lines] == [
        ["EG_SUP", "all", "MWh", "in the report"],
        ["D_OP", "all", "d", "in the report"],
        ["Fixed (ex ante)", None, None, None],
        ["EC_CAP", "all", "MW", 0.25],
        ["H_DAY", "all", "h/d", 24],
        ["EF_elec", "all", "tCO2e/MWh", 0.716],
    ]
    assert [line[5] for line in lines if line[5]] == [
        *["Option C: what the participants measure with their own meters"] * 2,
        "value of the project, fixed at validation",
        "default value of the methodology",
        "value of the project, fixed at validation",
    ]


def test_the_calculation_stands_in_formulas_of_the_sheets() -> None:
    page = opened(desk.written("OF_CHILLERS"))[PROCESS]
    formulas = {cell.coordinate: cell.value for line in page.iter_rows() for cell in line if cell.data_type == "f"}
    assert {place: formulas[place] for place in ("F3", "G4", "F5", "F7", "F8", "F9", "F10", "H10")} == {
        "F3": "=SUM('MRS (input)'!D7:D8)",
        "G4": "=SUM('MRS (input)'!E9:E10)",
        "F5": "=((F3*'MPS (input)'!E6)/'MPS (input)'!E8)",
        "F7": "=(SUM(F5,F6)*'MPS (input)'!E10)",
        "F8": "=(SUM(F3,F4)*'MPS (input)'!E10)",
        "F9": "=(F7-F8)",
        "F10": "=INT(ROUND(F9,6))",
        "H10": "=SUM(F10:G10)",
    }


# --- Texts stay texts -----------------------------------------------------------------------------

TITLES = [
    "=1+1",
    '=HYPERLINK("http://x","y")',
    "+1",
    "-1+1",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "\t=1+1",
    "{=1}",
    "#REF!",
    "2025-01-01",
]


@pytest.mark.parametrize("title", TITLES)
def test_a_title_is_never_a_formula(tmp_path: Path, title: str) -> None:
    content = write_sheets(template=replace(OF_SOLAR, title=title, reference=title.strip()))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        text = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in text
    book = opened(content)
    cells = [book[README]["B3"], book[README]["B10"]]
    assert [(cell.value.strip(), cell.data_type, cell.quotePrefix) for cell in cells] == [(title.strip(), "s", True)] * 2
    path = tmp_path / "titled"
    path.write_bytes(content)
    kinds = {cell[0]: cell[1] for cell in desk.listed(path)["sheets"][0]["cells"]}
    assert (kinds["B3"], kinds["B10"]) == ("s", "s")
    fill(book, SOLAR_VALUES)
    again = replace(OF_SOLAR, title="renamed since", reference=title.strip())
    assert read_sheets(path=saved(book, tmp_path / "filled"), template=again).problems == ()


def test_a_title_with_what_no_file_can_hold_is_written_without_it() -> None:
    title = "Solar\x00 \x0bplant\nin\ud800 two" + "o" * 400
    written = opened(write_sheets(template=replace(OF_SOLAR, title=title)))[README]["B3"].value
    assert written == f"Solar   plant in  two{'o' * 279}"


# --- What no sheets are made of -------------------------------------------------------------------

WRONG: dict[str, tuple[dict[str, Any], list[str]]] = {
    "days in the wrong order": ({"last_on": date(2025, 11, 9)}, ["last_on"]),
    "thirteen years": ({"last_on": date(2038, 11, 9)}, ["last_on"]),
    "a day before spreadsheets": ({"first_on": date(1900, 2, 28), "last_on": date(1901, 2, 1)}, ["first_on"]),
    "no reference": ({"reference": " "}, ["reference"]),
    "no items": ({"items": ()}, ["items"]),
    "forty-one items": ({"items": tuple(f"roof {number}" for number in range(41))}, ["items"]),
    "an item twice": ({"items": ("roof", "Roof")}, ["items"]),
    "an item like a formula": ({"items": ("=1+1",)}, ["items"]),
    "an item that parts a list": ({"items": ("roof; wall",)}, ["items"]),
    "an item with blanks around": ({"items": (" roof",)}, ["items"]),
    "an item without name": ({"items": ("",)}, ["items"]),
    "an item of sixty-one letters": ({"items": ("r" * 61,)}, ["items"]),
    "a fixed value missing": ({"values": {}}, ["values"]),
    "a fixed value too many": ({"values": {("EF_RE", ""): Decimal(1), ("X", ""): Decimal(1)}}, ["values"]),
    "a negative fixed value": ({"values": {("EF_RE", ""): Decimal(-1)}}, ["values"]),
    "a fixed value that is none": ({"values": {("EF_RE", ""): Decimal("nan")}}, ["values"]),
    "sixteen digits": ({"values": {("EF_RE", ""): Decimal("0.1234567890123456")}}, ["values"]),
    "three things": ({"reference": "", "items": (), "values": {}}, ["reference", "items", "values"]),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_no_sheets_are_made_of_what_is_not_whole(name: str) -> None:
    change, fields = WRONG[name]
    with pytest.raises(NotReady) as caught:
        write_sheets(template=replace(OF_SOLAR, **change))
    assert [(one.code, one.field) for one in caught.value.problems] == [("MON-01", field) for field in fields]
    with pytest.raises(NotReady):
        read_sheets(path=Path("nowhere"), template=replace(OF_SOLAR, **change))


def test_a_methodology_without_items_takes_none() -> None:
    with pytest.raises(NotReady):
        write_sheets(template=replace(OF_WASTE_HEAT, items=("plant",)))
    assert WASTE_HEAT.has_items is False


def test_months_and_years_are_cut_where_the_calendar_cuts_them() -> None:
    one: Template = replace(OF_SOLAR, first_on=date(2023, 12, 31), last_on=date(2025, 1, 1))
    assert len(one.months) == 14
    assert [(each.key, each.days) for each in (one.months[0], one.months[2], one.months[-1])] == [
        ("2023-12", 1), ("2024-02", 29), ("2025-01", 1),
    ]  # fmt: skip
    assert [(each.key, each.days) for each in one.years] == [("2023", 1), ("2024", 366), ("2025", 1)]
    last: Template = replace(OF_SOLAR, first_on=date(9999, 12, 30), last_on=date(9999, 12, 31))
    assert [(each.key, each.days) for each in (*last.months, *last.years)] == [("9999-12", 2), ("9999", 2)]


def test_large_sheets_are_read(tmp_path: Path) -> None:
    items = tuple(f"boiler {number}" for number in range(1, 11))
    large = Template(
        method=FUEL_SWITCH, reference="IN_P001", title="", first_on=date(2026, 1, 1), last_on=date(2026, 12, 31),
        edition="india_2026", items=items, values=OF_BOILERS.values,
    )  # fmt: skip
    path = tmp_path / "large"
    path.write_bytes(write_sheets(template=large))
    found = read_sheets(path=path, template=large)
    assert {one.code for one in found.problems} == {"MON-16"}
    assert len(found.problems) == 13


def test_a_download_has_a_plain_name() -> None:
    assert file_name(replace(OF_SOLAR, reference="IN/../P 001")) == "IN-..-P-001_solar_pv_2025-11-10_2026-02-20.xlsx"


def test_the_time_of_making_is_the_clocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.core.clock.now", lambda: datetime.fromisoformat("2026-03-01T12:00:00+00:00"))
    assert opened(write_sheets(template=OF_CHILLERS)).properties.created == datetime.fromisoformat("2026-03-01T12:00:00")
    assert SOLAR.title
