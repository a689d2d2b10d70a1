"""The matters of a desk: what waits for the reader, what waits for others, what happened, what may be opened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Q

from apps.accounts.models import Membership
from apps.accounts.roles import Capacity, Role
from apps.committee.models import Ballot, BallotItem, Seat
from apps.committee.selectors import seats_of_membership
from apps.core import clock
from apps.dashboard.selectors.beside import (
    Decided,
    Polled,
    Rest,
    decided_lately,
    fullest_accounts,
    next_meeting,
    polled,
    rests_ahead,
)
from apps.events.models import Event
from apps.findings.models import Assessed
from apps.findings.selectors import Counts, counts_about
from apps.meetings.models import Meeting
from apps.registry.models import Account
from apps.third_party_entities.models import ThirdPartyEntity
from apps.third_party_entities.procedure import IN_OFFICE
from apps.third_party_entities.selectors import Ending, ending_soon
from apps.workflow import policies, registry
from apps.workflow.editions import NoRules
from apps.workflow.holding import holding_of
from apps.workflow.models import Deadline
from apps.workflow.options import Standing, latest_events, movers_of, survey
from apps.workflow.selectors import edition_in_force
from apps.workflow.table import Procedure, Step

MOST_FILES = 200
# Who votes, and who keeps dates for others.
VOTES = frozenset({Role.MEMBER, Role.CO_CHAIR, Role.ALTERNATE})
KEEP_DATES = frozenset({*VOTES, Role.SECRETARIAT})
# What is shown of each before the link to all.
FIRST = 20
OTHERS = 8
NEWS = 8

File = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Matter:
    """A running file with the limit of the steps that wait for the reader, else of what happens by itself; the nearest."""

    standing: Standing
    deadline: Deadline | None

    @property
    def file(self) -> File:
        return key_of(self.standing)

    @property
    def due_at(self) -> datetime | None:
        return self.deadline.due_at if self.deadline else self.standing.subject.expected_at

    @property
    def whose(self) -> list[Capacity]:
        """Whose move it is, each capacity once."""
        return movers_of(self.standing.subject, self.standing.awaited)


@dataclass(frozen=True, slots=True)
class News:
    """The newest of some like acts in a row on one file, the file's name, and how many they are.

    `is_new` is whether it was written down since the reader was last here.
    """

    event: Event
    name: str
    count: int
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Assignment:
    """A file that an entity assesses, or is asked to, with the numbers of its findings."""

    matter: Matter
    file: Assessed
    counts: Counts


@dataclass(frozen=True, slots=True)
class Designation:
    """An entity's own designation, with its time limits and the scopes that end soon."""

    matter: Matter
    entity: ThirdPartyEntity
    ending: Sequence[Ending]


@dataclass(frozen=True, slots=True)
class Ballots:
    """Of the ballots among some matters the items, and the seats that are the reader's or speak for them."""

    items: Mapping[int, Sequence[BallotItem]]
    seats: Mapping[int, Seat]


@dataclass(frozen=True, slots=True)
class Desk:
    """What waits for a membership, what waits for others, what happened, and what may be opened.

    `ballots` are those among the first of what waits. For an entity its assignments and its designation; for a
    secretariat, and a ministry that is consulted, who has still to answer on running ballots; for a secretariat the scopes
    of all entities that end soon; for the committee what it decided lately; for a registry officer the accounts. None for
    the others.
    """

    mine: Sequence[Matter]
    ballots: Ballots
    others: Sequence[Matter]
    running: int
    news: Sequence[News]
    openings: Sequence[tuple[Procedure, Step]]
    # How many acts were written down since the reader was last here, of the latest that are looked at.
    fresh: int = 0
    meeting: Meeting | None = None
    rests: Sequence[Rest] = ()
    decided: Sequence[Decided] | None = None
    polled: Sequence[Polled] | None = None
    accounts: Sequence[Account] | None = None
    assignments: Sequence[Assignment] | None = None
    designation: Designation | None = None
    ending: Sequence[Ending] | None = None


def desk_of(membership: Membership, last_visit_at: datetime | None = None) -> Desk:
    """A membership's desk: its own matters by due date, those of others by how long they wait."""
    standings = survey(membership, most=MOST_FILES)
    theirs = [one for one in standings if one.theirs]
    waiting = [one for one in standings if not one.theirs and one.awaited]
    own = [one for one in standings if is_assigned(one) or is_designation(one)] if is_entity(membership) else []
    matters = with_deadlines([*theirs, *waiting[:OTHERS], *own])
    mine, beside = sorted(matters[: len(theirs)], key=by_due_date), matters[len(matters) - len(own) :]
    news = latest_events(membership, most=NEWS * 5)
    role = membership.as_role
    return Desk(
        mine=mine,
        ballots=ballots_among(mine[:FIRST], membership),
        others=matters[len(theirs) : len(matters) - len(own)],
        running=len(waiting),
        news=news_of(news, standings, last_visit_at),
        fresh=sum(is_fresh(one, last_visit_at) for one in news),
        meeting=next_meeting(one.subject for one in standings),
        rests=rests_ahead(clock.today()) if role in KEEP_DATES else (),
        decided=decided_lately(membership) if role in VOTES else None,
        polled=polled() if role in {Role.SECRETARIAT, Role.AUTHORITY} else None,
        accounts=fullest_accounts(membership.side) if role == Role.REGISTRY else None,
        openings=list(openings(membership)),
        assignments=assignments(beside) if is_entity(membership) else None,
        designation=designation(beside),
        ending=ending_soon(clock.today()) if role == Role.SECRETARIAT else None,
    )


def is_entity(membership: Membership) -> bool:
    """Whether somebody acts for a third-party entity."""
    return membership.as_role == Role.TPE


def is_assigned(standing: Standing) -> bool:
    """Whether the reader's entity assesses a file, or is asked to."""
    file = standing.subject
    return isinstance(file, Assessed) and file.state in file.assessed_in and getattr(file, f"called_{Role.TPE.value}", False)


def is_designation(standing: Standing) -> bool:
    """Whether a file is that of a designated entity."""
    return isinstance(standing.subject, ThirdPartyEntity) and standing.subject.state in IN_OFFICE


def assignments(matters: Sequence[Matter]) -> list[Assignment]:
    """The files among these that an entity assesses, what it must accept first, then by how long they wait; one query."""
    found = [(one, one.standing.subject) for one in matters if isinstance(one.standing.subject, Assessed)]
    counts = counts_about(matter.file for matter, _file in found)
    told = [Assignment(matter, file, counts.get(matter.file, Counts())) for matter, file in found]
    return sorted(told, key=lambda one: (one.file.accepted_on is not None, one.file.state_since, one.file.pk))


def designation(matters: Sequence[Matter]) -> Designation | None:
    """The designation among these, with the scopes that end soon; one query, and none without it."""
    for one in matters:
        if isinstance(one.standing.subject, ThirdPartyEntity):
            return Designation(one, one.standing.subject, ending_soon(clock.today(), one.standing.subject))
    return None


def by_due_date(matter: Matter) -> tuple[bool, datetime, datetime]:
    """The soonest first, then what has no date, the longest waiting first."""
    since = matter.standing.subject.state_since
    return (matter.due_at is None, matter.due_at or since, since)


def with_deadlines(standings: Sequence[Standing]) -> list[Matter]:
    """Files with the time limit of each that matters most to the reader; one query."""
    about = Q(pk__in=[])
    for procedure in registry.procedures():
        keys = [one.subject.pk for one in standings if one.subject.procedure.key == procedure.key]
        about |= Q(subject_type=procedure.key, subject_id__in=keys)
    found: dict[File, list[Deadline]] = {}
    for deadline in Deadline.objects.filter(about, closed_at=None).order_by("due_at", "id"):
        found.setdefault((deadline.subject_type, deadline.subject_id), []).append(deadline)
    return [Matter(one, _nearest(one, found.get(key_of(one), []))) for one in standings]


def _nearest(standing: Standing, limits: Sequence[Deadline]) -> Deadline | None:
    keys = {row.key for row in standing.theirs}
    return next(iter([one for one in limits if one.step in keys] or limits), None)


def ballots_among(matters: Iterable[Matter], membership: Membership) -> Ballots:
    """The items of the ballots among some matters, and a membership's seats; two queries, and none without a ballot."""
    keys = [one.standing.subject.pk for one in matters if isinstance(one.standing.subject, Ballot)]
    items: dict[int, list[BallotItem]] = {}
    for item in BallotItem.objects.filter(ballot__in=keys).order_by("ballot", "number"):
        items.setdefault(item.ballot_id, []).append(item)
    return Ballots(items, seats_of_membership(membership, keys))


def news_of(events: Iterable[Event], standings: Iterable[Standing], last_visit_at: datetime | None) -> list[News]:
    """The latest acts. Several of one kind in a row on one file are told once."""
    names = {key_of(one): str(one.subject) for one in standings}
    runs = groupby(events, key=lambda event: (event.type, event.subject_type, event.subject_id))
    told = [
        News(first, names.get(key[1:], first.subject_ref), 1 + len(list(rest)), is_fresh(first, last_visit_at))
        for key, rest in runs
        for first in [next(rest)]
    ]
    return told[:NEWS]


def is_fresh(event: Event, last_visit_at: datetime | None) -> bool:
    """Whether an act was written down since the reader was last here; nothing is new to whoever comes for the first time."""
    return last_visit_at is not None and event.recorded_at > last_visit_at


def waiting_for_reader(membership: Membership) -> list[Matter]:
    """Every matter that waits for a membership, the soonest due first. Two queries; of each procedure at most `MOST_FILES`."""
    return sorted(with_deadlines([one for one in survey(membership, most=MOST_FILES) if one.theirs]), key=by_due_date)


def waiting_for_others(membership: Membership, *, side: str = "", role: str = "") -> list[Matter]:
    """Every matter that waits for somebody else, the longest wait first; of one side or one role where these are given.

    Two queries. Of each procedure the `MOST_FILES` that wait longest.
    """
    standings = survey(membership, most=MOST_FILES)
    waiting = [one for one in standings if not one.theirs and one.awaited]
    return [one for one in with_deadlines(waiting) if any(_is(mover, side, role) for mover in one.whose)]


def _is(mover: Capacity, side: str, role: str) -> bool:
    return (not side or mover.side == side) and (not role or mover.role == role)


def openings(membership: Membership) -> Iterable[tuple[Procedure, Step]]:
    """The steps by which a membership may open files today."""
    holding = holding_of(membership, clock.today())
    if holding is None:
        return
    held = policies.held_where_related(holding)
    try:
        edition = edition_in_force(clock.today()).key
    except NoRules:
        return
    for procedure in registry.procedures():
        rows = procedure.rows(edition) if edition in procedure.tables else ()
        yield from ((procedure, row) for row in rows if row.opens and policies.acting_as(row, held))


def key_of(standing: Standing) -> File:
    """A file by its procedure and key."""
    return standing.subject.procedure.key, standing.subject.pk
