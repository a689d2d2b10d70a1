"""What was calculated anew, against what the workbook says and what the verifier found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from django.utils.translation import gettext as _

from apps.core.errors import Problem
from apps.monitoring.calculation import Year
from apps.monitoring.declaration import PROJECT, REDUCTION, REFERENCE
from apps.monitoring.judging.found import figure
from apps.monitoring.layout import WHOLE
from apps.monitoring.template import Key

# A spreadsheet counts in binary fractions: what is below this part of a figure, or of a tonne, is no difference.
NOISE = Fraction(1, 10**9)
SHORTEST, LONGEST = 20, 2_000


class Against(StrEnum):
    """Whose figure is another one."""

    WORKBOOK = "workbook"
    VERIFIER = "verifier"


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure of a year that is not the one that was calculated, with the cell where it stands, if it stands in one."""

    year: int
    symbol: str
    against: Against
    stated: Fraction
    calculated: Fraction
    cell: str = ""


def differences(
    years: Sequence[Year],
    stated: Mapping[Key, Fraction],
    cells: Mapping[Key, str],
    verified: Mapping[int, int] | None = None,
) -> tuple[Difference, ...]:
    """Where the workbook's own results, and the verified tonnes of each year, are not what was calculated.

    Results that the workbook does not hold, for nothing has calculated it, are passed over. Source: rules 4.12.
    """
    return (*_of_workbook(years, stated, cells), *_of_verifier(years, verified or {}))


def _of_workbook(years: Iterable[Year], stated: Mapping[Key, Fraction], cells: Mapping[Key, str]) -> Iterator[Difference]:
    for one in years:
        for symbol, exact in _results(one).items():
            key = (symbol, "", f"{one.year:04}")
            if key in stated and not _is_same(stated[key], exact):
                yield Difference(one.year, symbol, Against.WORKBOOK, stated[key], exact, cells.get(key, ""))


def _results(one: Year) -> dict[str, Fraction]:
    exact = {REFERENCE: one.reference, PROJECT: one.project, REDUCTION: one.reduction}
    return {**exact, WHOLE: Fraction(one.tonnes)}


def _is_same(stated: Fraction, exact: Fraction) -> bool:
    return abs(stated - exact) <= NOISE * max(abs(exact), Fraction(1))


def _of_verifier(years: Iterable[Year], verified: Mapping[int, int]) -> Iterator[Difference]:
    for one in years:
        if one.year in verified and verified[one.year] != one.tonnes:
            yield Difference(one.year, WHOLE, Against.VERIFIER, Fraction(verified[one.year]), Fraction(one.tonnes))


# --- What stands in the way -----------------------------------------------------------------------


def unexplained(
    years: Sequence[Year],
    found: Iterable[Difference],
    verified: Mapping[int, int] | None = None,
    explanations: Mapping[int, str] | None = None,
) -> list[Problem]:
    """MON-25 and MON-26 for each difference of a year that nobody explains; MON-27, MON-29 and MON-30.

    An explanation is a sentence or more for a calendar year, and lets every difference of that year pass. No
    explanation makes a negative year pass. Source: rules 4.12, 5.7.
    """
    given, found = explanations or {}, list(found)
    return [
        *_negative(years),
        *_wrong_years(years, verified),
        *(_problem(one) for one in found if not given.get(one.year, "").strip()),
        *_wrong_explanations(found, given),
    ]


def _negative(years: Iterable[Year]) -> Iterator[Problem]:
    text = _(
        "%(year)s: the emission reductions are negative, %(exact)s t and so %(tonnes)s t; no credits come of this year."
        " Look at the values; if they are right, take the year out of the monitoring period"
    )
    for one in years:
        if one.tonnes < 0:
            said = {"year": one.year, "exact": figure(one.reduction), "tonnes": one.tonnes}
            yield Problem("MON-27", text % said, str(one.year))


def _wrong_years(years: Iterable[Year], verified: Mapping[int, int] | None) -> Iterator[Problem]:
    if verified is None:
        return
    own = {one.year for one in years}
    missing = _("%(year)s: no verified tonnes are given; give those of each calendar year of the period, 0 included")
    yield from (Problem("MON-30", missing % {"year": year}, str(year)) for year in sorted(own - set(verified)))
    stranger = _("%(year)s is no calendar year of the monitored period; take its tonnes out")
    yield from (Problem("MON-30", stranger % {"year": year}, str(year)) for year in sorted(set(verified) - own))


def _problem(one: Difference) -> Problem:
    said = {
        "year": one.year, "symbol": one.symbol, "cell": one.cell,
        "stated": figure(one.stated), "calculated": figure(one.calculated),
    }  # fmt: skip
    if one.against == Against.VERIFIER:
        text = _(
            "%(year)s: %(stated)s t were verified, and %(calculated)s t come of the values that were read;"
            " correct one of them, or explain the difference"
        )
        return Problem("MON-26", text % said, str(one.year))
    text = _(
        "%(cell)s: the workbook says %(symbol)s = %(stated)s t for %(year)s, and %(calculated)s t come of the values"
        " that were read; let a spreadsheet program calculate the file again, or explain the difference"
    )
    return Problem("MON-25", text % said, one.cell)


def _wrong_explanations(found: Iterable[Difference], given: Mapping[int, str]) -> Iterator[Problem]:
    differing = {one.year for one in found}
    needless = _("%(year)s: an explanation is given, and nothing differs; take it out")
    length = _("%(year)s: explain the difference in %(shortest)s to %(longest)s characters")
    for year, text in sorted(given.items()):
        if text.strip() and year not in differing:
            yield Problem("MON-29", needless % {"year": year}, str(year))
        elif text.strip() and not SHORTEST <= len(text.strip()) <= LONGEST:
            yield Problem("MON-29", length % {"year": year, "shortest": SHORTEST, "longest": LONGEST}, str(year))
