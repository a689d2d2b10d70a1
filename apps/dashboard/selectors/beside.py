"""What stands beside the matters of a desk: the next meeting, days of rest, what was decided, who has still to answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db.models import Exists, OuterRef, Q, Subquery

from apps.accounts.models import Membership
from apps.accounts.roles import Side
from apps.committee.kinds import Answer
from apps.committee.models import Ballot, BallotItem, Decision, Position, Seat
from apps.committee.procedure import State as BallotState
from apps.committee.selectors import decisions
from apps.meetings.models import Meeting
from apps.meetings.selectors import OPEN
from apps.registry.kinds import AccountKind
from apps.registry.models import Account
from apps.registry.selectors import with_balances
from apps.workflow.models import Subject
from apps.workflow.selectors import holidays

LATELY = 4
ACCOUNTS = 8
RESTS = 4
# How far ahead days of rest are told.
AHEAD = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision with what the reader, or whom they act for, had said on it; `sat` is whether they had a seat."""

    decision: Decision
    answer: str
    sat: bool


@dataclass(frozen=True, slots=True)
class Rest:
    """A day on which a side rests, by its name in the side's list."""

    on: date
    side: Side
    name: str


@dataclass(frozen=True, slots=True)
class Polled:
    """A running ballot with its seats, each with `silent`: whether an item still waits for its word."""

    ballot: Ballot
    seats: Sequence[Seat]

    def of(self, side: str) -> tuple[int, list[Seat]]:
        """How many seats a side has, and those that are silent."""
        own = [one for one in self.seats if one.side == side]
        return len(own), [one for one in own if getattr(one, "silent", False)]


def decided_lately(membership: Membership) -> list[Decided]:
    """The latest decisions with the reader's own answers; one query."""
    spoken_for = [membership.pk, *([membership.acts_for_id] if membership.acts_for_id else [])]
    seats = Seat.objects.filter(ballot=OuterRef("ballot"), membership__in=spoken_for)
    said = Position.objects.filter(item=OuterRef("item"), seat__membership__in=spoken_for).order_by("-id")
    found = decisions().annotate(said=Subquery(said.values("answer")[:1]), sat=Exists(seats))
    return [Decided(one, one.said or "", one.sat) for one in found[:LATELY]]


def next_meeting(files: Iterable[Subject]) -> Meeting | None:
    """Of the files on a desk the meeting that is held next."""
    ahead = [one for one in files if isinstance(one, Meeting) and one.state in OPEN]
    return min(ahead, key=lambda one: one.starts_at, default=None)


def rests_ahead(today: date) -> list[Rest]:
    """The next days on which a side rests; one query."""
    until = today + AHEAD
    days = [Rest(on, side, name) for side, on, name in holidays({today.year, until.year}) if today <= on <= until]
    return sorted(days, key=lambda one: (one.on, one.side))[:RESTS]


def polled() -> list[Polled]:
    """The ballots before the members, the first that closes first, with who has still to answer; one query.

    That somebody has answered, not what, is open to both sides at any time. Source: rules 3.3.
    """
    heard = Position.objects.filter(Q(revision=OuterRef("revision")) | Q(answer=Answer.CONFLICT_OF_INTEREST))
    heard = heard.filter(item=OuterRef("pk"), seat=OuterRef(OuterRef("pk")))
    waiting = BallotItem.objects.filter(~Exists(heard), ballot=OuterRef("ballot"), outcome="")
    seats = Seat.objects.filter(ballot__state=BallotState.CIRCULATED).annotate(silent=Exists(waiting))
    found = seats.select_related("ballot", "membership__user")
    by_ballot = groupby(found.order_by("ballot", "side", "-is_co_chair", "id"), key=lambda one: one.ballot)
    return sorted((Polled(ballot, list(group)) for ballot, group in by_ballot), key=_closing)


def _closing(one: Polled) -> tuple[bool, datetime, int]:
    """The first that closes first, then those without a time."""
    closes_at = one.ballot.closes_at
    return closes_at is None, closes_at or one.ballot.state_since, one.ballot.pk


def fullest_accounts(side: str) -> list[Account]:
    """The accounts of a side's registry that hold most, each with its `balance` in tonnes; one query."""
    found = with_balances().filter(side=side).exclude(kind=AccountKind.SOURCE).select_related("holder")
    return list(found.order_by("-balance", "id")[:ACCOUNTS])
