"""What a pair of sheets is made for: a methodology, a project, its items, the days monitored, and the values fixed before."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TypeAlias

from apps.monitoring.declaration import Fixed, Formula, Measured, Method
from apps.monitoring.expressions import is_of_an_item
from apps.monitoring.kinds import Frequency
from apps.workflow import editions

# Counted up when the sheets are laid out in another way.
VERSION = 2
MOST_ITEMS, LONGEST_ITEM, LONGEST_TITLE = 40, 60, 300
# Twelve years, in days.
LONGEST_PERIOD = 12 * 366
# Spreadsheets count days from 1900, and not all of them count that year alike.
EARLIEST_YEAR = 1901
# What a spreadsheet keeps of a number.
MOST_DIGITS = 15
ITEM = re.compile(r"[\w .,:/()#&'-]+")
DECEMBER = 12

# Symbol, item (empty: the value is not of an item), and time: "2025-04", "2025", or empty for what is fixed.
Key: TypeAlias = tuple[str, str, str]


# The values that a project fixed, by symbol and item (empty: of none), in the declared unit.
Fixing: TypeAlias = Mapping[tuple[str, str], Decimal]


def items_of(symbol: str, items: tuple[str, ...]) -> tuple[str, ...]:
    """The items for which a symbol has a value; one empty text where it has a single one."""
    return items if is_of_an_item(symbol) else ("",)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A calendar month or year as far as it is monitored; both days belong to it."""

    key: str
    first_on: date
    last_on: date

    @property
    def days(self) -> int:
        return (self.last_on - self.first_on).days + 1

    @property
    def year(self) -> str:
        return year_of(self.key)


def year_of(time: str) -> str:
    """The calendar year of a month or a year: "2025"."""
    return time[:4]


@dataclass(frozen=True)
class Template:
    """Everything that the sheets of one monitoring period hold before they are filled.

    `values` are those that the project fixed, by symbol and item (empty where it is not of an item), in the declared unit.
    `version` is the approved version of the methodology, where the file is for one; `edition` is the key of the edition
    that the file is under. `wrong` says what is not whole. Source: rules 2.11, 4.11.
    """

    method: Method
    reference: str
    title: str
    first_on: date
    last_on: date
    edition: str
    items: tuple[str, ...] = ()
    values: Fixing = field(default_factory=dict)
    version: str = ""

    @cached_property
    def months(self) -> tuple[Stretch, ...]:
        """The calendar months of the period; the first and the last may be partial."""
        return tuple(_months(self.first_on, self.last_on))

    @cached_property
    def years(self) -> tuple[Stretch, ...]:
        """The calendar years of the period. Source: rules 5.7."""
        found = range(self.first_on.year, self.last_on.year + 1)
        return tuple(
            Stretch(f"{year:04}", max(self.first_on, date(year, 1, 1)), min(self.last_on, date(year, DECEMBER, 31)))
            for year in found
        )

    @property
    def rounds_each_year(self) -> bool:
        """Whether each calendar year is rounded down by itself. Source: rules 4.12, 5.8 [R+]."""
        return editions.edition(self.edition).gate("tonnes_rounded_down_per_year")

    def items_of(self, symbol: str) -> Sequence[str]:
        """The items for which a symbol has a value; one empty text where it has a single one."""
        return items_of(symbol, self.items)

    def stretches(self, frequency: Frequency) -> Sequence[Stretch]:
        """The months or the years of the period."""
        return self.months if frequency == Frequency.MONTHLY else self.years

    def entries(self) -> Iterator[tuple[Measured, Key]]:
        """Every value that is to be filled in."""
        for one in self.method.measured:
            for item in self.items_of(one.symbol):
                yield from ((one, (one.symbol, item, stretch.key)) for stretch in self.stretches(one.frequency))

    def fixed(self) -> Iterator[tuple[Fixed, Key, Decimal]]:
        """Every value that is fixed. Raises KeyError where one is missing; see `wrong`."""
        for one in self.method.fixed:
            for item in self.items_of(one.symbol):
                yield one, (one.symbol, item, ""), self.values[one.symbol, item] if one.default is None else one.default


def _months(first_on: date, last_on: date) -> Iterator[Stretch]:
    for number in range(_month_number(first_on), _month_number(last_on) + 1):
        year, month = number // DECEMBER, number % DECEMBER + 1
        first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
        yield Stretch(f"{year:04}-{month:02}", max(first, first_on), min(last, last_on))


def _month_number(day: date) -> int:
    return day.year * DECEMBER + day.month - 1


# --- What is calculated, in order -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """One figure that is calculated: by a formula, or (None) as the sum of the months of a year."""

    key: Key
    formula: Formula | None
    unit: str
    description: str


def lines(template: Template) -> Iterator[Line]:
    """Every figure of the calculation, each after those that it stands on."""
    for one in template.method.measured:
        if one.frequency == Frequency.MONTHLY and one.adds_up:
            yield from _by_year(template, one, None)
    for formula in template.method.formulas:
        if formula.every == Frequency.ANNUAL:
            yield from _by_year(template, formula, formula)
            continue
        for item in template.items_of(formula.symbol):
            for month in template.months:
                key = (formula.symbol, item, month.key)
                yield Line(key, formula, formula.unit, _described(formula))
        yield from _by_year(template, formula, None)


def _by_year(template: Template, one: Measured | Formula, formula: Formula | None) -> Iterator[Line]:
    for item in template.items_of(one.symbol):
        for year in template.years:
            yield Line((one.symbol, item, year.key), formula, one.unit, _described(formula or one))


def _described(one: Measured | Formula) -> str:
    """What a figure is, and by which formula."""
    return f"{one.description}: {one.symbol} = {one.text}" if isinstance(one, Formula) else str(one.description)


def candidates(symbol: str, item: str | None, time: str) -> tuple[Key, Key, Key]:
    """Under which keys a symbol may have its value at a time: of the month or year itself, of its year, or fixed."""
    return (symbol, item or "", time), (symbol, item or "", year_of(time)), (symbol, item or "", "")


# --- Whether a template is whole ------------------------------------------------------------------


def wrong(template: Template) -> Iterator[tuple[str, str]]:
    """What keeps sheets from being made: the field, and a word for the reason."""
    if template.first_on.year < EARLIEST_YEAR:
        yield "first_on", "early"
    if template.last_on < template.first_on:
        yield "last_on", "order"
    elif (template.last_on - template.first_on).days > LONGEST_PERIOD:
        yield "last_on", "long"
    if not template.reference.strip():
        yield "reference", "empty"
    yield from wrong_fixed(template.method, template.items, template.values)


def wrong_fixed(method: Method, items: tuple[str, ...], values: Fixing) -> Iterator[tuple[str, str]]:
    """What is wrong with items and fixed values by themselves: the field, and a word for the reason."""
    yield from (("items", reason) for reason in _wrong_items(method, items))
    yield from (("values", reason) for reason in _wrong_values(method, items, values))


def to_fix(method: Method, items: tuple[str, ...]) -> list[tuple[str, str]]:
    """The values that a project fixes, by symbol and item."""
    return [(one.symbol, item) for one in method.fixed if one.default is None for item in items_of(one.symbol, items)]


def _wrong_items(method: Method, items: tuple[str, ...]) -> Iterator[str]:
    if bool(items) != method.has_items or len(items) > MOST_ITEMS:
        yield "number"
    if len({one.casefold() for one in items}) < len(items):
        yield "twice"
    if any(len(one) > LONGEST_ITEM or one != one.strip() or not ITEM.fullmatch(one) for one in items):
        yield "name"


def _wrong_values(method: Method, items: tuple[str, ...], values: Fixing) -> Iterator[str]:
    if set(to_fix(method, items)) != set(values):
        yield "missing"
    if not all(map(_is_storable, values.values())):
        yield "number"


def _is_storable(value: Decimal) -> bool:
    """Whether a spreadsheet keeps every digit of a number that stands for a quantity."""
    if not value.is_finite() or value < 0:
        return False
    _sign, digits, exponent = value.normalize().as_tuple()
    return len(digits) <= MOST_DIGITS and abs(int(exponent)) <= MOST_DIGITS
