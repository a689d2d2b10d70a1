"""What a step will do, told before it is taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from apps.accounts.roles import Capacity
from apps.workflow import policies
from apps.workflow.editions import EDITIONS, Edition
from apps.workflow.models import Deadline, Subject
from apps.workflow.selectors import open_deadlines
from apps.workflow.table import Procedure, Step


@dataclass(frozen=True, slots=True)
class Beginning:
    """A time limit that a step starts: what must then be done, and within how many days."""

    row: Step
    days: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """A row of the rulebook as the page of its step tells it.

    `capacity` is what the reader acts as, `due` the limit that runs for this step, `begins` the limits
    that it starts, `next_by` whose move it is then; empty where the file stays in its state.
    """

    row: Step
    edition: Edition
    source: str
    target: str
    capacity: Capacity
    due: Deadline | None
    begins: Sequence[Beginning]
    next_by: Sequence[Capacity]


def outlook(subject: Subject, row: Step, capacity: Capacity) -> Outlook:
    """What a step will do to a file that is open."""
    due = open_deadlines(subject).filter(step=row.key).first() if row.limit_in(subject.state) else None
    return _outlook(subject.procedure, subject.edition, row, capacity, subject.state, due)


def opening_outlook(procedure: Procedure, edition: str, row: Step, capacity: Capacity) -> Outlook:
    """What opening a file will do."""
    return _outlook(procedure, edition, row, capacity, "", None)


def _outlook(procedure: Procedure, edition: str, row: Step, capacity: Capacity, source: str, due: Deadline | None) -> Outlook:
    target = str(row.target.value) if row.target is not None else ""
    rules = EDITIONS[edition]
    after = [one for one in procedure.rows(edition) if target in one.source and not one.voluntary]
    limits = [(one, one.limit_in(target)) for one in procedure.rows(edition)]
    return Outlook(
        row=row,
        edition=rules,
        source=_label(procedure, source),
        target=_label(procedure, target),
        capacity=capacity,
        due=due,
        begins=[Beginning(one, rules.days(limit.parameter)) for one, limit in limits if limit],
        next_by=list(dict.fromkeys(one for later in after for one in later.who)),
    )


def _label(procedure: Procedure, state: str) -> str:
    return str(procedure.states(state).label) if state else ""


def capacity_for(row: Step, held: frozenset[Capacity]) -> Capacity:
    """The capacity in which a step would be taken. Raises LookupError when it is not open to the holder."""
    found = policies.acting_as(row, held)
    if found is None:
        raise LookupError(f"{row.key} is not open to {held}")
    return found
