"""All writes of a step in one data-modifying statement.

The parts of such a statement see one snapshot and run in no order, so deadlines that are closed and
opened again under the same step are closed in a statement before. The text of a statement depends
only on the model, the columns that changed and what is closed, opened and told: it is built once.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from operator import attrgetter
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from apps.accounts.roles import Role
from apps.core.statements import first_row
from apps.events.kinds import subscribers_of
from apps.events.models import Event
from apps.workflow.models import Subject
from apps.workflow.services.reckoning import counted, reckon
from apps.workflow.table import Limit, Step

_GIVEN_BY_DATABASE = ("id", "recorded_at", "transaction_id")
_PLAIN = [str(one.attname) for one in Event._meta.concrete_fields if one.name not in (*_GIVEN_BY_DATABASE, "data", "documents")]
_plain_values = attrgetter(*_PLAIN)
_EVENT = (
    f"e as (insert into events_event ({', '.join(_PLAIN)}, data, documents)"
    f" values ({', '.join(['%s'] * len(_PLAIN))}, %s, %s) returning {', '.join(_GIVEN_BY_DATABASE)})"
)
_TOLD = "d as (insert into events_delivery (event_id, subscriber) select e.id, s from e, unnest(%s::text[]) s)"

_DEADLINE = (
    "subject_type", "subject_id", "step", "clause", "rule", "days", "unit", "both_ends", "starts_on", "due_at",
    "days_off", "stops", "extensions", "by_clock", "opened_by",
)  # fmt: skip
_DEADLINE_MARKS = f"({', '.join(['%s'] * len(_DEADLINE))})"
_DEADLINE_INTO = f"insert into workflow_deadline ({', '.join(_DEADLINE)}) values "

_CLOSE = """update workflow_deadline set closed_at = %s, outcome = case
 when step <> %s then 'moot' when %s then 'fired' when due_at > %s then 'met' else 'late' end
 where subject_type = %s and subject_id = %s and closed_at is null"""
_CLOSE_OWN = f"{_CLOSE} and step = %s"

Limits = tuple[tuple[Step, Limit], ...]


def write(subject: Subject, row: Step, event: Event, changed: Sequence[str]) -> None:
    """Save the moved file, close and open its deadlines, append the event and its deliveries.

    Leaving a state closes all its deadlines; a step that stays in the state closes its own. Sets the
    event's id, `recorded_at` and `transaction_id` from what the database gave.
    """
    moved = row.restarts or event.from_state != event.to_state
    left, entered = _limits(subject, event, moved=moved)
    close, closing = _closing(row, event, [one for one, _limit in left], moved=moved)
    if close and any(one is opening for one, _ in left for opening, _ in entered):
        first_row(f"{close} returning id", closing)
        close, closing = "", []
    told = subscribers_of(event.type)
    parameters = [*_values(subject, changed), *closing]
    for opening, limit in entered:
        parameters += _opening(subject, opening, limit, event)
    parameters += [*_plain_values(event), Jsonb(event.data), Jsonb(event.documents), *([told] if told else [])]
    statement = _statement(type(subject), tuple(changed), close, len(entered), bool(told))
    event.pk, event.recorded_at, event.transaction_id = first_row(statement, parameters) or ()


def _limits(subject: Subject, event: Event, *, moved: bool) -> tuple[Limits, Limits]:
    """The time limits of the state that was left, or stayed in, and those that entering another opens.

    A step that moves the file to another edition leaves by the table of the one and enters by that of the other.
    """
    procedure = subject.procedure
    left = procedure.limits_in(event.edition, event.from_state)
    entered = procedure.limits_in(subject.edition, event.to_state) if moved else ()
    return left, tuple((row, limit) for row, limit in entered if subject.waits_for(row))


@cache
def _statement(model: type[Subject], changed: tuple[str, ...], close: str, opened: int, told: bool) -> str:  # noqa: FBT001 # reason: a part of the key
    parts = [_save_sql(model, changed)] if changed else []
    parts += [close] if close else []
    parts += [_DEADLINE_INTO + ", ".join([_DEADLINE_MARKS] * opened)] if opened else []
    sql = [f"p{number} as ({part})" for number, part in enumerate(parts)]
    return f"with {', '.join([*sql, _EVENT, *([_TOLD] if told else [])])} select {', '.join(_GIVEN_BY_DATABASE)} from e"


def _save_sql(model: type[Subject], changed: tuple[str, ...]) -> str:
    assignments = ", ".join(f'"{_fields(model)[name].column}" = %s' for name in changed)
    return f'update "{model._meta.db_table}" set {assignments} where id = %s'


@cache
def _fields(model: type[Subject]) -> dict[str, Any]:
    return {field.attname: field for field in model._meta.concrete_fields}


def _values(subject: Subject, changed: Sequence[str]) -> list[Any]:
    fields = _fields(type(subject))
    values = [fields[name].get_db_prep_save(getattr(subject, name), connection) for name in changed]
    return [*values, subject.pk] if values else []


def _closing(row: Step, event: Event, left: Sequence[Step], *, moved: bool) -> tuple[str, list[Any]]:
    """How deadlines are closed, with its parameters; empty where none can be open."""
    by_clock = event.actor == "clock"
    parameters = [event.acted_at, row.key, by_clock, event.acted_at, event.subject_type, event.subject_id]
    if left and moved:
        return _CLOSE, parameters
    return (_CLOSE_OWN, [*parameters, row.key]) if row in left else ("", [])


def _opening(subject: Subject, row: Step, limit: Limit, event: Event) -> list[Any]:
    starts_on = (getattr(subject, limit.since) if limit.since else None) or event.effective_on
    count = counted(reckon(subject, limit, starts_on))
    return [
        event.subject_type, subject.pk, row.key, row.clause, limit.parameter,
        count["days"], count["unit"], count["both_ends"], count["starts_on"], count["due_at"],
        Jsonb(count["days_off"]), Jsonb(count["stops"]), Jsonb(count["extensions"]), row.is_for(Role.CLOCK), event.act_id,
    ]  # fmt: skip
