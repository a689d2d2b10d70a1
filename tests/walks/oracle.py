"""What the tables alone say about an act before it is tried."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from apps.accounts.models import Membership
from apps.core import clock
from apps.documents.selectors import current_versions
from apps.workflow.actors import Actor
from apps.workflow.models import Deadline, Subject
from apps.workflow.table import Step
from tests.journeys.walker import CALLED, may

INCLUDED = {"co_chair": ("member",)}


def may_take(row: Step, file: Subject, one: Membership | Actor, serving: Collection[Membership]) -> bool:
    """Whether the table opens a step to somebody today; `serving` are those on duty."""
    return (isinstance(one, Actor) or one in serving) and may(row, file, one)


def those_who_may(row: Step, file: Subject, serving: Iterable[Membership]) -> Iterator[Membership]:
    """Of those on duty the ones whom the table names; files are asked once what they call an organisation."""
    called, named = cache(file.roles_of), {needed.role.value for needed in row.who}
    for one in serving:
        held = {one.role, *INCLUDED.get(one.role, ())}
        if one.role in CALLED:
            held = CALLED[one.role] & named
            held &= {role.value for role in called(one.organisation_id)} if held else set()
        if any(needed.role.value in held and needed.side in {None, one.side} for needed in row.who):
            yield one


def must_say(file: Subject, key: str, by: Membership | Actor, given: Mapping[str, Any], serving: Collection[Membership]) -> str:
    """The code with which the door must refuse; empty where the table leaves it to checks and inputs.

    Where something is due on the file the clock goes first, and where it stands then is not foreseen here.
    """
    row = file.procedure.row(file.edition, key)
    if row is None:
        return "DOOR-03"
    if is_overdue(file):
        return ""
    if not may_take(row, file, by, serving):
        return "DOOR-00"
    if given.get("version") not in {None, file.version}:
        return "DOOR-04"
    if file.state not in row.source:
        return "DOOR-02"
    return _content(file, row, by, given)


def _content(file: Subject, row: Step, by: Membership | Actor, given: Mapping[str, Any]) -> str:
    if by == Actor.clock() and row.limit_in(file.state) is not None:
        return "DOOR-06"
    if isinstance(by, Membership) and (given.get("effective_on") or clock.today()) < clock.today():
        return "DOOR-10"
    there = {one.kind for one in current_versions(file.procedure.key, file.pk, row.documents)} if row.documents else set()
    return "DOOR-05" if set(map(str, row.documents)) - there else ""


def is_overdue(file: Subject) -> bool:
    """Whether the clock owes something to a file."""
    own = Deadline.objects.filter(subject_type=file.procedure.key, subject_id=file.pk, closed_at=None, by_clock=True)
    return file.procedure.awaits_clock(file.edition, file.state) and own.filter(due_at__lte=clock.now()).exists()
