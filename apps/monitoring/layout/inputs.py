"""The sheets that people read and fill: README, the plan and the report. They are in English, as the forms are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from django.utils import translation

from apps.monitoring.declaration import Fixed, Measured
from apps.monitoring.expressions import is_of_an_item
from apps.monitoring.kinds import Frequency
from apps.monitoring.layout.grid import PLAN, README, REPORT, Kind, Sheet
from apps.monitoring.template import LONGEST_TITLE, VERSION, Stretch, Template

TITLE_ROW, FIRST_COLUMN_OF_VALUES = 1, 4
EVERY_ITEM, NO_ITEM, NO_VERSION = "each item", "all", "none"
MEASURED_LATER = "in the report"
IDENTITY_HEADING = "Identity of this file: do not change it"
WORDS = (
    "How to use these sheets",
    "1. Fill in the yellow cells of “MRS (input)”. All other cells are protected and stay as they are.",
    "2. Write numbers, in the unit that stands above the column. Write 0 where nothing was used or made; leave no cell empty.",
    "3. Each line is a calendar month or a calendar year. The first and the last one may be partial: its days stand beside it.",
    "4. “MRS (calc_process)” calculates the emission reductions of each calendar year by itself.",
    "5. Add no lines, columns or sheets, and remove none. If the period or the items change, take a new file from the site.",
    "6. Upload the file with the monitoring report. The site names every cell that is not in order, and calculates anew.",
    "“MPS (input)” is the plan: what is monitored and how, and the values that were fixed before the project began.",
)

PLAN_HEADINGS = ("Parameter", "Item", "Description", "Unit", "Value", "Option or origin", "How often", "Source of data")
REPORT_LABELS = ("Number", "Parameter", "Item", "Unit", "How often")
NUMBER_ROW, SYMBOL_ROW, ITEM_ROW, UNIT_ROW, FREQUENCY_ROW = range(TITLE_ROW + 1, TITLE_ROW + 1 + len(REPORT_LABELS))


def identity(template: Template) -> Mapping[str, str]:
    """What the file says that it is, by label. A machine reads it, and so can people."""
    return MappingProxyType({
        "Method": template.method.key,
        "Declaration (SHA-256)": template.method.digest,
        "Template version": str(VERSION),
        "Edition of the rules": template.edition,
        "Project": template.reference,
        "First monitored day": template.first_on.isoformat(),
        "Last monitored day": template.last_on.isoformat(),
        "Items": "; ".join(template.items) or NO_ITEM,
        "Approved version": template.version or NO_VERSION,
    })  # fmt: skip


def readme(template: Template) -> Sheet:
    """What the file is, and what to do with it."""
    sheet = Sheet(README, widths=(28, 100))
    sheet.put(TITLE_ROW, 1, Kind.TITLE, "Joint Crediting Mechanism: monitoring plan sheet and monitoring report sheet")
    sheet.put(2, 1, Kind.NOTE, "Title of the methodology")
    with translation.override(None):
        sheet.put(2, 2, Kind.NOTE, str(template.method.title))
    sheet.put(3, 1, Kind.NOTE, "Title of the project")
    sheet.put(3, 2, Kind.NOTE, template.title[:LONGEST_TITLE])
    sheet.put(5, 1, Kind.HEADING, IDENTITY_HEADING)
    for label, value in identity(template).items():
        row = sheet.next_row
        sheet.put(row, 1, Kind.LABEL, label)
        sheet.put(row, 2, Kind.IDENTITY, value)
    for row, words in enumerate(WORDS, start=sheet.next_row + 1):
        sheet.put(row, 1, Kind.NOTE, words)
    return sheet


def plan(template: Template) -> Sheet:
    """The monitoring plan: what is monitored, and what is fixed. Source: rules 2.11, 4.2, 5.4."""
    header = TITLE_ROW + 1
    sheet = Sheet(PLAN, row_keys=(1, 2), column_keys=(header,), widths=(14, 22, 48, 14, 16, 40, 20, 40))
    sheet.put(TITLE_ROW, 1, Kind.TITLE, "Monitoring plan sheet (input)")
    sheet.put_row(header, Kind.HEADING, *PLAN_HEADINGS)
    sheet.put(sheet.next_row, 1, Kind.HEADING, "Monitored (ex post)")
    for one in template.method.measured:
        _plan_row(
            sheet, one, EVERY_ITEM if is_of_an_item(one.symbol) else NO_ITEM, str(one.option.label), str(one.frequency.label)
        )
        sheet.put(sheet.last_row, 5, Kind.LABEL, MEASURED_LATER)
    sheet.put(sheet.next_row, 1, Kind.HEADING, "Fixed (ex ante)")
    for fixed, key, value in template.fixed():
        _plan_row(sheet, fixed, key[1] or NO_ITEM, str(fixed.origin.label), "once")
        sheet.put(sheet.last_row, 5, Kind.FIXED, value, key)
    return sheet


def _plan_row(sheet: Sheet, one: Measured | Fixed, item: str, origin: str, frequency: str) -> None:
    row = sheet.next_row
    sheet.put_row(row, Kind.LABEL, one.symbol, item, str(one.description), "", "", origin, frequency, str(one.source))
    sheet.put(row, 4, Kind.UNIT, one.unit)


def report(template: Template) -> Sheet:
    """The monitoring report: a column for each parameter and item, a line for each month and, below, each year.

    Source: rules 4.11.
    """
    sheet = Sheet(REPORT, column_keys=(SYMBOL_ROW, ITEM_ROW), widths=(14, 13, 13))
    sheet.put(TITLE_ROW, 1, Kind.TITLE, "Monitoring report sheet (input)")
    for row, label in enumerate(REPORT_LABELS, start=NUMBER_ROW):
        sheet.put(row, 1, Kind.HEADING, label)
    sheet.put(SYMBOL_ROW, 2, Kind.HEADING, "First day")
    sheet.put(SYMBOL_ROW, 3, Kind.HEADING, "Last day")
    _stretches(sheet, template.months, FREQUENCY_ROW + 1)
    if template.method.has_annual:
        _stretches(sheet, template.years, sheet.next_row)
    column = FIRST_COLUMN_OF_VALUES
    for number, one in enumerate(template.method.measured, start=1):
        for item in template.items_of(one.symbol):
            _column(sheet, column, number, one, item, template)
            column += 1
    return sheet


def _stretches(sheet: Sheet, stretches: tuple[Stretch, ...], first_row: int) -> None:
    for row, one in enumerate(stretches, start=first_row):
        sheet.put(row, 1, Kind.LABEL, one.key)
        sheet.put(row, 2, Kind.DAY, one.first_on)
        sheet.put(row, 3, Kind.DAY, one.last_on)


def _column(sheet: Sheet, column: int, number: int, one: Measured, item: str, template: Template) -> None:
    heads = {NUMBER_ROW: str(number), SYMBOL_ROW: one.symbol, ITEM_ROW: item or NO_ITEM, FREQUENCY_ROW: str(one.frequency.label)}
    for row, text in heads.items():
        sheet.put(row, column, Kind.HEADING, text)
    sheet.put(UNIT_ROW, column, Kind.UNIT, one.unit)
    first = FREQUENCY_ROW + 1
    if one.frequency == Frequency.ANNUAL:
        first += len(template.months)
    for row, stretch in enumerate(template.stretches(one.frequency), start=first):
        sheet.put(row, column, Kind.ENTRY, None, (one.symbol, item, stretch.key))
        sheet.cells[row, column] = replace(sheet.cells[row, column], most=one.at_most)
