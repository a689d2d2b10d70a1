"""What the design document says of the project in fields of its own, and that it is found additional. Source: rules 2.1, 4.3."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sized

from django.utils.translation import gettext as _

from apps.core.errors import Problem
from apps.projects.kinds import Additionality
from apps.projects.models import Project
from apps.projects.selectors import estimates_of, sites_of
from apps.workflow.fsm import Act

# What the PDD form asks for besides participants, methodology and documents; the estimates say what is expected a year.
# Source: rules 4.3.
KEPT_ELSEWHERE: dict[str, Callable[[Project], Sized]] = {"sites": sites_of, "estimates": estimates_of}
OF_THE_FORM = (
    *KEPT_ELSEWHERE, "operation_starts_on", "operational_lifetime", "contribution_from_japan",
    "impact_assessment", "consultation",
)  # fmt: skip


def additionality_is_stated(subject: Project, act: Act) -> list[Problem]:
    """PRJ-54: where the edition asks for it, the design document says why the project is additional. Source: rules 2.1, S26."""
    if subject.additionality or not subject.rules.gate("additionality_gate"):
        return []
    return [Problem("PRJ-54", _("the additionality statement is missing; amend the particulars"), "additionality")]


def particulars_are_complete(subject: Project, act: Act) -> list[Problem]:
    """PRJ-56: where the edition asks for all of them, no particular of the PDD form is missing. Source: rules 4.3 [I]."""
    if not subject.rules.gate("full_design_gate"):
        return []
    text = _("%(label)s is missing; amend the particulars")
    return [Problem("PRJ-56", text % {"label": subject.procedure.inputs[name].label}, name) for name in _missing(subject)]


def project_is_found_additional(subject: Project, act: Act) -> list[Problem]:
    """PRJ-55: where the edition asks for the statement, a positive opinion finds it additional. Source: rules 2.1, 2.7."""
    if not act.inputs:
        return []
    if act.inputs.get("additionality_finding") == Additionality.NOT_ADDITIONAL:
        text = _("a project that is not additional gets no positive opinion; report a negative one")
        return [Problem("PRJ-55", text, "additionality_finding")]
    needed = ("additionality_finding", "additionality_conclusion") if subject.rules.gate("additionality_gate") else ()
    text = _("%(label)s is missing")
    inputs = subject.procedure.inputs
    return [Problem("PRJ-55", text % {"label": inputs[name].label}, name) for name in needed if name not in act.inputs]


def _missing(subject: Project) -> Iterator[str]:
    for name in OF_THE_FORM:
        there = KEPT_ELSEWHERE[name](subject) if name in KEPT_ELSEWHERE else getattr(subject, name) not in (None, "")
        if not there:
            yield name
