"""Whose turn a file was at, and for how long: what the log says of each stretch between two acts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.accounts.roles import Capacity, Role, Side
from apps.core.calendar import still_between
from apps.events.models import Event
from apps.workflow.models import Subject
from apps.workflow.table import Procedure, Step


class Turn(TextChoices):
    """Who holds the clock while a file waits."""

    PARTICIPANT = "participant", _("Project participant")
    TPE = "tpe", _("Third-party entity")
    SECRETARIAT = "secretariat", _("Secretariat")
    HOST = "host", _("Partner country’s side")
    JAPAN = "japan", _("Japan’s side")
    COMMITTEE = "committee", _("Joint Committee")
    CLOCK = "clock", _("Windows that run, such as public inputs")
    STOPPED = "stopped", _("Nobody; its clock stood still")


OF_ROLE = {
    Role.PARTICIPANT: Turn.PARTICIPANT,
    Role.FOCAL_POINT: Turn.PARTICIPANT,
    Role.PROPONENT: Turn.PARTICIPANT,
    Role.TPE: Turn.TPE,
    Role.APPLICANT: Turn.TPE,
    Role.SECRETARIAT: Turn.SECRETARIAT,
    Role.MEMBER: Turn.COMMITTEE,
    Role.CO_CHAIR: Turn.COMMITTEE,
    Role.ALTERNATE: Turn.COMMITTEE,
    Role.COMMITTEE: Turn.COMMITTEE,
    Role.CLOCK: Turn.CLOCK,
}
OF_SIDE = {Side.HOST: frozenset({Turn.HOST}), Side.JAPAN: frozenset({Turn.JAPAN}), None: frozenset({Turn.HOST, Turn.JAPAN})}


def time_spent(subject: Subject, events: Sequence[Event], until: datetime) -> dict[Turn, timedelta]:
    """How long a file waited for whom, by its events in their order, up to a moment; those who never had the turn are left out.

    Where it waited for several at once each is counted, so that the sum may be more than the time that passed.
    A side that has taken its step in a state is no longer waited for in it. Time in which its clock stood still is nobody's.
    """
    spent: dict[Turn, timedelta] = {}
    for turns, begins_at, ends_at in _stretches(subject.procedure, events, until):
        stood = still_between(subject.standstills, begins_at, ends_at) if turns else timedelta()
        for one in turns:
            spent[one] = spent.get(one, timedelta()) + (ends_at - begins_at - stood)
        spent[Turn.STOPPED] = spent.get(Turn.STOPPED, timedelta()) + stood
    return {one: spent[one] for one in Turn if spent.get(one)}


Stretch = tuple[frozenset[Turn], datetime, datetime]


def _stretches(procedure: Procedure, events: Sequence[Event], until: datetime) -> Iterator[Stretch]:
    """Each stretch between two acts: who was waited for, from when, and until when."""
    taken: set[str] = set()
    ends = [*(one.acted_at for one in events[1:]), until]
    for event, ends_at in zip(events, ends, strict=True):
        step = event.type.partition(".")[2]
        row = procedure.row(event.edition, step)
        entered = event.from_state != event.to_state or (row is not None and row.restarts)
        taken = set() if entered else taken | {step}
        edition = event.data.get("moved_to_edition", event.edition)
        yield waited_for(procedure.rows(edition), event.to_state, taken), event.acted_at, max(ends_at, event.acted_at)


def waited_for(rows: Iterable[Step], state: str, taken: set[str]) -> frozenset[Turn]:
    """Whose turn it is in a state in which some steps were taken already: people's, else the clock's."""
    awaited = [row for row in rows if state in row.source and not row.voluntary and row.key not in taken]
    turns = frozenset(one for row in awaited for capacity in row.who for one in turns_of(capacity))
    return turns - {Turn.CLOCK} or turns


def turns_of(capacity: Capacity) -> frozenset[Turn]:
    """Who holds the clock where a capacity is waited for; a government or registry of either side stands for both."""
    found = OF_ROLE.get(capacity.role)
    return frozenset({found}) if found else OF_SIDE[capacity.side]
