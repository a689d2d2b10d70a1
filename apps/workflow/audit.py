"""The log explains every state: folding a file's events by its table gives the state it is in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from apps.events.models import Event
from apps.workflow import registry
from apps.workflow.fsm import NEW
from apps.workflow.models import Subject
from apps.workflow.table import Procedure


class Unfounded(RuntimeError):
    """A file stands in a state that its events do not lead to."""


def folded(procedure: Procedure, events: Iterable[Event]) -> str:
    """The state that events, oldest first, lead to by the table of their edition.

    Raises Unfounded at an event that the table does not know, does not allow from where the file
    stood, or that claims another result.
    """
    return folded_with_edition(procedure, events)[0]


def folded_with_edition(procedure: Procedure, events: Iterable[Event]) -> tuple[str, str]:
    """The state, and the edition that the file is under; a step alone moves it to another. Raises as `folded` does."""
    state, version, edition = NEW, 0, ""
    for event in events:
        row = procedure.row(event.edition, event.type.partition(".")[2])
        allowed = row is not None and (state in row.source or (row.opens and state == NEW))
        after = state if row is None or row.target is None else str(row.target.value)
        said = (event.from_state or NEW, event.to_state, event.version)
        if not allowed or said != (state, after, version + 1) or edition not in {"", event.edition}:
            raise Unfounded(f"{event} cannot follow state {state} at version {version}")
        state, version, edition = after, event.version, (row.into if row else "") or event.edition
    return state, edition


def differences() -> list[str]:
    """Every file whose state or version is not what its events lead to; empty when the log is whole."""
    return [complaint for procedure in registry.procedures() for complaint in _differences(procedure)]


def judge(subject: Subject, events: Iterable[Event]) -> str | None:
    """What is wrong with one file, in words; None when its events lead to its state and version."""
    events = list(events)
    try:
        state, edition = folded_with_edition(subject.procedure, events)
    except Unfounded as error:
        return f"{subject.procedure.key} {subject.pk}: {error}"
    stands, leads = (subject.state, subject.version), (state, len(events))
    if stands != leads:
        return f"{subject.procedure.key} {subject.pk} is in {stands}; its events lead to {leads}"
    if subject.edition != edition:
        return f"{subject.procedure.key} {subject.pk} is under {subject.edition}; its events lead to {edition}"
    return None


def _differences(procedure: Procedure) -> Iterator[str]:
    files = registry.model_of(procedure.key)._default_manager.in_bulk()
    events = Event.objects.filter(subject_type=procedure.key).order_by("subject_id", "version").iterator()
    for pk, of_one in groupby(events, key=lambda event: event.subject_id):
        subject = files.pop(pk, None)
        complaint = judge(subject, of_one) if subject else f"{procedure.key} {pk} has events but no file"
        if complaint:
            yield complaint
    yield from (f"{procedure.key} {pk} has no event" for pk in files)
