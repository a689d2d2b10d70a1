"""Units of monitored quantities, and the unit that a formula comes out in. No unit is converted in silence.

The units are few, and those of this list only. CO2 equivalent is a dimension of its own: tonnes of fuel and tonnes of CO2
equivalent are never added. A formula is sound where its units fit with a factor of one: kWh are not added to MWh, for
nobody would see the factor; such a factor is declared as a parameter with its unit.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import TypeAlias

import pint
from django.utils.translation import gettext as _

from apps.monitoring.expressions import Call, Name, Negative, Number, Pair, Piece

TONNES = "tCO2e"
DEFINITIONS = (
    "tCO2e = [climate]",
    "kgCO2e = tCO2e / 1000",
    "GJ = [energy]",
    "MWh = 3.6 GJ",
    "kWh = MWh / 1000",
    "h = [time]",
    "d = 24 h",
    "MW = MWh / h",
    "t = [mass]",
    "kg = t / 1000",
    "m3 = [volume]",
    "L = m3 / 1000",
)
WRITTEN = re.compile(r"1|[A-Za-z][A-Za-z0-9]*(/[A-Za-z][A-Za-z0-9]*)?")
# Zero fits every unit.
Sized: TypeAlias = pint.Unit | None
UnitOf: TypeAlias = Callable[[str], pint.Unit]


class Unsound(ValueError):
    """Units do not fit, or are not known."""


@cache
def _registry() -> pint.UnitRegistry[Fraction]:
    registry: pint.UnitRegistry[Fraction] = pint.UnitRegistry(None, non_int_type=Fraction)
    for definition in DEFINITIONS:
        registry.define(definition)
    return registry


@cache
def unit(text: str) -> pint.Unit:
    """A unit such as `MWh` or `tCO2e/MWh`; `1` is a number without unit. Raises Unsound where it is not known."""
    if not WRITTEN.fullmatch(text):
        raise Unsound(_("%(unit)s is no unit: write one, or two with a stroke between them") % {"unit": repr(text)})
    try:
        return _registry().parse_units("" if text == "1" else text)
    except pint.UndefinedUnitError as error:
        raise Unsound(_("%(unit)s is no unit that is known here") % {"unit": repr(text)}) from error


def same_unit(left: pint.Unit, right: pint.Unit) -> bool:
    """Whether two units measure the same, with a factor of one."""
    if left.dimensionality != right.dimensionality:
        return False
    ratio = _registry().Quantity(Fraction(1), left / right).to_root_units()
    return bool(ratio.magnitude == 1)


def unit_of(piece: Piece, known: UnitOf) -> Sized:
    """The unit in which a formula comes out; None for zero, which fits every unit.

    Raises Unsound where its parts do not fit together.
    """
    match piece:
        case Number(value):
            return unit("1") if value else None
        case Name(symbol):
            return known(symbol)
        case Negative(of):
            return unit_of(of, known)
        case Pair("*" | "/" as operator, left, right):
            first, second = (unit_of(one, known) or unit("1") for one in (left, right))
            both: pint.Unit = first * second if operator == "*" else first / second
            return both
        case Pair(_operator, left, right):
            return _together(unit_of(left, known), unit_of(right, known))
        case Call(_function, (first_argument, *others)):
            found = unit_of(first_argument, known)
            for one in others:
                found = _together(found, unit_of(one, known))
            return found
        case _other:
            raise Unsound(_("a function without arguments has no unit"))


def _together(left: Sized, right: Sized) -> Sized:
    if left is None or right is None:
        return right if left is None else left
    if not same_unit(left, right):
        said = {"left": str(left), "right": str(right)}
        raise Unsound(_("%(left)s and %(right)s are not added, subtracted or compared") % said)
    return left
