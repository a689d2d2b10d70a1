"""What a methodology declares: parameters with their units, and formulas as text. It refuses to load when it is not sound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from django.utils import translation
from django.utils.translation import gettext as _

from apps.core.canonical import canonical, sha256
from apps.monitoring.expressions import Piece, is_of_an_item, is_symbol, names_in, parsed, sums_in
from apps.monitoring.kinds import Frequency, Gas, Option, Origin
from apps.monitoring.units import TONNES, Unsound, same_unit, unit, unit_of

if TYPE_CHECKING:  # reason: the stubs' name for a text that is translated when it is shown
    from django.utils.functional import _StrPromise

REFERENCE, PROJECT, REDUCTION = "RE", "PE", "ER"
# Source: rules 5.2.
CORE = "RE - PE"
PARTS = ("measured", "fixed", "formulas")


@dataclass(frozen=True)
class Measured:
    """A parameter that is monitored (ex post).

    `adds_up`: values of months make a year when they are added, as amounts do and ratios do not. `at_most` is the greatest
    value that can be true, in the unit. Source: rules 4.11.
    """

    symbol: str
    description: str | _StrPromise
    unit: str
    option: Option
    frequency: Frequency
    source: str | _StrPromise
    adds_up: bool = True
    at_most: Decimal | None = None


@dataclass(frozen=True)
class Fixed:
    """A parameter that is fixed before the project begins (ex ante); without `default` the project names it at validation.

    Source: rules 4.2 I, 5.4.
    """

    symbol: str
    description: str | _StrPromise
    unit: str
    source: str | _StrPromise
    default: Decimal | None = None

    @property
    def origin(self) -> Origin:
        return Origin.PROJECT if self.default is None else Origin.DEFAULT


@dataclass(frozen=True)
class Formula:
    """A quantity that is calculated, month by month or year by year. A monthly one is added up to years."""

    symbol: str
    description: str | _StrPromise
    unit: str
    text: str
    every: Frequency = Frequency.ANNUAL

    @cached_property
    def tree(self) -> Piece:
        """The formula as a tree. Raises Refused where the text is none."""
        return parsed(self.text)


Declared: TypeAlias = Measured | Fixed | Formula


@dataclass(frozen=True)
class Method:
    """A methodology as the sheets need it: what is monitored, what is fixed, and what is calculated of both, in order.

    The last formulas are RE, PE and ER in tonnes of CO2 equivalent. Raises Unsound or Refused where it is not sound.
    """

    key: str
    title: str | _StrPromise
    gases: tuple[Gas, ...]
    measured: tuple[Measured, ...]
    fixed: tuple[Fixed, ...]
    formulas: tuple[Formula, ...]

    def __post_init__(self) -> None:
        for complaint in _complaints(self):
            raise Unsound(f"{self.key}: {complaint}")

    @cached_property
    def units(self) -> Mapping[str, str]:
        """The unit of each symbol."""
        return {one.symbol: one.unit for one in self.declared}

    @property
    def declared(self) -> tuple[Declared, ...]:
        """Everything that has a symbol."""
        return *self.measured, *self.fixed, *self.formulas

    @property
    def has_items(self) -> bool:
        """Whether some value is given item by item."""
        return any(map(is_of_an_item, self.units))

    @property
    def has_annual(self) -> bool:
        """Whether some value is given once a calendar year."""
        return any(one.frequency == Frequency.ANNUAL for one in self.measured)

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the declaration, its texts in English: what a filled sheet names."""
        with translation.override(None):
            return sha256(canonical(self.record()))

    def record(self) -> dict[str, Any]:
        """The declaration as data, its texts in the language of now; `apps.monitoring.declared.method_of` reads it back."""
        return {
            "key": self.key,
            "title": str(self.title),
            "gases": list(self.gases),
            **{name: [_row(one) for one in getattr(self, name)] for name in PARTS},
        }


def _row(one: Any) -> dict[str, Any]:
    fields = {name: getattr(one, name) for name in type(one).__dataclass_fields__}
    return {name: value if value is None or isinstance(value, bool) else str(value) for name, value in fields.items()}


# --- Soundness ------------------------------------------------------------------------------------


def _complaints(method: Method) -> Iterator[str]:
    """What is wrong with a declaration, the first things first."""
    symbols = [one.symbol for one in method.declared]
    yield from (_("%(symbol)s is no symbol") % {"symbol": repr(one)} for one in symbols if not is_symbol(one))
    yield from (_("%(symbol)s is declared twice") % {"symbol": one} for one in symbols if symbols.count(one) > 1)
    if method.has_items and not any(is_of_an_item(one.symbol) for one in method.measured):
        yield _("items have values, and none of them is monitored")
    for text in method.units.values():
        unit(text)
    known: dict[str, Declared] = {one.symbol: one for one in method.declared if not isinstance(one, Formula)}
    for formula in method.formulas:
        yield from _of_formula(formula, known)
        known[formula.symbol] = formula
    yield from _of_core(method)


def _of_formula(formula: Formula, known: Mapping[str, Declared]) -> Iterator[str]:
    used = list(names_in(formula.tree))
    if strangers := [name.symbol for name, _summed in used if name.symbol not in known]:
        said = _("%(symbol)s uses %(used)s, which is not declared before it")
        yield said % {"symbol": formula.symbol, "used": strangers[0]}
        return
    yield from _of_items(formula)
    yield from (f"{formula.symbol}: {text}" for name, _in_sum in used for text in _of_time(formula, known[name.symbol]))
    found = unit_of(formula.tree, lambda symbol: unit(known[symbol].unit))
    if found is not None and not same_unit(found, unit(formula.unit)):
        said = _("%(symbol)s comes out in %(found)s, and is declared in %(unit)s")
        yield said % {"symbol": formula.symbol, "found": str(found), "unit": formula.unit}


def _of_items(formula: Formula) -> Iterator[str]:
    sums = list(sums_in(formula.tree))
    if is_of_an_item(formula.symbol) and sums:
        yield _("%(symbol)s is of one item, and sums over all") % {"symbol": formula.symbol}
    for one in sums:
        if not any(name.is_of_an_item for name, _summed in names_in(one)):
            yield _("%(symbol)s sums what has no items") % {"symbol": formula.symbol}
    loose = [name.symbol for name, summed in names_in(formula.tree) if name.is_of_an_item and not summed]
    if loose and not is_of_an_item(formula.symbol):
        yield _("%(symbol)s uses %(used)s outside a sum") % {"symbol": formula.symbol, "used": loose[0]}


def _of_time(formula: Formula, used: Declared) -> Iterator[str]:
    """Months are added to years only where that makes sense, and no amount of a year is spread over months."""
    monthly = formula.every == Frequency.MONTHLY
    if isinstance(used, Formula) and monthly and used.every == Frequency.ANNUAL:
        yield _("%(symbol)s is of a year, and the formula of a month") % {"symbol": used.symbol}
    if not isinstance(used, Measured):
        return
    if used.frequency == Frequency.ANNUAL and monthly and used.adds_up:
        yield _("%(symbol)s is an amount of a year, and the formula is of a month") % {"symbol": used.symbol}
    if used.frequency == Frequency.MONTHLY and not monthly and not used.adds_up:
        yield _("%(symbol)s is a ratio of each month, and the formula is of a year") % {"symbol": used.symbol}


def _of_core(method: Method) -> Iterator[str]:
    """The last formulas are reference emissions, project emissions, and the difference. Source: rules 5.2."""
    last = method.formulas[-3:]
    if [one.symbol for one in last] != [REFERENCE, PROJECT, REDUCTION] or last[-1].text != CORE:
        yield _("the last formulas are RE, PE and ER = RE - PE")
        return
    said = _("%(symbol)s is in %(unit)s, not in tCO2e")
    yield from (said % {"symbol": one.symbol, "unit": one.unit} for one in last if one.unit != TONNES)
    yield from (_("%(symbol)s is of a month") % {"symbol": one.symbol} for one in last if one.every != Frequency.ANNUAL)
