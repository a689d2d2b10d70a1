"""The reader: it knows nothing of the site, keeps its bounds, and lists what stands in the cells."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from apps.inspection.services import Unreadable, structure_problems
from apps.inspection.services.confinement import answered
from apps.monitoring import services
from apps.monitoring.confined import sheets
from apps.monitoring.layout import REPORT, laid_out
from apps.monitoring.services import read_sheets
from apps.monitoring.template import MOST_ITEMS
from apps.monitoring.workbook import workbook
from tests.architecture.source import ROOT
from tests.monitoring import desk
from tests.monitoring.desk import MONTHS, OF_BOILERS, OF_CHILLERS, OF_SOLAR, SOLAR_VALUES, fill, listed, opened, saved

WITHOUT = """
import sys
import apps.monitoring.confined.sheets
print(sorted({name.split(".")[0] for name in sys.modules} & {"django", "pint", "psycopg"}))
"""


def test_the_reader_knows_nothing_of_the_site() -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.usefixtures("behind_walls")
def test_a_file_is_read_behind_walls(tmp_path: Path) -> None:
    book = opened(desk.written("OF_SOLAR"))
    fill(book, SOLAR_VALUES)
    found = read_sheets(path=saved(book, tmp_path / "filled"), template=OF_SOLAR)
    assert (found.problems, len(found.readings)) == ((), 8)


@pytest.mark.usefixtures("behind_walls")
@pytest.mark.parametrize("content", [b"", b"PK\x05\x06" + bytes(18)])
def test_what_cannot_be_read_behind_walls_is_said_so(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "broken").write_bytes(content)
    found = read_sheets(path=tmp_path / "broken", template=OF_SOLAR)
    assert [one.code for one in found.problems] == ["MON-28"]


@pytest.mark.usefixtures("behind_walls")
def test_a_file_that_is_not_there_is_no_mistake_of_its_sender(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_sheets(path=tmp_path / "missing", template=OF_SOLAR)


def test_a_reader_that_dies_is_a_file_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(job: str, _path: Path) -> None:
        raise Unreadable(job, 20.0, too_much=True)

    monkeypatch.setattr(services, "confined", dies)
    found = read_sheets(path=tmp_path, template=OF_SOLAR)
    assert [one.code for one in found.problems] == ["MON-28"]


def test_a_year_of_ten_boilers_takes_little(tmp_path: Path) -> None:
    items = tuple(f"boiler {number}" for number in range(10))
    path = tmp_path / "ten"
    path.write_bytes(workbook(replace(OF_BOILERS, items=items, first_on=date(2026, 1, 1), last_on=date(2026, 12, 31))))
    answer = answered(services.READER, [path], {})
    assert len(answer.found["sheets"]) == 4
    assert answer.cpu_seconds < 5


def test_the_site_takes_its_own_workbooks(tmp_path: Path) -> None:
    for name in ("OF_SOLAR", "OF_CHILLERS", "OF_WASTE_HEAT", "OF_BOILERS"):
        path = tmp_path / name
        path.write_bytes(desk.written(name))
        assert list(structure_problems(path, name, ".xlsx", "file")) == []


def with_part(path: Path, name: str, content: bytes) -> Path:
    """A workbook of ours with one part replaced."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, zipfile.ZipFile(path.with_suffix(".own")) as own:
        for one in own.namelist():
            archive.writestr(one, content if one == name else own.read(one))
    return path


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Where a workbook is made; its parts lie beside it."""
    (tmp_path / "made.own").write_bytes(desk.written("OF_SOLAR"))
    return tmp_path / "made.xlsx"


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'


def test_a_file_that_unpacks_to_too_much_is_not_unpacked(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_BYTES", 200_000)
    bomb = with_part(own, "xl/worksheets/sheet3.xml", SHEET % (b" " * 200_000))
    assert bomb.stat().st_size < 20_000
    assert listed(bomb) == {"unreadable": "TooMuch: more than 200000 bytes when unpacked"}


def test_a_sheet_with_too_many_cells_is_given_up(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_CELLS", 1_000)
    rows = b"".join(b"<row>%s</row>" % (b"<c><v>1</v></c>" * 250) for _row in range(5))
    path = with_part(own, "xl/worksheets/sheet3.xml", SHEET % rows)
    assert listed(path) == {"unreadable": "TooMuch: more than 1000 filled cells"}


def test_sheets_that_are_too_much_together_are_given_up(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_CELLS", 141)
    (own.parent / "whole").write_bytes(desk.written("OF_SOLAR"))
    assert listed(own.parent / "whole") == {"unreadable": "TooMuch: more than 141 filled cells"}


def test_entities_and_other_files_are_not_read(own: Path) -> None:
    secret = own.with_name("secret")
    secret.write_text("secret", encoding="utf-8")
    doctype = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file://%s">]>' % str(secret).encode()
    rows = b'<row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row>'
    said = str(listed(with_part(own, "xl/worksheets/sheet3.xml", doctype + SHEET % rows)))
    assert "secret" not in said.replace(str(secret), "")


def test_sheets_in_great_number_are_given_up(tmp_path: Path) -> None:
    book = Workbook()
    for number in range(20):
        book.create_sheet(f"S{number}")
    assert listed(saved(book, tmp_path / "many")) == {"unreadable": "TooMuch: more than 20 sheets"}


def test_each_kind_of_cell_has_its_letter(tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    page["A1"], page["A2"], page["A3"], page["A4"] = 1.1, "text", True, "#N/A"
    page["A5"], page["A6"] = "=A1*2", ArrayFormula("A6:A7", "=A1:A2")
    page["A8"], page["A9"] = 10**20, "x" * 20_000
    cells = listed(saved(book, tmp_path / "kinds"))["sheets"][0]["cells"]
    assert cells == [
        ["A1", "n", "1.1", None, None], ["A2", "s", "text", None, None], ["A3", "b", "True", None, None],
        ["A4", "e", "#N/A", None, None], ["A5", "f", "=A1*2", None, None], ["A6", "f", "=A1:A2", None, None],
        ["A8", "n", "1e+20", None, None], ["A9", "s", "x" * 10_000, None, None],
    ]  # fmt: skip


def test_what_an_old_program_says_of_the_size_is_not_believed(own: Path) -> None:
    content = SHEET % b'<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>2</v></c></row>'
    content = content.replace(b"<sheetData>", b'<dimension ref="A1"/><sheetData>')
    found = listed(with_part(own, "xl/worksheets/sheet3.xml", content))["sheets"][2]
    assert (found["name"], [cell[0] for cell in found["cells"]]) == (REPORT, ["A1", "C1"])


def test_the_bounds_leave_room_for_the_largest_sheets() -> None:
    items = tuple(f"boiler {number}" for number in range(MOST_ITEMS))
    largest = replace(OF_BOILERS, items=items, first_on=date(2026, 1, 1), last_on=date(2037, 12, 31))
    laid = laid_out(largest)
    assert sum(len(one.cells) for one in laid) == 44_080 < sheets.MOST_CELLS
    assert max(one.last_row for one in laid) < sheets.MOST_ROWS
    assert max(one.last_column for one in laid) < sheets.MOST_COLUMNS


VALUES = st.decimals(min_value=0, max_value=Decimal(10) ** 9, places=6, allow_nan=False).map(lambda one: str(one.normalize()))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(VALUES, min_size=8, max_size=8))
def test_what_is_written_is_read(tmp_path: Path, values: list[str]) -> None:
    keys = [("EC_PJ_i", item, month) for item in OF_CHILLERS.items for month in MONTHS]
    filled = dict(zip(keys, values, strict=True))
    book = opened(desk.written("OF_CHILLERS"))
    fill(book, filled)
    found = read_sheets(path=saved(book, tmp_path / "filled"), template=OF_CHILLERS)
    assert found.problems == ()
    assert {key: Decimal(value.numerator) / value.denominator for key, value in found.readings.items()} == {
        key: Decimal(value) for key, value in filled.items()
    }
