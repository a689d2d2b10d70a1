"""Reading deadlines, files of several procedures at once, and which edition of the rules applies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Func, JSONField, QuerySet, Value

from apps.core.statements import read
from apps.workflow.editions import Edition, NoRules, edition, in_force
from apps.workflow.models import Deadline, EditionInForce, Subject
from apps.workflow.table import Procedure


def open_deadlines(subject: Subject) -> QuerySet[Deadline]:
    """A file's running deadlines, the next one first."""
    return Deadline.objects.filter(subject_type=subject.procedure.key, subject_id=subject.pk, closed_at=None)


def waiting_for_clock(at: datetime) -> QuerySet[Deadline]:
    """Deadlines that the system must act on, in the order in which they fell due."""
    return Deadline.objects.filter(closed_at=None, by_clock=True, due_at__lte=at).order_by("due_at", "id")


# Asked at every act of a file that awaits the clock: a statement that is never built anew.
OWED = """
from workflow_deadline r
 where closed_at is null and by_clock and due_at <= %s and subject_type = %s and subject_id = %s and not id = any(%s)
 order by due_at, id limit 1
"""


def due_by_clock(subject: Subject, at: datetime) -> Iterator[Deadline]:
    """What the clock owes to a file at a moment, in due order and each once; read anew after each act."""
    if not subject.procedure.awaits_clock(subject.edition, subject.state):
        return
    done: list[int] = []
    while found := read(Deadline, OWED, [at, subject.procedure.key, subject.pk, done]):
        done.append(found[0].pk)
        yield found[0]


def is_due(subject: Subject, step: str, at: datetime) -> bool:
    """Whether a deadline of this step is open and its moment has come."""
    return open_deadlines(subject).filter(step=step, due_at__lte=at).exists()


def edition_in_force(on: date) -> Edition:
    """The edition that files are opened under on a day: the one last adopted by then, else the partner country's first.

    Raises NoRules when none was in force yet. Source: rules 3.11.
    """
    adopted = EditionInForce.objects.filter(starts_on__lte=on).order_by("-starts_on", "-id").first()
    return edition(adopted.edition) if adopted else in_force(settings.JCM_PARTNER["code"], on)


def in_one_query(files: Sequence[QuerySet[Any]]) -> list[Subject]:
    """The files of several querysets, each of one procedure, all annotated alike; one query whatever their number.

    A table's row travels as one JSON value, since the tables of the procedures have different columns.
    """
    if not files:
        return []
    names = list(files[0].query.annotations)
    first, *rest = (_as_rows(place, one, names) for place, one in enumerate(files))
    return [
        _from_row(files[place].model, row, dict(zip(names, more, strict=True)))
        for place, row, *more in first.union(*rest, all=True)
    ]


class WholeRow(Func):
    """A table's row as one JSON value."""

    template = "to_jsonb(%(table)s)"
    output_field = JSONField()


def _as_rows(place: int, files: QuerySet[Any], names: Sequence[str]) -> QuerySet[Any, Any]:
    row = WholeRow(table=connection.ops.quote_name(files.model._meta.db_table))
    return files.values_list(Value(place), row, *names)


def _from_row(model: type[Subject], row: Mapping[str, Any], more: Mapping[str, Any]) -> Subject:
    """A file as it would have been read by itself, with its annotations."""
    fields = model._meta.concrete_fields
    found = model.from_db("default", [one.attname for one in fields], [one.to_python(row[str(one.column)]) for one in fields])
    found.__dict__.update(more)
    return found


def edition_for(procedure: Procedure, on: date) -> Edition:
    """The edition that files of a procedure are opened under on a day.

    Raises NoRules where none was in force, or where the one in force does not know this procedure.
    """
    found = edition_in_force(on)
    if found.key not in procedure.tables:
        raise NoRules(f"{found.key}, in force on {on.isoformat()}, does not know {procedure.key}")
    return found
