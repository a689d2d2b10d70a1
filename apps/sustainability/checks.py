"""What must be true of a plan and of a report before they are filed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from apps.core.errors import Problem
from apps.sustainability.inputs import RESULTS, Planned, Result, plan_in, results_in
from apps.sustainability.kinds import BY_KEY, Concern, answering
from apps.sustainability.selectors import planned_keys
from apps.workflow.fsm import Act


def concerns_without_an_answer(act: Act) -> list[Problem]:
    """SDV-01: the concerns of which a plan that is given has no indicator, each with those that would do. Source: rules 4.4."""
    field, lines = plan_in(act.inputs)
    return unanswered(lines, field) if lines else []


def unanswered(lines: Iterable[Planned], field: str) -> list[Problem]:
    """SDV-01 of the lines of a plan, told at a field."""
    answered = {concern for one in lines for concern in BY_KEY[one.indicator].concerns}
    text = _("the plan has no indicator for “%(concern)s”; add a line with one of %(keys)s")
    return [
        Problem("SDV-01", text % {"concern": one.label, "keys": ", ".join(entry.key for entry in answering(one))}, field)
        for one in Concern
        if one not in answered
    ]


def strangers_to_the_plan(project_id: int, act: Act) -> list[Problem]:
    """Why results do not fit the project's newest plan, line by line.

    SDV-02 an indicator that the plan does not foresee, without a mark; SDV-03 the mark on one that it foresees.
    """
    return strangers(project_id, results_in(act.inputs), RESULTS.name)


def strangers(project_id: int, lines: Sequence[Result], field: str) -> list[Problem]:
    """SDV-02, SDV-03 of the lines of a report on a project, told at a field."""
    planned = planned_keys(project_id) if lines else set()
    found = []
    for number, one in enumerate(lines, start=1):
        said = {"number": number, "indicator": one.indicator}
        if one.indicator not in planned and not one.unplanned:
            text = _("line %(number)s: %(indicator)s is not in the plan; say why it is reported, and mark it as unplanned")
            found.append(Problem("SDV-02", text % said, field))
        if one.indicator in planned and one.unplanned:
            text = _("line %(number)s: %(indicator)s is in the plan; leave the mark `unplanned` out")
            found.append(Problem("SDV-03", text % said, field))
    return found
