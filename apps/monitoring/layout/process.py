"""The calculation sheet: every figure as a live formula, in the order of the methodology."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from openpyxl.utils import get_column_letter

from apps.monitoring.declaration import PROJECT, REDUCTION, REFERENCE
from apps.monitoring.expressions import Call, Name, Negative, Number, Pair, Piece
from apps.monitoring.layout.grid import PROCESS, Kind, Place, Sheet, address
from apps.monitoring.layout.inputs import NO_ITEM
from apps.monitoring.template import Key, Line, Template, candidates, lines, year_of
from apps.monitoring.units import TONNES

HEADINGS = ("Quantity", "Item", "Time", "Description", "Unit")
HEADER, FIRST_YEAR = 2, len(HEADINGS) + 1
EACH_YEAR = "each year"
# The sheet counts in binary fractions: what lies below a millionth of a tonne is noise.
NOISE = 6
WHOLE = "ER (whole)"
TOTALS = (REFERENCE, PROJECT, REDUCTION)


def process(template: Template, filled: tuple[Sheet, ...]) -> Sheet:
    """The calculation, a column for each calendar year. Source: rules 4.2 F to H, 5.2, 5.7, 5.8."""
    years = {one.key: column for column, one in enumerate(template.years, start=FIRST_YEAR)}
    sheet = Sheet(PROCESS, row_keys=(1, 2, 3), column_keys=(HEADER,), widths=(14, 22, 12, 48, 14, *([16] * (len(years) + 1))))
    sheet.put(1, 1, Kind.TITLE, "Monitoring report sheet (calculation process): nothing is filled in here")
    sheet.put_row(HEADER, Kind.HEADING, *HEADINGS, *years, "Total")
    where = {cell.key: one.reference(place) for one in filled for place, cell in one.cells.items() if cell.key}
    for _row, group in groupby(lines(template), key=_row_of):
        _figures(sheet, template, list(group), years, where)
    _whole(sheet, template, years, where)
    return sheet


def _row_of(line: Line) -> tuple[str, str, str]:
    """The figures of one row: years stand beside each other, months below each other."""
    symbol, item, time = line.key
    return symbol, item, EACH_YEAR if time == year_of(time) else time


def _figures(sheet: Sheet, template: Template, group: list[Line], years: Mapping[str, int], where: dict[Key, str]) -> None:
    row = sheet.next_row
    symbol, item, time = _row_of(group[0])
    sheet.put_row(row, Kind.LABEL, symbol, item or NO_ITEM, time, group[0].description)
    sheet.put(row, 5, Kind.UNIT, group[0].unit)
    for line in group:
        place = row, years[year_of(line.key[2])]
        sheet.put(*place, Kind.FORMULA, f"={_text(template, line, where)}", line.key)
    for line in group:
        where[line.key] = address((row, years[year_of(line.key[2])]))
    if symbol in TOTALS:
        _total(sheet, row, years)


def _text(template: Template, line: Line, where: Mapping[Key, str]) -> str:
    symbol, item, time = line.key
    if line.formula is None:
        months = [where[symbol, item, one.key] for one in template.months if one.year == time]
        return f"SUM({_span(months)})"
    return _in_cells(line.formula.tree, time, item, template, where)


def _span(references: list[str]) -> str:
    """Cells below each other, in one sheet, as a range."""
    return references[0] if len(references) == 1 else f"{references[0]}:{references[-1].rpartition('!')[2]}"


def _in_cells(piece: Piece, time: str, item: str, template: Template, where: Mapping[Key, str]) -> str:
    """A formula of the methodology as one of the sheet."""

    def told(one: Piece, of: str = item) -> str:
        return _in_cells(one, time, of, template, where)

    match piece:
        case Number(_, text):
            return text
        case Name(symbol):
            of = item if piece.is_of_an_item else None
            return where[next(key for key in candidates(symbol, of, time) if key in where)]
        case Negative(of):
            return f"(-{told(of)})"
        case Pair(operator, left, right):
            return f"({told(left)}{operator}{told(right)})"
        case Call("sum", (argument,)):
            return f"SUM({','.join(told(argument, one) for one in template.items)})"
        case Call(function, arguments):
            return f"{function.upper()}({','.join(map(told, arguments))})"


# --- Whole tonnes ---------------------------------------------------------------------------------


def _total(sheet: Sheet, row: int, years: Mapping[str, int]) -> None:
    first, last = (address((row, column)) for column in (FIRST_YEAR, FIRST_YEAR + len(years) - 1))
    sheet.put(row, FIRST_YEAR + len(years), Kind.FORMULA, f"=SUM({first}:{last})")


def _whole(sheet: Sheet, template: Template, years: Mapping[str, int], where: Mapping[Key, str]) -> None:
    """The whole tonnes of each year. Source: rules 5.8."""
    row = sheet.next_row
    text = "Emission reductions in whole tonnes, rounded down"
    sheet.put_row(row, Kind.LABEL, WHOLE, NO_ITEM, EACH_YEAR, text)
    sheet.put(row, 5, Kind.UNIT, TONNES)
    for (year, column), formula in zip(years.items(), _rounded(template, where, row), strict=True):
        sheet.put(row, column, Kind.FORMULA, formula, (WHOLE, "", year))
    _total(sheet, row, years)


def _rounded(template: Template, where: Mapping[Key, str], row: int) -> Iterator[str]:
    first_year = get_column_letter(FIRST_YEAR)
    for number, year in enumerate(template.years):
        exact = where[REDUCTION, "", year.key]
        if template.rounds_each_year or not number:
            yield f"=INT(ROUND({exact},{NOISE}))"
            continue
        first = where[REDUCTION, "", template.years[0].key]
        before: Place = (row, FIRST_YEAR + number - 1)
        yield f"=INT(ROUND(SUM({first}:{exact}),{NOISE}))-SUM({first_year}{row}:{address(before)})"
