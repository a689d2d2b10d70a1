"""Each mistake that people make in a sheet is reported with its sheet, cell and code, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from apps.monitoring.codes import CODES
from apps.monitoring.layout import PLAN, PROCESS, README, REPORT
from apps.monitoring.services import read_sheets
from apps.monitoring.workbook import workbook
from tests.monitoring import desk
from tests.monitoring.desk import BOILER_VALUES, OF_BOILERS, OF_SOLAR, fill, opened, saved

Change = Callable[[Workbook], object]


def wrote(sheet: str, **cells: Any) -> Change:
    """Somebody writes into cells of a sheet."""

    def change(book: Workbook) -> None:
        for place, value in cells.items():
            book[sheet][place] = value

    return change


def copied_month(book: Workbook) -> None:
    """A row is put in, and December is copied into it."""
    book[REPORT].insert_rows(9)
    for column in range(1, 7):
        book[REPORT].cell(9, column).value = book[REPORT].cell(8, column).value


def renamed(book: Workbook) -> None:
    book[PLAN].title = "Plan"


def reported(sheet: str, place: str, code: str) -> list[tuple[str, str]]:
    return [(code, f"{sheet}!{place}")]


CLEARED = {f"{column}{row}": None for column in "AB" for row in range(6, 14)}
MISTAKES: dict[str, tuple[Change, list[tuple[str, str]]]] = {
    "words": (wrote(REPORT, D8="n/a"), reported(REPORT, "D8", "MON-17")),
    "full-width digits": (wrote(REPORT, D8="\uff11\uff12\uff13"), reported(REPORT, "D8", "MON-17")),
    "spaces": (wrote(REPORT, D8="1 234"), reported(REPORT, "D8", "MON-17")),
    "commas": (wrote(REPORT, D8="1,234.5"), reported(REPORT, "D8", "MON-17")),
    "a number as text": (wrote(REPORT, E10="1234"), reported(REPORT, "E10", "MON-17")),
    "a date for a number": (wrote(REPORT, D8=datetime(2025, 1, 2)), reported(REPORT, "D8", "MON-17")),  # noqa: DTZ001 - as stored
    "a truth value": (wrote(REPORT, D8=True), reported(REPORT, "D8", "MON-17")),
    "an empty cell": (wrote(REPORT, E8=None), reported(REPORT, "E8", "MON-16")),
    "a blank": (wrote(REPORT, E8="  "), reported(REPORT, "E8", "MON-16")),
    "an empty month": (wrote(REPORT, D8=None, E8=None, F8=None), reported(REPORT, "D8", "MON-16")),
    "an empty year": (wrote(REPORT, G11=None, H11=None, I11=None), reported(REPORT, "G11", "MON-16")),
    "below zero": (wrote(REPORT, D8=-1), reported(REPORT, "D8", "MON-22")),
    "a percentage": (wrote(REPORT, G11=93), reported(REPORT, "G11", "MON-23")),
    "beyond all bounds": (wrote(REPORT, D8=10**13), [*reported(REPORT, "D8", "MON-23")]),
    "a formula for a value": (wrote(REPORT, D8="=30000*2"), reported(REPORT, "D8", "MON-15")),
    "an error for a value": (wrote(REPORT, D8="#REF!"), reported(REPORT, "D8", "MON-18")),
    "another unit in the report": (wrote(REPORT, D5="kWh"), reported(REPORT, "D5", "MON-12")),
    "another unit in the plan": (wrote(PLAN, D4="L"), reported(PLAN, "D4", "MON-12")),
    "another fixed value": (wrote(PLAN, E10=0.0741), reported(PLAN, "E10", "MON-13")),
    "a fixed value as text": (wrote(PLAN, E10="0.0726"), reported(PLAN, "E10", "MON-13")),
    "a fixed value by formula": (wrote(PLAN, E9="=0.87"), reported(PLAN, "E9", "MON-13")),
    "an error for a fixed value": (wrote(PLAN, E9="#DIV/0!"), reported(PLAN, "E9", "MON-18")),
    "a result typed in": (wrote(PROCESS, F19=120), reported(PROCESS, "F19", "MON-14")),
    "a formula changed": (wrote(PROCESS, F17="=F15*2"), reported(PROCESS, "F17", "MON-14")),
    "a formula cleared": (wrote(PROCESS, G20=None), reported(PROCESS, "G20", "MON-14")),
    "a broken formula": (wrote(PROCESS, F13="=SUM(#REF!)"), reported(PROCESS, "F13", "MON-18")),
    "a date as text": (wrote(REPORT, B8="2025-12-01"), reported(REPORT, "B8", "MON-19")),
    "a day cleared": (wrote(REPORT, C8=None), reported(REPORT, "C8", "MON-19")),
    "a day before the period": (wrote(REPORT, B7=date(2025, 11, 1)), reported(REPORT, "B7", "MON-20")),
    "a day after the period": (wrote(REPORT, C10=date(2026, 2, 28)), reported(REPORT, "C10", "MON-20")),
    "a month cut short": (wrote(REPORT, C8=date(2025, 12, 30)), reported(REPORT, "C8", "MON-20")),
    "a year cut short": (wrote(REPORT, C11=date(2025, 11, 30)), reported(REPORT, "C11", "MON-20")),
    "a year twice": (wrote(REPORT, B12=date(2025, 11, 10), C12=date(2025, 12, 31)), reported(REPORT, "B12", "MON-21")),
    "a month twice": (
        wrote(REPORT, A9="2025-12", B9=date(2025, 12, 1), C9=date(2025, 12, 31)), reported(REPORT, "B9", "MON-21"),
    ),
    "a month copied in": (copied_month, reported(REPORT, "A9", "MON-21")),
    "a month renamed": (wrote(REPORT, A9="January"), reported(REPORT, "A9", "MON-11")),
    "another head": (wrote(REPORT, F3="NCV_gas"), reported(REPORT, "F3", "MON-11")),
    "another description": (wrote(PLAN, C4="Gas"), reported(PLAN, "C4", "MON-11")),
    "another option": (wrote(PLAN, F5="Option C"), reported(PLAN, "F5", "MON-11")),
    "no plan": (lambda book: book.remove(book[PLAN]), [("MON-07", PLAN)]),
    "a renamed sheet": (renamed, [("MON-07", PLAN), ("MON-08", "Plan")]),
    "one sheet more": (lambda book: book.create_sheet("Remarks"), [("MON-08", "Remarks")]),
    "no month": (lambda book: book[REPORT].delete_rows(9), reported(REPORT, "A9", "MON-09")),
    "no fixed value": (lambda book: book[PLAN].delete_rows(10), reported(PLAN, "A10", "MON-09")),
    "no boiler": (lambda book: book[REPORT].delete_cols(5), reported(REPORT, "E3", "MON-09")),
    "one row more": (lambda book: book[REPORT].insert_rows(9), reported(REPORT, "A9", "MON-10")),
    "one column more": (lambda book: book[REPORT].insert_cols(5), reported(REPORT, "E3", "MON-10")),
    "a column before all": (lambda book: book[REPORT].insert_cols(1), reported(REPORT, "A1", "MON-09")),
    "a remark below": (wrote(REPORT, B15="checked", C15="twice"), reported(REPORT, "B15", "MON-10")),
    "a remark beside": (wrote(REPORT, K8="meter changed", K9="again"), reported(REPORT, "K8", "MON-10")),
    "a remark between": (wrote(REPORT, D11="sum"), reported(REPORT, "D11", "MON-10")),
    "another method": (wrote(README, B6="solar_pv", B7="0" * 64), reported(README, "B6", "MON-03")),
    "an older declaration": (wrote(README, B7="0" * 64), reported(README, "B7", "MON-04")),
    "an older layout": (wrote(README, B8="0"), reported(README, "B8", "MON-04")),
    "another project": (wrote(README, B10="IN_P002"), reported(README, "B10", "MON-05")),
    "another period": (wrote(README, B12="2026-03-20"), reported(README, "B12", "MON-06")),
    "other items": (wrote(README, B13="boiler 1"), reported(README, "B13", "MON-06")),
    "no identity": (wrote(README, **CLEARED), reported(README, "A1", "MON-02")),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_reported_where_it_is_and_nothing_else(tmp_path: Path, name: str) -> None:
    change, expected = MISTAKES[name]
    book = opened(desk.written("OF_BOILERS"))
    fill(book, BOILER_VALUES)
    change(book)
    found = read_sheets(path=saved(book, tmp_path / "mistaken"), template=OF_BOILERS)
    assert [(one.code, one.field) for one in found.problems] == expected
    assert all(one.text.startswith(f"{one.field}: ") for one in found.problems)
    assert [one for one in found.warnings if one.field != expected[0][1]] == []


def test_formulas_that_moved_with_a_row_are_no_mistakes_of_their_own(tmp_path: Path) -> None:
    book = opened(desk.written("OF_BOILERS"))
    fill(book, BOILER_VALUES)
    book[REPORT].delete_rows(9)
    moved = {"G3": "=SUM('MRS (input)'!D9:D9)", "G7": "=(#REF!*#REF!)", "G8": "=('MRS (input)'!D9*'MRS (input)'!F9)"}
    wrote(PROCESS, **moved)(book)
    found = read_sheets(path=saved(book, tmp_path / "moved"), template=OF_BOILERS)
    assert [(one.code, one.field) for one in found.problems] == reported(REPORT, "A9", "MON-09")


def test_a_formula_may_be_written_as_other_programs_write_it(tmp_path: Path) -> None:
    book = opened(desk.written("OF_BOILERS"))
    fill(book, BOILER_VALUES)
    wrote(PROCESS, F3="=sum('MRS (input)'!$D$7:$D$8)", F15="= ( F13 * 'MRS (input)'!G11 )")(book)
    assert read_sheets(path=saved(book, tmp_path / "other"), template=OF_BOILERS).problems == ()


def test_several_mistakes_are_reported_at_once(tmp_path: Path) -> None:
    book = opened(desk.written("OF_BOILERS"))
    fill(book, BOILER_VALUES)
    wrote(REPORT, D8="n/a", E9=-3, B8="2025-12-01")(book)
    wrote(PLAN, E10=1)(book)
    wrote(PROCESS, F19=5)(book)
    found = read_sheets(path=saved(book, tmp_path / "mistaken"), template=OF_BOILERS)
    assert [(one.code, one.field) for one in found.problems] == [
        ("MON-13", f"{PLAN}!E10"),
        ("MON-19", f"{REPORT}!B8"),
        ("MON-14", f"{PROCESS}!F19"),
        ("MON-17", f"{REPORT}!D8"),
        ("MON-22", f"{REPORT}!E9"),
    ]


def test_the_sentence_says_what_to_write(tmp_path: Path) -> None:
    book = opened(desk.written("OF_BOILERS"))
    fill(book, BOILER_VALUES)
    wrote(REPORT, D8="\uff11,\uff12\uff13\uff14.5", E8="none")(book)
    wrote(PLAN, E10=0.0741)(book)
    texts = [str(one.text) for one in read_sheets(path=saved(book, tmp_path / "x"), template=OF_BOILERS).problems]
    assert texts == [
        "MPS (input)!E10: EF_RE was fixed before the project began at 0.0726, and is “0.0741” here; put it back",
        (
            "MRS (input)!D8: “\uff11,\uff12\uff13\uff14.5” is text, not a number,"
            " where the value of FC_i, boiler 1, 2025-12 belongs; write 1234.5 as a number"
        ),
        (
            "MRS (input)!E8: “none” is no number,"
            " where the value of FC_i, boiler 2, 2025-12 belongs; write the number that was read, 0 for nothing"
        ),
    ]


def test_a_file_of_another_methodology_is_no_flood(tmp_path: Path) -> None:
    found = read_sheets(path=saved(opened(desk.written("OF_SOLAR")), tmp_path / "other"), template=OF_BOILERS)
    assert [(one.code, one.field) for one in found.problems] == [("MON-03", "README!B6")]


def broken(tmp_path: Path) -> Iterator[Path]:
    """Files that are no workbooks."""
    whole = desk.written("OF_SOLAR")
    for name, content in {
        "empty": b"",
        "text": b"EG_i;1,2",
        "zip": b"PK\x05\x06" + bytes(18),
        "cut": whole[: len(whole) // 2],
    }.items():
        path = tmp_path / name
        path.write_bytes(content)
        yield path


def test_what_is_no_workbook_is_said_to_be_none(tmp_path: Path) -> None:
    for path in broken(tmp_path):
        found = read_sheets(path=path, template=OF_SOLAR)
        assert [one.code for one in found.problems] == ["MON-28"]


@pytest.mark.parametrize("value", [610000.5, 6100.05, 0])
def test_a_jump_is_a_warning_and_no_problem(tmp_path: Path, value: float) -> None:
    book = opened(desk.written("OF_BOILERS"))
    fill(book, BOILER_VALUES)
    wrote(REPORT, D8=value)(book)
    found = read_sheets(path=saved(book, tmp_path / "jump"), template=OF_BOILERS)
    assert found.problems == ()
    assert [(one.code, one.field) for one in found.warnings] == [("MON-24", f"{REPORT}!D8")]


def test_a_month_of_one_day_is_no_jump(tmp_path: Path) -> None:
    short = replace(OF_BOILERS, first_on=date(2025, 11, 30))
    book = opened(workbook(short))
    one_day = {("FC_i", "boiler 1", "2025-11"): "2000", ("FC_i", "boiler 2", "2025-11"): "1000"}
    fill(book, {**BOILER_VALUES, **one_day})
    found = read_sheets(path=saved(book, tmp_path / "short"), template=short)
    assert (found.problems, found.warnings) == ((), ())


def test_every_code_of_a_cell_is_seeded_here() -> None:
    seeded = {code for _change, expected in MISTAKES.values() for code, _place in expected}
    elsewhere = {"MON-01", "MON-24", "MON-25", "MON-26", "MON-27", "MON-28", "MON-29", "MON-30", "MON-31", "MON-32"}
    of_declarations = {"MON-33", "MON-34", "MON-35"}
    assert seeded | elsewhere | of_declarations == set(CODES)
    assert not seeded & elsewhere
