"""Whether enough are present to decide. Nothing here writes. Source: rules 3.2."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from apps.accounts.models import Membership
from apps.accounts.render import side_name
from apps.accounts.roles import Role, Side
from apps.core.errors import Problem
from apps.meetings.models import AgendaItem, Attendance, Meeting
from apps.meetings.selectors import attendance_of, seats_on

# An opening is about everything: whoever acts for a member in some matters counts.
Matter = AgendaItem | None


@dataclass(frozen=True, slots=True)
class Quorum:
    """Who counts on each side at a moment, and what the edition asks for."""

    co_chairs: frozenset[str]
    present: dict[str, int]
    needs_co_chairs: bool
    needs_members: int

    @property
    def is_there(self) -> bool:
        return not list(self.problems())

    def problems(self) -> Iterator[Problem]:
        """What is missing: MTG-16 a co-chair, MTG-17 members of a side."""
        for side in Side:
            if self.needs_co_chairs and side not in self.co_chairs:
                text = _("the co-chair of %(side)s is not present, nor anybody who acts for them")
                yield Problem("MTG-16", text % {"side": side_name(side)})
            if self.present[side] < self.needs_members:
                counts = {"side": side_name(side), "count": self.present[side], "least": self.needs_members}
                text = _("%(count)s of %(side)s count as present; at least %(least)s are needed")
                yield Problem("MTG-17", text % counts)


def quorum(meeting: Meeting, at: datetime, matter: Matter = None, conflicted: Collection[int] = ()) -> Quorum:
    """The quorum of a meeting at a moment, for an item without those who have a conflict of interest in it."""
    return quorum_among(meeting, attendance_of(meeting), seats_on(meeting), at, matter, conflicted)


def quorum_among(
    meeting: Meeting,
    attendances: Iterable[Attendance],
    seats: Iterable[Membership],
    at: datetime,
    matter: Matter = None,
    conflicted: Collection[int] = (),
) -> Quorum:
    """The same of what has been read already. Each seat counts once, whoever speaks for it."""
    by_key = {one.pk: one for one in seats}
    present = [one for one in attendances if one.covers(at) and one.line not in conflicted and one.membership]
    counted = [by_key[key] for key in {seat_held(one.membership, matter) or 0 for one in present} if key in by_key]
    return Quorum(
        co_chairs=frozenset(one.side for one in counted if one.role == Role.CO_CHAIR),
        present={side.value: sum(one.side == side for one in counted) for side in Side},
        needs_co_chairs=meeting.rules.gate("quorum_co_chairs"),
        needs_members=meeting.rules.days("quorum_members_per_side"),
    )


def seat_held(membership: Membership | None, matter: Matter) -> int | None:
    """The membership whose seat somebody speaks for: their own, or the one that they act for in this matter."""
    if membership is None or membership.role != Role.ALTERNATE:
        return membership.pk if membership else None
    return membership.acts_for_id if acts_in(membership, matter) else None


def acts_in(alternate: Membership, matter: Matter) -> bool:
    """Whether a matter lies within the scope of an alternate; a topic is about no procedure and needs the whole scope."""
    return matter is None or not alternate.scope or matter.subject_type in alternate.scope
