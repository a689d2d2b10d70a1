"""Tables for other programs: two hundred payloads, none of them live when the file is opened again, and nothing else touched."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date

import pytest
from openpyxl import load_workbook

from apps.core import exports
from apps.core.exports import (
    BEGINS_A_FORMULA,
    LONGEST_CELL,
    Export,
    Table,
    as_csv,
    as_xlsx,
    declare,
    download,
    exported,
    guarded,
)
from tests.core.payloads import PAYLOADS, PLAIN


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_there_are_two_hundred() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) == 200


def test_no_payload_is_live_in_csv() -> None:
    head, *rows = read_csv(as_csv(Table("t", ["=head"], [[one] for one in PAYLOADS])))
    assert head == ["'=head"]
    for payload, (cell,) in zip(PAYLOADS, rows, strict=True):
        assert cell[0] == "'", repr(payload)
        assert cell[1:] == payload.replace("\x1f", "\ufffd"), "nothing is lost"


def test_no_payload_is_live_in_xlsx() -> None:
    content = as_xlsx(Table("t", ["=head"], [[one] for one in PAYLOADS]))
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        sheet = opened.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"<f " not in sheet
    (head,), *rows = load_workbook(io.BytesIO(content)).active.iter_rows()
    assert (head.value, head.data_type) == ("=head", "s")
    for payload, (cell,) in zip(PAYLOADS, rows, strict=True):
        assert cell.data_type == "s", repr(payload)
        assert cell.quotePrefix, "editing it leaves it a text"
        assert cell.value.strip() == payload.replace("\x1f", "\ufffd").replace("\r", "\n").strip()


def test_what_is_no_formula_is_left_alone() -> None:
    assert [guarded(one) for one in PLAIN] == list(PLAIN)
    row = [*PLAIN, 7, -7, None, date(2027, 3, 4)]
    assert read_csv(as_csv(Table("t", [], [row])))[1] == [*PLAIN, "7", "-7", "", "2027-03-04"]
    (cells,) = list(load_workbook(io.BytesIO(as_xlsx(Table("t", [], [row])))).active.iter_rows(min_row=2))
    assert [cell.value for cell in cells] == [*(one or None for one in PLAIN), 7, -7, None, "2027-03-04"]


def test_csv_is_what_spreadsheet_programs_of_both_countries_read() -> None:
    content = as_csv(Table("t", ["事業", "परियोजना"], [['a;b,c\t"d"', 1]]))
    assert content == '\ufeff"事業","परियोजना"\r\n"a;b,c\t""d""",1\r\n'.encode()


@pytest.mark.parametrize("sign", sorted(BEGINS_A_FORMULA))
def test_every_sign_is_guarded(sign: str) -> None:
    assert guarded(f"{sign}1") == f"'{sign}1"
    assert guarded(f"1{sign}") == f"1{sign}"


def test_a_text_longer_than_a_cell_is_cut_in_xlsx_alone() -> None:
    text = "x" * (LONGEST_CELL + 9)
    table = Table("t", ["a"], [[text]])
    assert load_workbook(io.BytesIO(as_xlsx(table))).active["A2"].value == text[:LONGEST_CELL]
    assert read_csv(as_csv(table))[1] == [text]


@pytest.mark.parametrize("name", ["a/b:c*d?[e]\\f'g", "x" * 99])
def test_a_sheet_has_a_name_that_programs_take(name: str) -> None:
    (found,) = load_workbook(io.BytesIO(as_xlsx(Table(name, ["a"], [])))).sheetnames
    assert len(found) <= 31
    assert not set(found) & set("[]:*?/\\'")


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> Export:
    """An export that was declared, for this test alone."""
    monkeypatch.setattr(exports, "_declared", {})
    return declare("tables", "csv")


def test_a_table_is_a_download(known: Export) -> None:
    answer = exported(known, Table("t", ["a"], []), "csv", "projects")
    assert answer["Content-Disposition"] == 'attachment; filename="projects.csv"'
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("export", "name"),
    [
        (None, "t.csv"), (None, "t.xlsx"), (Export("tables", ("xlsx",)), "t.xlsx"), (Export("tables", ("csv",)), "t.xlsx"),
        (Export("others", ("csv",)), "t.csv"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("known")
def test_what_was_not_declared_hands_out_no_table(export: Export | None, name: str) -> None:
    with pytest.raises(LookupError, match="declare the export"):
        download(b"a", name, export=export)


def test_what_is_no_table_needs_no_declaration() -> None:
    assert download(b"%PDF-1.7", "t.pdf")["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("endings", [(), ("pdf",), ("csv", "ods")])
def test_a_table_has_an_ending_of_tables(endings: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="csv or xlsx"):
        declare("tables", *endings)
