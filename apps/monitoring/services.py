"""The sheets of a monitoring period: written for a project, read back, and calculated anew. Nothing is stored here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from apps.core.errors import NotReady, Problem
from apps.inspection.services import Unreadable, confined
from apps.monitoring.calculation import Year, years_of
from apps.monitoring.checks import Difference, Judgement, differences, judged, template_is_whole, unexplained
from apps.monitoring.expressions import NotComputable
from apps.monitoring.render import workbook
from apps.monitoring.template import Template

READER = "apps.monitoring.confined.sheets:read"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The tonnes of each calendar year, calculated anew; where other figures differ; and what stands in the way.

    No years: the workbook is not in order, and nothing was calculated.
    """

    judgement: Judgement
    years: tuple[Year, ...]
    differences: tuple[Difference, ...]
    problems: tuple[Problem, ...]


def write_sheets(*, template: Template) -> bytes:
    """The workbook for a monitoring period as an XLSX file. Raises NotReady (MON-01). Source: rules 2.11, 4.11."""
    if problems := template_is_whole(template):
        raise NotReady(problems)
    return workbook(template)


def read_sheets(*, path: Path, template: Template) -> Judgement:
    """Read a workbook that was sent, and judge it; one that the reader cannot read has that problem alone (MON-28).

    Raises NotReady (MON-01) where the template itself is not whole, and OSError where the file is not there.
    """
    if problems := template_is_whole(template):
        raise NotReady(problems)
    return judged(template, _cells(path))


def recalculate(
    *,
    template: Template,
    judgement: Judgement,
    verified: Mapping[int, int] | None = None,
    explanations: Mapping[int, str] | None = None,
) -> Outcome:
    """Calculate anew what was read, and compare it: whole tonnes of each calendar year.

    `verified` are the verifier's tonnes by year; `explanations` the reasons, by year, why a figure differs.
    Source: rules 4.12, 5.2, 5.7, 5.8.
    """
    if not judgement.is_whole:
        return Outcome(judgement, (), (), judgement.problems)
    try:
        years = years_of(template, judgement.readings)
    except NotComputable:
        text = _("something is divided by zero in the calculation; look for a value of 0 that cannot be 0")
        return Outcome(judgement, (), (), (Problem("MON-31", text),))
    found = differences(years, judgement.stated, judgement.cells, verified)
    return Outcome(judgement, years, found, tuple(unexplained(years, found, verified, explanations)))


def _cells(path: Path) -> dict[str, Any]:
    """The one place where a file that somebody sent is read: by a child behind walls."""
    try:
        found: dict[str, Any] = confined(READER, path)
    except Unreadable:
        return {}
    return found
