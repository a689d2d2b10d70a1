"""Reading deadlines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from apps.workflow.models import Deadline, Subject


def open_deadlines(subject: Subject) -> QuerySet[Deadline]:
    """A file's running deadlines, the next one first."""
    return Deadline.objects.filter(subject_type=subject.procedure.key, subject_id=subject.pk, closed_at=None)


def waiting_for_clock(at: datetime) -> QuerySet[Deadline]:
    """Deadlines that the system must act on, in the order in which they fell due."""
    return Deadline.objects.filter(closed_at=None, by_clock=True, due_at__lte=at).order_by("due_at", "id")


def due_by_clock(subject: Subject, at: datetime) -> Iterator[Deadline]:
    """What the clock owes to a file at a moment, in due order and each once; read anew after each act."""
    if not subject.procedure.awaits_clock(subject.edition, subject.state):
        return
    owed = waiting_for_clock(at).filter(subject_type=subject.procedure.key, subject_id=subject.pk)
    done: list[int] = []
    while (found := owed.exclude(pk__in=done).first()) is not None:
        done.append(found.pk)
        yield found


def is_due(subject: Subject, step: str, at: datetime) -> bool:
    """Whether a deadline of this step is open and its moment has come."""
    return open_deadlines(subject).filter(step=step, due_at__lte=at).exists()
