"""What is not in order in a workbook that was sent: everything at once, each with its sheet and cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from apps.core.errors import Problem
from apps.monitoring.judging.amounts import Against, Difference, differences, unexplained
from apps.monitoring.judging.cells import error_text, unchanged
from apps.monitoring.judging.figures import filled, jumps
from apps.monitoring.judging.found import Cells, at, cell_name, cells_of, number
from apps.monitoring.judging.identity import is_the_one
from apps.monitoring.judging.structure import Aligned, aligned, sheets_there
from apps.monitoring.judging.whole import fixed_is_whole, template_is_whole
from apps.monitoring.layout import PROCESS, README, REPORT, Kind, Sheet, laid_out
from apps.monitoring.template import Key, Template

__all__ = ["Against", "Difference", "Judgement", "differences", "fixed_is_whole", "judged", "template_is_whole", "unexplained"]

# How many problems are listed.
MOST = 200


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was read of a workbook, exact and in the declared units, and what is not in order.

    `stated` are the results that the workbook itself holds, and `cells` where each of them stands.
    """

    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()
    readings: Mapping[Key, Fraction] = field(default_factory=dict)
    stated: Mapping[Key, Fraction] = field(default_factory=dict)
    cells: Mapping[Key, str] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether the figures can be calculated from it."""
        return not self.problems


def judged(template: Template, raw: Mapping[str, Any]) -> Judgement:
    """Judge the cells that the reader listed against the file that the site made. Source: rules 2.11, 4.11."""
    try:
        found = cells_of(raw)
    except (KeyError, TypeError, ValueError):
        return Judgement((Problem("MON-28", _("the file cannot be read as a workbook (XLSX); save it again as one")),))
    judgement = _judged(template, found)
    return replace(judgement, problems=_bounded(judgement.problems), warnings=judgement.warnings[:MOST])


def _bounded(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """As many problems as somebody can read, and MON-32 for the rest."""
    if len(problems) <= MOST:
        return problems
    text = _("%(count)s more problems are not listed; if the file is not the one that the site made, take a new one")
    return *problems[:MOST], Problem("MON-32", text % {"count": len(problems) - MOST})


def _judged(template: Template, found: Mapping[str, Cells]) -> Judgement:
    sheets = laid_out(template)
    problems = sheets_there([one.name for one in sheets], found)
    if README not in found:
        return Judgement(tuple(problems))
    if identity := is_the_one(template, found[README]):
        return Judgement((*problems, *identity))
    return _compared(template, sheets, found, problems)


def _compared(template: Template, sheets: tuple[Sheet, ...], found: Mapping[str, Cells], problems: list[Problem]) -> Judgement:
    there = [aligned(one, found[one.name]) for one in sheets if one.name in found and one.name != README]
    moved = any(one.moved for one in there) or len(there) < len(sheets) - 1
    problems = [*problems, *(problem for one in there for problem in one.problems)]
    for one in there:
        problems += unchanged(one, template, formulas=not moved)
    by_name = {one.sheet.name: one for one in there}
    readings, warnings = dict[Key, Fraction](), tuple[Problem, ...]()
    if REPORT in by_name:
        readings, wrong = filled(by_name[REPORT])
        problems += wrong
        warnings = tuple(jumps(by_name[REPORT], template))
    if problems:
        return Judgement(tuple(problems), warnings, readings)
    process = by_name[PROCESS]
    return Judgement(tuple(_errors(process)), warnings, readings, *_stated(process))


def _errors(process: Aligned) -> Iterator[Problem]:
    """MON-18: the first result that is an error, though every value and formula is in order; others stand on it."""
    for expected, _cell in process.sheet.of_kind(Kind.FORMULA):
        place, now = process.place(expected), process.found(expected)
        if place and now and now.result and number(*now.result) is None:
            yield at("MON-18", PROCESS, place, error_text(now.result[1]))
            return


def _stated(process: Aligned) -> tuple[dict[Key, Fraction], dict[Key, str]]:
    values, cells = dict[Key, Fraction](), dict[Key, str]()
    for expected, cell in process.sheet.of_kind(Kind.FORMULA):
        place, now = process.place(expected), process.found(expected)
        value = number(*now.result) if now and now.result else None
        if place and cell.key and value is not None:
            values[cell.key], cells[cell.key] = value, cell_name(PROCESS, place)
    return values, cells
