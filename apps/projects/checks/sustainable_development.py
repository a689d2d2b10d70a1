"""What must be true of the sustainable development plan of a project."""

from __future__ import annotations

from apps.core.errors import Problem
from apps.projects.models import Project
from apps.sustainability.checks import concerns_without_an_answer
from apps.workflow.fsm import Act


def plan_answers_the_concerns(subject: Project, act: Act) -> list[Problem]:
    """SDV-01: where the edition asks for it, a plan that is given answers each of the four concerns. Source: rules 4.4."""
    return concerns_without_an_answer(act) if subject.rules.gate("sd_plan_answers_concerns") else []
