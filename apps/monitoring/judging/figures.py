"""The values that were filled in: each a number, not negative, and not above what can be true."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from statistics import median

from django.utils.translation import gettext as _

from apps.core.errors import Problem
from apps.monitoring.confined.sheets import DAY, ERROR, FORMULA, NUMBER
from apps.monitoring.judging.cells import error_text
from apps.monitoring.judging.found import Found, at, figure, named, number
from apps.monitoring.judging.structure import Aligned
from apps.monitoring.layout import Cell, Kind, Place
from apps.monitoring.template import Key, Template

# What no monitored quantity reaches in any unit of ours.
MOST = Decimal(10**12)
# How many times the middle value, or what part of it, is called a jump; and how many values have a middle.
JUMP, FEWEST = 5, 3
PARTED = re.compile(r"[\s,'’_]+")
DIGITS = re.compile(r"[+-]?\d+(\.\d+)?%?")


def filled(found: Aligned) -> tuple[dict[Key, Fraction], list[Problem]]:
    """What was read, and MON-15 to MON-18, MON-22 and MON-23 for each cell that is no value."""
    readings: dict[Key, Fraction] = {}
    problems: list[Problem] = []
    for _row, group in groupby(found.sheet.of_kind(Kind.ENTRY), key=lambda entry: entry[0][0]):
        cells = [(place, cell) for expected, cell in group if (place := found.place(expected)) is not None]
        if cells and all(_is_empty(found.cells.get(place)) for place, _cell in cells):
            problems.append(_nothing(found, *cells[0]))
            continue
        for place, cell in cells:
            problems += [at(code, found.sheet.name, place, text) for code, text in _wrong(cell, found.cells.get(place))]
            _take(readings, cell, found.cells.get(place))
    return readings, problems


def _take(readings: dict[Key, Fraction], cell: Cell, now: Found | None) -> None:
    value = None if now is None else number(now.kind, now.value)
    if value is not None and cell.key is not None:
        readings[cell.key] = value


def _is_empty(now: Found | None) -> bool:
    return now is None or (now.kind not in {NUMBER, FORMULA, ERROR} and not now.text)


def _nothing(found: Aligned, place: Place, cell: Cell) -> Problem:
    _symbol, _item, time = cell.key or ("", "", "")
    text = _("there is no value for %(time)s; fill in the row, with 0 where nothing was used or made")
    return at("MON-16", found.sheet.name, place, text % {"time": time})


def _wrong(cell: Cell, now: Found | None) -> Iterator[tuple[str, str]]:
    name = named(cell.key or ("", "", ""))
    if now is None or _is_empty(now):
        yield "MON-16", _("there is no value for %(name)s; write a number, 0 where nothing was used or made") % {"name": name}
    elif now.kind == FORMULA:
        text = _("a formula stands where the value of %(name)s belongs; write the number that was read")
        yield "MON-15", text % {"name": name}
    elif now.kind == ERROR:
        yield "MON-18", error_text(now.text)
    elif (value := number(now.kind, now.value)) is None:
        yield "MON-17", _no_number(now, name)
    else:
        yield from _out_of_bounds(value, cell.most, name)


def _no_number(now: Found, name: str) -> str:
    if now.kind == DAY:
        text = _("a date stands where the value of %(name)s belongs; set the cell to a number, and write the value again")
        return text % {"name": name}
    plain = PARTED.sub("", unicodedata.normalize("NFKC", now.text))
    if DIGITS.fullmatch(plain):
        text = _("“%(said)s” is text, not a number, where the value of %(name)s belongs; write %(plain)s as a number")
        return text % {"said": now.text, "name": name, "plain": plain}
    text = _("“%(said)s” is no number, where the value of %(name)s belongs; write the number that was read, 0 for nothing")
    return text % {"said": now.text, "name": name}


def _out_of_bounds(value: Fraction, most: Decimal | None, name: str) -> Iterator[tuple[str, str]]:
    said = {"name": name, "said": figure(value)}
    if value < 0:
        yield "MON-22", _("%(said)s is negative; %(name)s is never below zero, correct it") % said
    elif value > Fraction(MOST if most is None else most):
        text = _("%(said)s is more than %(most)s, which %(name)s never exceeds; write a percentage as a part of one")
        other = _("%(said)s is more than %(most)s, which %(name)s never exceeds; correct it")
        yield "MON-23", (text if most == 1 else other) % {**said, "most": figure(MOST if most is None else most)}


# --- Jumps ----------------------------------------------------------------------------------------


def jumps(found: Aligned, template: Template) -> Iterator[Problem]:
    """MON-24: values per day that are far from the middle one of their column. Only a warning."""
    adds_up = {one.symbol: one.adds_up for one in template.method.measured}
    days = {one.key: one.days for one in (*template.months, *template.years)}
    for _column, group in groupby(sorted(found.sheet.of_kind(Kind.ENTRY), key=_by_column), key=lambda one: one[0][1]):
        rates: dict[Place, tuple[Key, Fraction]] = {}
        for expected, cell in group:
            place, now = found.place(expected), found.found(expected)
            value = None if now is None else number(now.kind, now.value)
            if place is not None and cell.key is not None and value is not None:
                rates[place] = cell.key, value / (days[cell.key[2]] if adds_up[cell.key[0]] else 1)
        yield from _far(found, rates)


def _by_column(entry: tuple[Place, Cell]) -> tuple[int, int]:
    (row, column), _cell = entry
    return column, row


def _far(found: Aligned, rates: dict[Place, tuple[Key, Fraction]]) -> Iterator[Problem]:
    if len(rates) < FEWEST:
        return
    middle = Fraction(median(rate for _key, rate in rates.values()))
    text = _("%(name)s is far from the other values of its column; look whether unit and decimal point are right")
    for place, (key, rate) in rates.items():
        if rate > middle * JUMP or rate * JUMP < middle:
            yield at("MON-24", found.sheet.name, place, text % {"name": named(key)})
