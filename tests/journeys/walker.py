"""Walks the tables: brings a file into a state, tries what the table forbids, and performs what it allows.

Each procedure has a module here, named by its key, with `BY_EDITION` (how to bring a file into each state)
and `NEEDS` (what its steps ask for beyond an actor who may and the documents of the row).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from importlib import import_module
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from apps.accounts.models import Membership
from apps.core import clock
from apps.core.clock import Rehearsal
from apps.core.holidays import national_holidays
from apps.documents.selectors import current_versions
from apps.events.models import Event
from apps.events.selectors import history
from apps.rehearsal.acts.stage import itemised
from apps.workflow import registry
from apps.workflow.actors import Actor
from apps.workflow.editions import EDITIONS
from apps.workflow.models import Deadline, Subject
from apps.workflow.selectors import open_deadlines
from apps.workflow.services import perform
from apps.workflow.table import Procedure, Step
from tests.decision import decide
from tests.paper import upload
from tests.people import Cast, actor

JST = ZoneInfo("Asia/Tokyo")
OF_THE_TESTS = frozenset({"probe", "wheel"})
# What a file may call the company of somebody of these roles.
CALLED = {"participant": {"participant", "focal_point", "proponent"}, "tpe": {"tpe", "applicant"}}


@dataclass
class Scene:
    """A file in a state, everybody, and a clock."""

    people: Cast
    time: Rehearsal
    edition: str
    file: Subject

    @property
    def procedure(self) -> Procedure:
        return self.file.procedure


Inputs = Mapping[str, Any] | Callable[[Scene], Mapping[str, Any]]
Journey = Callable[[Cast, Rehearsal], Subject]


@dataclass(frozen=True)
class Need:
    """What a step asks for: inputs, what must happen before, who takes it, a reason, a file that is brought another way.

    `follows` names the step that the rule takes it after; such a step is performed by that one.
    """

    inputs: Inputs = field(default_factory=dict)
    before: Callable[[Scene], object] | None = None
    by: Callable[[Cast], Membership] | None = None
    reason: str = ""
    reach: Journey | None = None
    follows: str = ""

    def filled(self, scene: Scene) -> dict[str, Any]:
        """The inputs for this file."""
        return dict(self.inputs(scene) if callable(self.inputs) else self.inputs)


def procedures() -> list[Procedure]:
    """The procedures of the site."""
    return [one for one in registry.procedures() if one.key not in OF_THE_TESTS]


def journeys(procedure: Procedure, edition: str) -> Mapping[str, Journey]:
    """How to bring a file of a procedure into each of its states."""
    found: Mapping[str, Mapping[str, Journey]] = import_module(f"tests.journeys.{procedure.key}").BY_EDITION
    return found[edition]


def needs(procedure: Procedure) -> Mapping[str, Need]:
    """What the steps of a procedure ask for."""
    found: Mapping[str, Need] = import_module(f"tests.journeys.{procedure.key}").NEEDS
    return found


def states_of(procedure: Procedure, edition: str) -> list[str]:
    """The states that the rows of an edition name."""
    named = {
        state for row in procedure.rows(edition) for state in (*row.source, None if row.into else row.target) if state is not None
    }
    return [state for state in procedure.states if state in named]


# --- Who may ------------------------------------------------------------------------------------------


def everybody(people: Cast) -> list[Membership | Actor]:
    """One of each kind, and what is no person."""
    doubles = {people.members_host[1].pk, people.members_japan[1].pk}
    return [*(one for one in people.everybody if one.pk not in doubles), Actor.clock(), Actor.decision(1)]


def roles(file: Subject, one: Membership | Actor) -> set[str]:
    """What somebody can act as towards a file."""
    if isinstance(one, Actor):
        return {"clock" if one == Actor.clock() else "committee"}
    if one.role in CALLED:
        return CALLED[one.role] & {str(role.value) for role in file.roles_of(one.organisation_id)}
    return {one.role, "member"} if one.role == "co_chair" else {one.role}


def may(row: Step, file: Subject, one: Membership | Actor) -> bool:
    """Whether the table opens a step to somebody."""
    return opens_to(row, one, roles(file, one))


def opens_to(row: Step, one: Membership | Actor, held: set[str]) -> bool:
    """The same of somebody of whom it is known what they can act as."""
    side = "" if isinstance(one, Actor) else one.side
    return any(needed.role.value in held and needed.side in {None, side} for needed in row.who)


# --- Performing ---------------------------------------------------------------------------------------


@contextmanager
def undone(scene: Scene) -> Iterator[Scene]:
    """A copy of the scene, whose doings and whose hours never were."""
    mark = transaction.savepoint()
    try:
        with clock.rehearse(scene.time.moment) as time:
            yield Scene(scene.people, time, scene.edition, scene.file.reload())
            connection.check_constraints()
    finally:
        transaction.savepoint_rollback(mark)


def performer(row: Step, scene: Scene, need: Need) -> Membership | Actor:
    """Somebody whom the table opens the step to: people first, then the committee, then the clock."""
    if need.by:
        return need.by(scene.people)
    return next(one for one in sorted(everybody(scene.people), key=_order) if may(row, scene.file, one))


def _order(one: Membership | Actor) -> int:
    return 0 if isinstance(one, Membership) else 1 if one == Actor.decision(1) else 2


def take(row: Step, scene: Scene, need: Need) -> Event:
    """Perform a step with all that it needs and return its event."""
    by = performer(row, scene, need)
    hand_in(row, scene, by if isinstance(by, Membership) else scene.people.participant_host)
    inputs = itemised(scene.file, row.key, need.filled(scene))
    if isinstance(by, Membership):
        return perform(scene.file, row.key, actor=actor(by), reason=need.reason, **inputs)
    if by == Actor.clock() and not row.limit:
        return perform(scene.file, row.key, actor=by, **inputs)
    if by == Actor.clock():
        deadline = open_deadlines(scene.file).get(step=row.key)
        scene.time.move_to(deadline.due_at)
        return perform(scene.file, row.key, actor=by, effective_on=deadline.last_day)
    return decide(scene.people, scene.file, row.key, **inputs)


def hand_in(row: Step, scene: Scene, by: Membership) -> None:
    """Upload what the row asks for and is not there."""
    there = {version.kind for version in current_versions(scene.procedure.key, scene.file.pk)}
    upload(scene.file, by, *(kind for kind in row.documents if kind not in there))


def followers(procedure: Procedure, edition: str, row: Step) -> set[str]:
    """The steps that the rule may take by itself after a step."""
    found: set[str] = set()
    ahead = list(row.then)
    while ahead:
        key = ahead.pop()
        following = procedure.row(edition, key)
        if key not in found and following is not None:
            found.add(key)
            ahead += following.then
    return found


# --- What the rows say of deadlines -------------------------------------------------------------------

Opened = tuple[str, str, str, int, bool, Any, datetime, bool]


@dataclass
class Ledger:
    """The deadlines of a file as its rows say: which are open, and how the others ended."""

    open: dict[str, Opened] = field(default_factory=dict)
    outcomes: list[tuple[str, str]] = field(default_factory=list)

    def follow(self, file: Subject, event: Event) -> None:
        """Go on by one event."""
        key = event.type.partition(".")[2]
        row = file.procedure.row(event.edition, key)
        moved = event.from_state != event.to_state or (row is not None and row.restarts)
        for step in [step for step in self.open if moved or step == key]:
            due_at, self.outcomes = self.open.pop(step)[6], self.outcomes
            in_time = "met" if event.acted_at < due_at else "late"
            self.outcomes.append((step, "moot" if step != key else "fired" if event.actor == "clock" else in_time))
        if moved:
            self.open.update(opened(file, event))


def opened(file: Subject, event: Event) -> dict[str, Opened]:
    """What entering a state opens, counted by hand."""
    found: dict[str, Opened] = {}
    taken = file.procedure.row(event.edition, event.type.partition(".")[2])
    edition = (taken.into if taken else "") or event.edition
    for row in file.procedure.rows(edition):
        for limit in row.limit:
            if event.to_state in row.source and limit.only_in in {"", event.to_state}:
                parameter = EDITIONS[edition].parameters[limit.parameter]
                days = int(parameter.value)
                told = event.data.get(limit.since, "") if limit.since else ""
                if told is None:
                    continue  # a window of which the act says that none runs
                since = date.fromisoformat(told) if told else getattr(file, limit.since) if limit.since else None
                first = since or event.effective_on
                end = first + timedelta(days=days if limit.both_ends else days + 1)
                if parameter.unit == "working_days":
                    end = after_working_days(first, days)
                due_at = datetime(end.year, end.month, end.day, tzinfo=JST)
                by_clock = any(one.role.value == "clock" for one in row.who)
                found[row.key] = (row.key, row.clause, limit.parameter, days, limit.both_ends, first, due_at, by_clock)
    return found


def after_working_days(first: date, days: int) -> date:
    """The day after so many working days of both countries after a day, counted by hand."""
    years = range(first.year, first.year + 2)
    rests = {day for country in ("IN", "JP") for year in years for day, _name in national_holidays(country, year)}
    day = first
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < len("MTWTF") and day not in rests
    return day + timedelta(days=1)


def ledger_of(file: Subject) -> Ledger:
    """What the rows say of a file's deadlines after all its events."""
    ledger = Ledger()
    for event in history(file.procedure.key, file.pk):
        ledger.follow(file, event)
    return ledger


def recorded(file: Subject) -> Ledger:
    """What the database says of them."""
    rows = Deadline.objects.filter(subject_type=file.procedure.key, subject_id=file.pk)
    running = {
        one.step: (one.step, one.clause, one.rule, one.days, one.both_ends, one.starts_on, one.due_at, one.by_clock)
        for one in rows.filter(closed_at=None)
    }
    closed = rows.exclude(closed_at=None).values_list("step", "outcome")
    return Ledger(running, sorted(closed))
