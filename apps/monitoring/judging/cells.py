"""What was written by the site and may not change: words, units, days, fixed values and formulas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from apps.core.errors import Problem
from apps.monitoring.confined.sheets import DAY, ERROR, FORMULA
from apps.monitoring.judging.found import Found, at, figure, named, number
from apps.monitoring.judging.structure import Aligned
from apps.monitoring.layout import Cell, Kind, Place
from apps.monitoring.template import Stretch, Template

BROKEN = "#REF!"
WORDS = (Kind.TITLE, Kind.HEADING, Kind.LABEL)


def unchanged(found: Aligned, template: Template, *, formulas: bool) -> Iterator[Problem]:
    """MON-11 to MON-14 and MON-18 to MON-21: each cell that was written and is another now.

    `formulas` are not compared where rows or columns moved: they moved with them.
    """
    days = dict(_days(found, template))
    yield from (days[row] for row in sorted(days))
    for expected, cell in sorted(found.sheet.cells.items()):
        place = found.place(expected)
        # A row that has another month's days has its name as well.
        if place is None or (place[1] == 1 and place[0] in days):
            continue
        now = found.cells.get(place)
        if cell.kind in WORDS and _says(now) != str(cell.value):
            yield at("MON-11", found.sheet.name, place, _("this was “%(text)s”; put it back") % {"text": cell.value})
        elif cell.kind == Kind.UNIT and _says(now) != str(cell.value):
            text = _("the unit is %(unit)s, not “%(said)s”; put it back, and give the values in %(unit)s")
            yield at("MON-12", found.sheet.name, place, text % {"unit": cell.value, "said": _says(now)})
        elif cell.kind == Kind.FIXED:
            yield from _fixed(found, place, cell, now)
        elif cell.kind == Kind.FORMULA and formulas:
            yield from _formula(found, place, cell, now)


def _says(now: Found | None) -> str:
    return "" if now is None else now.text


# --- Fixed values and formulas --------------------------------------------------------------------


def _fixed(found: Aligned, place: Place, cell: Cell, now: Found | None) -> Iterator[Problem]:
    if now is not None and now.kind == ERROR:
        yield _error(found, place, now.text)
        return
    expected = Fraction(cell.value) if isinstance(cell.value, Decimal) else None
    if now is None or number(now.kind, now.value) != expected:
        text = _("%(name)s was fixed before the project began at %(expected)s, and is “%(said)s” here; put it back")
        said = {"name": named(cell.key or ("", "", "")), "expected": figure(expected or Fraction(0)), "said": _says(now)}
        yield at("MON-13", found.sheet.name, place, text % said)


def _formula(found: Aligned, place: Place, cell: Cell, now: Found | None) -> Iterator[Problem]:
    if now is not None and (now.kind == ERROR or (now.kind == FORMULA and BROKEN in now.value)):
        yield _error(found, place, now.text)
    elif now is None or now.kind != FORMULA or _plain(now.value) != _plain(str(cell.value)):
        text = _("the formula %(formula)s was overwritten with “%(said)s”; put it back")
        yield at("MON-14", found.sheet.name, place, text % {"formula": cell.value, "said": _says(now)})


def _plain(formula: str) -> str:
    """A formula without what spreadsheet programs write in their own way."""
    return re.sub(r"[\s$]", "", formula).upper()


def _error(found: Aligned, place: Place, said: str) -> Problem:
    return at("MON-18", found.sheet.name, place, error_text(said))


def error_text(said: str) -> str:
    """What is said of an error value."""
    return _("“%(said)s” is an error of the spreadsheet; put back what stood here in the file that the site made") % {
        "said": said
    }


# --- Days -----------------------------------------------------------------------------------------


def _days(found: Aligned, template: Template) -> Iterator[tuple[int, Problem]]:
    """The problem with the days of each row, the first day's before the last one's. Source: rules 2.11, 5.7."""
    for expected, cell in reversed(list(found.sheet.of_kind(Kind.DAY))):
        place = found.place(expected)
        if place is None or not isinstance(cell.value, date):
            continue
        of_months = found.sheet.cells[expected[0], 1].value in {one.key for one in template.months}
        stretches = template.months if of_months else template.years
        for code, text in _wrong_day(cell.value, found.cells.get(place), template, stretches):
            yield place[0], at(code, found.sheet.name, place, text)


def _wrong_day(expected: date, now: Found | None, template: Template, stretches: Sequence[Stretch]) -> Iterator[tuple[str, str]]:
    said = _says(now)
    if now is None or now.kind != DAY:
        text = _("“%(said)s” is no date of the spreadsheet; write the date %(day)s")
        yield "MON-19", text % {"said": said, "day": expected.isoformat()}
        return
    day = _day(now.value)
    if day == expected:
        return
    if day is None or not template.first_on <= day <= template.last_on:
        text = _("%(said)s is outside the monitored period, %(first)s to %(last)s; put back %(day)s")
        yield "MON-20", text % {"said": day or said, "first": template.first_on, "last": template.last_on, "day": expected}
    elif (other := _stretch(day, stretches)) != _stretch(expected, stretches):
        text = _("%(month)s stands in more than one row; put back %(day)s")
        yield "MON-21", text % {"month": other.key, "day": expected}
    else:
        text = _("%(said)s is not the day that stands here, %(day)s; put it back, and give the values of the whole stretch")
        yield "MON-20", text % {"said": day, "day": expected}


def _day(value: str) -> date | None:
    try:
        return datetime.fromisoformat(value).date()
    except ValueError:
        return None


def _stretch(day: date, stretches: Sequence[Stretch]) -> Stretch:
    return next(one for one in stretches if one.first_on <= day <= one.last_on)
