"""What must be true of a probe."""

from __future__ import annotations

from apps.core.errors import Problem
from apps.workflow.fsm import Act
from tests.probe.models import Probe
from tests.probe.procedure import State


def host_has_not_approved(subject: Probe, act: Act) -> list[Problem]:
    """One approval a government."""
    return [Problem("PRB-01", "the partner country has approved already")] if subject.host_approved_on else []


def japan_has_not_approved(subject: Probe, act: Act) -> list[Problem]:
    """One approval a government."""
    return [Problem("PRB-01", "Japan has approved already")] if subject.japan_approved_on else []


def both_governments_have_approved(subject: Probe, act: Act) -> list[Problem]:
    """Both governments come before the committee."""
    done = subject.host_approved_on and subject.japan_approved_on
    return [] if done else [Problem("PRB-02", "both governments must have approved")]


def predecessor_is_registered(subject: Probe, act: Act) -> list[Problem]:
    """A probe that follows another is registered after it."""
    before = subject.predecessor
    return [Problem("PRB-05", "its predecessor is not registered")] if before and before.state != State.REGISTERED else []
