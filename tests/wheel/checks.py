"""What must be true of a wheel."""

from __future__ import annotations

from apps.core.errors import Problem
from apps.workflow.fsm import Act
from tests.wheel.models import Wheel


def wheel_is_not_stuck(subject: Wheel, act: Act) -> list[Problem]:
    """A stuck wheel neither turns nor goes."""
    return [Problem("WHL-01", "the wheel is stuck")] if subject.stuck else []


def wheel_is_not_heavy(subject: Wheel, act: Act) -> list[Problem]:
    """A heavy wheel does not turn."""
    return [Problem("WHL-02", "the wheel is too heavy", "weight")] if subject.weight > 100 else []


def wheel_is_marked(subject: Wheel, act: Act) -> list[Problem]:
    """Only a marked wheel is settled."""
    return [] if subject.marks else [Problem("WHL-03", "the wheel bears no mark")]
