"""The sheets of a monitoring period: written for a project, read back, and calculated anew; and what a declaration replaces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from apps.core.errors import NotReady, Problem
from apps.inspection.services import Unreadable, confined
from apps.monitoring.calculation import Year, years_of
from apps.monitoring.expressions import NotComputable
from apps.monitoring.judging import Difference, Judgement, differences, judged, template_is_whole, unexplained
from apps.monitoring.models import MethodDeclaration
from apps.monitoring.selectors import declarations_in_use
from apps.monitoring.template import Template
from apps.monitoring.workbook import workbook
from apps.workflow.actors import Actor
from apps.workflow.fsm import Act
from apps.workflow.services import perform

# What a sheet has against a template that it was not made for.
OTHERS = {"MON-03", "MON-04"}
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


def read_any(*, path: Path, templates: Sequence[Template]) -> tuple[int, Judgement]:
    """Read a workbook that is for one of several templates: which one, and the judgement; the first where it is for none.

    Raises OSError where the file is not there.
    """
    raw = _cells(path)
    found = [judged(template, raw) for template in templates]
    own = (number for number, one in enumerate(found) if not any(problem.code in OTHERS for problem in one.problems))
    number = next(own, 0)
    return number, found[number]


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


def earlier_one_replaced(subject: MethodDeclaration, act: Act) -> None:
    """Take the declaration out of use that stood until now; what was validated under it goes on being calculated by it."""
    earlier = declarations_in_use([subject.methodology_version_id]).get(subject.methodology_version_id)
    if earlier is not None:
        perform(earlier, "replace", actor=Actor.clock())
        act.data["replaces"] = earlier.pk
