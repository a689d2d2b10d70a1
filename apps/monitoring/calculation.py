"""The calculation of a methodology, worked out anew from what was monitored: exact, then whole tonnes a calendar year."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise

from apps.monitoring.declaration import PROJECT, REDUCTION, REFERENCE
from apps.monitoring.expressions import worked_out
from apps.monitoring.template import Key, Line, Template, candidates, lines


@dataclass(frozen=True, slots=True)
class Year:
    """One calendar year in tonnes of CO2 equivalent: exact, and the whole tonnes that count. Source: rules 4.12, 5.7."""

    year: int
    reference: Fraction
    project: Fraction
    reduction: Fraction
    tonnes: int


def calculated(template: Template, readings: Mapping[Key, Fraction]) -> dict[Key, Fraction]:
    """Every figure of the calculation beside what was read and what is fixed.

    Raises NotComputable where something is divided by zero, and KeyError where a reading is missing.
    """
    known: dict[Key, Fraction] = {key: Fraction(value) for _one, key, value in template.fixed()} | dict(readings)
    for line in lines(template):
        known[line.key] = _figure(template, line, known)
    return known


def _figure(template: Template, line: Line, known: Mapping[Key, Fraction]) -> Fraction:
    symbol, item, time = line.key
    if line.formula is None:
        return sum((known[symbol, item, one.key] for one in template.months if one.year == time), Fraction(0))

    def value(name: str, of: str | None) -> Fraction:
        return known[next(key for key in candidates(name, of, time) if key in known)]

    return worked_out(line.formula.tree, value, template.items, item)


def years_of(template: Template, readings: Mapping[Key, Fraction]) -> tuple[Year, ...]:
    """The result of each calendar year. Raises as `calculated` does. Source: rules 5.2, 5.7, 5.8."""
    known = calculated(template, readings)
    tonnes = whole([known[REDUCTION, "", one.key] for one in template.years], each_year=template.rounds_each_year)
    return tuple(
        Year(
            year=int(one.key),
            reference=known[REFERENCE, "", one.key],
            project=known[PROJECT, "", one.key],
            reduction=known[REDUCTION, "", one.key],
            tonnes=count,
        )
        for one, count in zip(template.years, tonnes, strict=True)
    )


def whole(amounts: Iterable[Fraction], *, each_year: bool) -> list[int]:
    """Whole tonnes of each year, rounded down: a loss of half a tonne is one of a whole tonne.

    Where the years are not rounded by themselves, their sum is rounded down once, and the years add up to it.
    Source: rules 5.8 [R+].
    """
    if each_year:
        return [math.floor(one) for one in amounts]
    sums = [math.floor(one) for one in accumulate(amounts, initial=Fraction(0))]
    return [later - earlier for earlier, later in pairwise(sums)]
