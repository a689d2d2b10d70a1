"""The bridge to django-fsm: a state field that no code assigns, and methods that only the door can call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django_fsm import FSMField, transition

from apps.accounts.roles import Capacity, Role
from apps.workflow.actors import Actor
from apps.workflow.holding import Holding
from apps.workflow.table import BrokenTable, Procedure, Step

# The state of a file that is being opened; no row of a table names it.
NEW = "new"

_KEY = object()

BY_RULE = Capacity(Role.CLOCK)

Body = Callable[[Any, "Act"], None]


class StateField(FSMField):
    """A state, under a name of our own, so that the migrations of other apps do not name django-fsm."""


@dataclass(slots=True)
class Act:
    """Somebody performs a step: who, when, why, with which inputs. Only the door makes a genuine one.

    `holding` is the person's membership as read in this transaction, `capacity` what it counts as.
    Effects may add to `data`, which is written into the event. `read` keeps what several checks and effects of
    this act need of the database, read once under its lock; it is written nowhere.
    """

    id: UUID
    step: Step
    actor: Actor
    at: datetime
    effective_on: date
    reason: str
    inputs: dict[str, Any]
    holding: Holding | None = None
    capacity: Capacity = BY_RULE
    data: dict[str, Any] = field(default_factory=dict)
    read: dict[str, Any] = field(default_factory=dict)
    key: object = None

    @property
    def decided_on(self) -> date:
        """The day of the decision that acts here, whenever its effect was performed and from whichever day it holds."""
        return self.actor.decided_on or self.effective_on

    @property
    def is_genuine(self) -> bool:
        return self.key is _KEY


def genuine(act: Act) -> Act:
    """Mark an act as made by the door. Called by the door alone (held by an architecture test)."""
    act.key = _KEY
    return act


class ByHand(RuntimeError):
    """A step method was called without the door."""


def step(procedure: Procedure) -> Callable[[Body], Body]:
    """Turn a method into the step of the same name; source and target come from the table's rows."""

    def decorate(body: Body) -> Body:
        rows = procedure.steps()[body.__name__]

        @wraps(body)
        def guarded(subject: Any, act: Act) -> None:
            if not getattr(act, "is_genuine", False) or act.step.key != body.__name__:
                raise ByHand(f"{procedure.key}.{body.__name__} is performed through the door only")
            body(subject, act)

        moved: Any = guarded
        for source, target in _moves(procedure, rows).items():
            moved = transition(field="state", source=source, target=target)(moved)
        moved.is_step = True
        return moved  # type: ignore[no-any-return] # reason: django-fsm is not typed

    return decorate


def _moves(procedure: Procedure, rows: tuple[Step, ...]) -> dict[str, str | None]:
    """Source -> target over all editions; two editions may not lead one state two ways under one key."""
    moves: dict[str, str | None] = {}
    for row in rows:
        target = row.target.value if row.target is not None else None
        for source in [state.value for state in row.source] or [NEW]:
            if moves.setdefault(source, target) != target:
                raise BrokenTable(f"{procedure.key}: step {row.key} leads {source} to two states; give one another key")
    return moves
