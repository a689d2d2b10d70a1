"""Whether the sheets are there, and row by row and column by column the ones that were written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TypeAlias

from django.utils.translation import gettext as _

from apps.core.errors import Problem
from apps.monitoring.judging.found import Cells, Found, at
from apps.monitoring.layout import Kind, Place, Sheet

Heads: TypeAlias = tuple[str, ...]
# Below this part of the rows in common, a sheet is another one.
HALF = 2


@dataclass(frozen=True, slots=True)
class Match:
    """Which of the expected rows or columns stands where; which are gone, which were put between, which follow at the end."""

    pairs: Mapping[int, int]
    equal: int
    missing: Sequence[int]
    added: Sequence[int]
    trailing: Sequence[int]


@dataclass(frozen=True, slots=True)
class Aligned:
    """A sheet as it was written beside the sheet as it was found."""

    sheet: Sheet
    cells: Cells
    rows: Mapping[int, int]
    columns: Mapping[int, int]
    problems: list[Problem] = field(default_factory=list)
    # Rows or columns were put in or taken out, so that the formulas of others have moved with them.
    moved: bool = False

    def place(self, expected: Place) -> Place | None:
        """Where an expected cell stands now; None where its row or column is gone."""
        row, column = expected
        if row not in self.rows or column not in self.columns:
            return None
        return self.rows[row], self.columns[column]

    def found(self, expected: Place) -> Found | None:
        """What an expected cell holds now; None where it is empty or gone."""
        place = self.place(expected)
        return None if place is None else self.cells.get(place)


def sheets_there(expected: Iterable[str], found: Iterable[str]) -> list[Problem]:
    """MON-07 a sheet is missing, MON-08 a sheet was added."""
    expected, found = list(expected), list(found)
    gone = _("the sheet is missing; take it back from the file that the site made")
    more = _("this sheet is not one of the file that the site made; take it out")
    return [
        *(Problem("MON-07", f"{name}: {gone}", name) for name in expected if name not in found),
        *(Problem("MON-08", f"{name}: {more}", name) for name in found if name not in expected),
    ]


def aligned(sheet: Sheet, cells: Cells) -> Aligned:
    """Find each row and column again by its heads: MON-09 missing, MON-10 added, MON-21 a month that stands twice."""
    rows = _matched(_expected_rows(sheet), _found_rows(sheet, cells))
    if rows.equal * HALF < sheet.last_row:
        text = _("the first columns are not those of the file that the site made; take a new file and copy the values into it")
        return Aligned(sheet, cells, {}, {}, [at("MON-09", sheet.name, (1, 1), text)], moved=True)
    columns = _matched_columns(sheet, cells, rows)
    problems = [*_of_rows(sheet, cells, rows), *_of_columns(sheet, columns), *_at_the_end(sheet, cells, rows, columns)]
    moved = any([rows.missing, rows.added, columns.missing, columns.added])
    found = Aligned(sheet, cells, rows.pairs, columns.pairs, problems, moved=moved)
    problems += _strays(found)
    return found


def _matched(expected: Sequence[Heads], found: Sequence[Heads]) -> Match:
    """Rows (or columns) are counted from one. As many changed heads as before stand for the same rows."""
    pairs: dict[int, int] = {}
    equal, missing, added, trailing = 0, list[int](), list[int](), list[int]()
    for tag, first, last, begin, end in SequenceMatcher(None, expected, found, autojunk=False).get_opcodes():
        before, after = range(first + 1, last + 1), range(begin + 1, end + 1)
        equal += len(before) if tag == "equal" else 0
        if len(before) == len(after):
            pairs.update(zip(before, after, strict=True))
            continue
        missing += before
        (trailing if first == len(expected) else added).extend(after)
    return Match(pairs, equal, missing, added, trailing)


def _expected_rows(sheet: Sheet) -> list[Heads]:
    return [tuple(_head(sheet, (row, column)) for column in sheet.row_keys) for row in range(1, sheet.last_row + 1)]


def _found_rows(sheet: Sheet, cells: Cells) -> list[Heads]:
    last = max((row for row, _column in cells), default=0)
    return [tuple(_said(cells, (row, column)) for column in sheet.row_keys) for row in range(1, last + 1)]


def _matched_columns(sheet: Sheet, cells: Cells, rows: Match) -> Match:
    """A column whose heads are in a row that is gone stays where it is."""
    keys = [(row, rows.pairs[row]) for row in sheet.column_keys if row in rows.pairs]
    last = max((column for _row, column in cells), default=0)
    expected = [tuple(_head(sheet, (row, column)) for row, _now in keys) for column in range(1, sheet.last_column + 1)]
    found = [tuple(_said(cells, (now, column)) for _row, now in keys) for column in range(1, last + 1)]
    return _matched(expected, found if keys else expected)


def _head(sheet: Sheet, place: Place) -> str:
    cell = sheet.cells.get(place)
    return "" if cell is None else str(cell.value)


def _said(cells: Cells, place: Place) -> str:
    found = cells.get(place)
    return "" if found is None else found.text


# --- Problems -------------------------------------------------------------------------------------


def _of_rows(sheet: Sheet, cells: Cells, rows: Match) -> Iterator[Problem]:
    gone = _("the row “%(heads)s” is missing; put it back, with its values")
    for row in rows.missing:
        heads = ", ".join(filter(None, (_head(sheet, (row, column)) for column in sheet.row_keys)))
        yield at("MON-09", sheet.name, (row, 1), gone % {"heads": heads})
    months = {str(sheet.cells[row, 1].value) for (row, _column), _cell in sheet.of_kind(Kind.DAY)}
    for row in rows.added:
        head = _said(cells, (row, 1))
        if head in months:
            yield at("MON-21", sheet.name, (row, 1), _("%(month)s stands in more than one row; keep one") % {"month": head})
        else:
            yield at("MON-10", sheet.name, (row, 1), _("this row was added; take it out"))


def _of_columns(sheet: Sheet, columns: Match) -> Iterator[Problem]:
    top = sheet.column_keys[0]
    gone = _("the column “%(heads)s” is missing; put it back, with its values")
    for column in columns.missing:
        heads = ", ".join(filter(None, (_head(sheet, (row, column)) for row in sheet.column_keys)))
        yield at("MON-09", sheet.name, (top, column), gone % {"heads": heads})
    yield from (at("MON-10", sheet.name, (top, one), _("this column was added; take it out")) for one in columns.added)


def _at_the_end(sheet: Sheet, cells: Cells, rows: Match, columns: Match) -> Iterator[Problem]:
    """What was written below the last row or beside the last column: one problem for each row or column."""
    below, beside = set(rows.trailing), set(columns.trailing)
    seen: set[tuple[str, int]] = set()
    for row, column in sorted(cells):
        where = ("row", row) if row in below else ("column", column)
        if (row in below or column in beside) and where not in seen:
            seen.add(where)
            yield at("MON-10", sheet.name, (row, column), _outside())


def _strays(found: Aligned) -> list[Problem]:
    """What stands in a cell between the others that was empty."""
    rows = {now: before for before, now in found.rows.items()}
    columns = {now: before for before, now in found.columns.items()}
    places = [place for place in sorted(found.cells) if place[0] in rows and place[1] in columns]
    strays = [place for place in places if (rows[place[0]], columns[place[1]]) not in found.sheet.cells]
    return [at("MON-10", found.sheet.name, place, _outside()) for place in strays if found.cells[place].text]


def _outside() -> str:
    return _("nothing belongs here; clear the cell, and write remarks in the monitoring report")
