"""How long steps take: from the log, in legal days from the day a file entered a state to the day on which the step was taken."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from apps.accounts.roles import Role
from apps.core.statements import executed
from apps.events.selectors import ENTERED
from apps.workflow import registry
from apps.workflow.editions import EDITIONS, Edition
from apps.workflow.models import Subject
from apps.workflow.table import Procedure, Step

# What runs from a plan to credits, and who takes part in it; the office work of committee and secretariats is nobody's delay.
MEASURED = ("idea_note", "methodology", "tpe", "project", "reference_emissions", "round", "change", "renewal")

# Days stand between two effective days; one that was dated before the state was entered counts as none.
TAKEN = """
select e.type, count(*), min(e.days), percentile_disc(0.5) within group (order by e.days), max(e.days)
  from (
    select act.type, greatest(act.effective_on - entered.effective_on, 0) as days
      from events_event act ENTERED
     where act.type = any(%s)
  ) e
 group by e.type
""".replace("ENTERED", ENTERED)


@dataclass(frozen=True, slots=True)
class Duration:
    """How long a step took, in days; `target` is the time limit of the rules in `edition`, None where they set none."""

    procedure: Procedure
    row: Step
    count: int
    shortest: int
    median: int
    longest: int
    target: int | None
    edition: Edition


def durations(names: Collection[str] = ()) -> list[Duration]:
    """Every step that somebody is waited for and that was ever taken, in the rulebook's order; one query.

    Left out are steps that the rule takes by itself, those that nobody waits for, and what happens before a file is public.
    `names` keeps those of some types of events, which spares a long log.
    """
    steps = {name: step for name, step in _steps() if not names or name in names}
    with executed(TAKEN, [list(steps)]) as cursor:
        taken = {row[0]: row[1:] for row in cursor.fetchall()}
    return [_duration(*steps[name], taken[name]) for name in steps if name in taken]


def _duration(procedure: Procedure, row: Step, edition: Edition, taken: Sequence[Any]) -> Duration:
    count, shortest, median, longest = taken
    return Duration(procedure, row, count, shortest, median, longest, _target(row, edition), edition)


def _target(row: Step, edition: Edition) -> int | None:
    """The days that the rules give for a step: the longest where they differ from state to state."""
    return max((edition.days(limit.parameter) for limit in row.limit), default=None)


def _steps() -> Iterator[tuple[str, tuple[Procedure, Step, Edition]]]:
    """The steps that are measured by their event's type, each as the newest edition that knows it has it."""
    for key in MEASURED:
        procedure, model = registry.procedure(key), registry.model_of(key)
        found: dict[str, tuple[Procedure, Step, Edition]] = {}
        for edition in sorted((EDITIONS[one] for one in procedure.tables), key=lambda one: one.in_force_from, reverse=True):
            rows = [row for row in procedure.rows(edition.key) if _is_measured(row, model)]
            found = {procedure.event_type(row): (procedure, row, edition) for row in rows} | found
        yield from found.items()


def _is_measured(row: Step, model: type[Subject]) -> bool:
    ends = {str(state) for state in (*row.source, row.target) if state is not None}
    return not (row.opens or row.voluntary or row.is_for(Role.CLOCK) or ends & model.hidden_in)
