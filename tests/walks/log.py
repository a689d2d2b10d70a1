"""What must hold of each new event, judged by the procedures' tables alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from apps.accounts.models import Membership
from apps.accounts.roles import INCLUDES, RELATED, Role
from apps.core.calendar import start_of
from apps.events.models import Event
from apps.workflow import registry
from apps.workflow.models import Deadline, Subject
from apps.workflow.table import Step

# What a file may call the company of somebody who judges it, and must not call it besides.
PARTIES = frozenset({Role.PARTICIPANT, Role.FOCAL_POINT, Role.PROPONENT})


def row_of(event: Event) -> Step | None:
    """The row that an event says was performed."""
    return registry.procedure(event.subject_type).row(event.edition, event.type.partition(".")[2])


def file_of(subject_type: str, subject_id: int) -> Subject | None:
    """A file as the database has it now."""
    return registry.model_of(subject_type)._default_manager.filter(pk=subject_id).first()


@dataclass(frozen=True)
class Stand:
    """Where its events have led a file."""

    state: str
    edition: str
    version: int


Place = tuple[str, int]


def stand_of(event: Event) -> Stand:
    """Where an event has led its file."""
    return Stand(event.to_state, event.data.get("moved_to_edition", event.edition), event.version)


def complaints(events: Iterable[Event], known: Mapping[Place, Stand] | None = None) -> list[str]:
    """What new events break: I-18, I-14 and I-07, each by itself, and I-10 where one does not follow from the one before.

    `known` is where earlier events have led the files. That the files stand where the last events lead is looked at by
    the statements of `invariants.py`.
    """
    events = list(events)
    return [*(said for event in events for said in _of_one(event)), *_unchained(events, dict(known or {}))]


def _unchained(events: Iterable[Event], stands: dict[Place, Stand]) -> Iterator[str]:
    for event in events:
        place = (event.subject_type, event.subject_id)
        before = stands.get(place) or Stand("", event.edition, 0)
        if (event.from_state, event.edition, event.version) != (before.state, before.edition, before.version + 1):
            yield f"I-10: {event} at version {event.version} ({event.edition}) cannot follow {before}"
        stands[place] = stand_of(event)


def _of_one(event: Event) -> Iterator[str]:
    row = row_of(event)
    if row is None:
        yield f"I-18: {event} ({event.edition}) is in no table"
        return
    yield from (f"I-18: {event} {said}" for said in (*_moves(event, row), *_who(event, row)))
    yield from (f"I-14: {event} {said}" for said in _fires(event, row))
    yield from (f"I-07: {event} {said}" for said in _judges_itself(event, row))


def _moves(event: Event, row: Step) -> Iterator[str]:
    """From a state of the row to its target, and never out of a final one."""
    final = {state.value for state in registry.procedure(event.subject_type).final}
    allowed = {state.value for state in row.source} or {""}
    target = event.from_state if row.target is None else row.target.value
    if event.from_state not in allowed:
        yield f"was taken in {event.from_state}"
    if event.to_state != target:
        yield f"led to {event.to_state}"
    if event.from_state in final and event.to_state != event.from_state:
        yield f"left {event.from_state}, which is final"
    if event.clause != row.clause:
        yield f"names clause {event.clause}"


def _who(event: Event, row: Step) -> Iterator[str]:
    """By somebody whom the row names, who holds that capacity."""
    named = [one for one in row.who if one.role.value == event.capacity and one.side in {None, event.side or None}]
    if not named:
        yield f"was taken as {event.capacity} of {event.side or 'neither side'}"
    rule = {"clock": Role.CLOCK, "decision": Role.COMMITTEE}.get(event.actor)
    if rule is not None and event.capacity != rule.value:
        yield f"was taken by the {event.actor} as {event.capacity}"
    if event.actor == "person" and event.capacity not in _holds(event.membership_id):
        yield f"was taken as {event.capacity} by membership {event.membership_id}, which is none"


def _holds(membership_id: int | None) -> frozenset[str]:
    try:
        role = _role_of(membership_id)
    except Membership.DoesNotExist:
        return frozenset()
    return frozenset(one.value for one in RELATED.get(role) or INCLUDES.get(role) or {role})


@cache
def _role_of(membership_id: int | None) -> Role:
    """The role of a membership, which never changes."""
    return Role(Membership.objects.values_list("role", flat=True).get(pk=membership_id))


def _fires(event: Event, row: Step) -> Iterator[str]:
    """The clock takes a step with a limit only by a deadline of that file, once and not before its moment."""
    if event.actor != "clock" or row.limit_in(event.from_state) is None:
        return
    own = Deadline.objects.filter(subject_type=event.subject_type, subject_id=event.subject_id, step=row.key)
    due_at = start_of(event.effective_on + timedelta(days=1))
    fired = own.filter(closed_at=event.acted_at, outcome="fired", due_at=due_at, due_at__lte=event.acted_at)
    if (count := fired.count()) != 1:
        yield f"was taken by the clock for {count} deadlines that were due"


def _judges_itself(event: Event, row: Step) -> Iterator[str]:
    """An entity whose opinion, which comes with a paper, moves a file takes no part in it."""
    if event.capacity != Role.TPE.value or event.from_state in {"", event.to_state} or not row.documents:
        return
    file = file_of(event.subject_type, event.subject_id)
    if file and PARTIES & set(file.roles_of(event.organisation_id or 0)):
        yield f"is the opinion of organisation {event.organisation_id}, which takes part itself"
