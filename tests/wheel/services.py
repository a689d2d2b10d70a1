"""Writes of the wheel, and short ways to bring one to a state through real steps."""

from __future__ import annotations

from typing import Any

from apps.accounts.models import Membership
from apps.events.models import Event
from apps.workflow.actors import Actor
from apps.workflow.fsm import Act
from apps.workflow.services import open_file, perform
from tests.wheel.models import Wheel


def wheel_counted(subject: Wheel, act: Act) -> None:
    """A wheel's number is that of its row, which exists by now."""
    subject.reference = f"W{subject.pk}"
    act.data["counted"] = True


def mark_added(subject: Wheel, act: Act) -> None:
    """The list of marks grows in place."""
    subject.marks.append(act.effective_on.isoformat())


def made(by: Membership, **options: Any) -> Wheel:
    """A wheel that somebody has made."""
    options = {"actor": Actor.person(by), "edition": "india_2026", "title": "A wheel", **options}
    wheel = open_file(Wheel, "make", **options)
    assert isinstance(wheel, Wheel)
    return wheel


def act(wheel: Wheel, step: str, by: Membership | Actor, **options: Any) -> Event:
    """Perform a step as a member, the clock or a decision."""
    return perform(wheel, step, actor=by if isinstance(by, Actor) else Actor.person(by), **options)


def turning(by: Membership, **options: Any) -> Wheel:
    """A wheel that turns."""
    wheel = made(by, **options)
    act(wheel, "turn", by)
    return wheel.reload()


def stopped(by: Membership, **options: Any) -> Wheel:
    """A wheel that somebody has stopped before its time."""
    wheel = turning(by, **options)
    act(wheel, "stop", by)
    return wheel.reload()
