"""The workbook that people download: cells to fill are yellow and open, all others are protected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from itertools import groupby

from openpyxl import Workbook
from openpyxl.cell import Cell as Written
from openpyxl.cell import MergedCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import save_workbook

from apps.core import clock
from apps.monitoring.layout import REPORT, UNIT_ROW, Cell, Kind, Place, Sheet, address, laid_out
from apps.monitoring.template import Template

CREATOR = "Joint Crediting Mechanism"
# What XML 1.0 cannot hold, and line ends, which have no place in a name.
UNWRITABLE = re.compile("[\x00-\x1f\x7f\ufffe\uffff\ud800-\udfff]+")
THIN = Side(style="thin", color="9AA5B1")
FILLS = {Kind.ENTRY: "FFF6CC", Kind.HEADING: "DCE6F1", Kind.IDENTITY: "EEEEEE", Kind.FIXED: "EEEEEE", Kind.FORMULA: "F3F7F3"}
BOXED = (Kind.HEADING, Kind.LABEL, Kind.UNIT, Kind.DAY, Kind.FIXED, Kind.ENTRY, Kind.FORMULA, Kind.IDENTITY)
WRAPPED = (Kind.LABEL, Kind.HEADING, Kind.UNIT)
FORMATS = {Kind.DAY: "yyyy-mm-dd", Kind.FORMULA: "#,##0.000"}
WIDTH_OF_VALUES = 16


def workbook(template: Template) -> bytes:
    """The sheets of a template as an XLSX file. Source: rules 2.11, 4.2, 4.11."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = CREATOR
    book.properties.created = book.properties.modified = clock.now().replace(tzinfo=None)
    for kind in Kind:
        book.add_named_style(_style(kind))
    for sheet in laid_out(template):
        _write(book.create_sheet(sheet.name), sheet)
    book.active = [one.title for one in book.worksheets].index(REPORT)
    buffer = BytesIO()
    save_workbook(book, buffer)
    return buffer.getvalue()


def _write(page: Worksheet, sheet: Sheet) -> None:
    for place, cell in sheet.cells.items():
        written = page.cell(*place)
        if not isinstance(written, MergedCell):
            written.style = style_name(cell.kind)
            _fill(written, cell)
    for column in range(1, sheet.last_column + 1):
        width = sheet.widths[column - 1] if column <= len(sheet.widths) else WIDTH_OF_VALUES
        page.column_dimensions[get_column_letter(column)].width = width
    _set_up(page, sheet)
    for validation in _validations(sheet):
        page.add_data_validation(validation)


def _fill(written: Written, cell: Cell) -> None:
    """Set a value. A text is always a text: what begins like a formula is none, today and after it is typed again."""
    if isinstance(cell.value, str) and cell.kind != Kind.FORMULA:
        written.value = UNWRITABLE.sub(" ", cell.value)
        written.data_type = "s"
        written.quotePrefix = True
    else:
        written.value = cell.value


def style_name(kind: Kind) -> str:
    """The style of a kind of cells, as spreadsheet programs list it."""
    return f"JCM {kind.value}"


def _style(kind: Kind) -> NamedStyle:
    style = NamedStyle(
        name=style_name(kind),
        font=Font(bold=kind in {Kind.TITLE, Kind.HEADING}, size=14 if kind == Kind.TITLE else 11),
        alignment=Alignment(wrap_text=kind in WRAPPED, vertical="top"),
        protection=Protection(locked=kind != Kind.ENTRY),
        number_format=FORMATS.get(kind, "General"),
    )
    if kind in BOXED:
        style.border = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
    if kind in FILLS:
        style.fill = PatternFill("solid", fgColor=FILLS[kind])
    return style


def _set_up(page: Worksheet, sheet: Sheet) -> None:
    page.protection.sheet = True
    page.protection.formatColumns = False
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if sheet.column_keys:
        below = max(row for (row, _column), cell in sheet.cells.items() if cell.kind == Kind.HEADING)
        page.freeze_panes = f"A{below + 1}" if sheet.name != REPORT else f"D{below + 1}"


def _validations(sheet: Sheet) -> Iterator[DataValidation]:
    """A number that is not negative, and not above the greatest value, column by column."""
    entries = sorted(sheet.of_kind(Kind.ENTRY), key=_column)
    for column, group in groupby(entries, key=_column):
        cells = list(group)
        places, most = [place for place, _cell in cells], cells[0][1].most
        yield _validation(f"{address(places[0])}:{address(places[-1])}", most, str(sheet.cells[UNIT_ROW, column].value))


def _column(entry: tuple[Place, Cell]) -> int:
    (_row, column), _cell = entry
    return column


def _validation(span: str, most: Decimal | None, unit: str) -> DataValidation:
    words = "a number from 0" if most is None else f"a number from 0 to {most}"
    return DataValidation(
        type="decimal", operator="greaterThanOrEqual" if most is None else "between", formula1="0",
        formula2=None if most is None else str(most), allow_blank=True, sqref=span,
        showErrorMessage=True, errorTitle="Number", error=f"Write {words}, in the unit {unit}.",
        showInputMessage=True, promptTitle=unit, prompt=f"Write {words}.",
    )  # fmt: skip


def file_name(template: Template) -> str:
    """A name for the download: project, method, and the days."""
    name = f"{template.reference}_{template.method.key}_{template.first_on}_{template.last_on}"
    return f"{re.sub(r'[^A-Za-z0-9_.-]+', '-', name)}.xlsx"
