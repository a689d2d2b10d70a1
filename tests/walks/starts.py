"""Where walks start: every procedure, edition and state, as the journeys bring it, and worlds where rights nearly collide."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial

from apps.accounts.models import Membership, Organisation
from apps.accounts.roles import Side
from apps.committee.kinds import Form
from apps.committee.services import about, circulate, open_ballot
from apps.core import clock
from apps.core.clock import Rehearsal
from apps.documents.kinds import Kind
from apps.events.models import Event
from apps.issuance.procedure import State as RoundState
from apps.projects.models import Project
from apps.projects.procedure import State as ProjectState
from apps.registry.services import open_account
from apps.workflow.models import Subject
from apps.workflow.services import sweep
from tests.issuance.walk import DECIDED, Course
from tests.journeys.editions import EDITION
from tests.journeys.walker import journeys, procedures, states_of
from tests.people import Cast, actor, cast
from tests.projects.walk import World as Projects
from tests.projects.walk import upload
from tests.walks.commits import committed, prints, tables, undone

# By year, side and holder; less than was verified for the second year.
TWO_YEARS = (
    "2028; host; government; 600\n2028; japan; Solar Japan; 2400\n"
    "2029; host; Solar India; 1000\n2029; host; government; 200\n2029; japan; government; 4700"
)
NOON = datetime(2027, 3, 1, 3, tzinfo=UTC)

Way = Callable[[Cast, Rehearsal], Subject]


@dataclass(frozen=True)
class Start:
    """A state to begin in, and the way there."""

    state: str
    way: Way
    is_final: bool = False


@dataclass(frozen=True)
class Region:
    """The starts of one procedure under one edition, or one world that is made for walks; `weight` is its part of them."""

    name: str
    edition: str
    starts: tuple[Start, ...]
    weight: int = 1
    procedure: str = ""

    def __str__(self) -> str:
        return f"{self.name}-{self.edition}"


@dataclass(frozen=True)
class World:
    """Everybody, a file to begin with, and when it is."""

    people: Cast
    edition: str
    file: Subject
    moment: datetime
    about: str
    members: tuple[Membership, ...]
    events: tuple[Event, ...]
    holds: Mapping[str, str]


def regions() -> list[Region]:
    """Every procedure in each of its editions, found in the registry, and the worlds that are made for walks."""
    found = [_region(procedure.key, edition) for procedure in procedures() for edition in procedure.tables]
    return [*found, *(_made(name, edition) for name in MADE for edition in ("jcm_2013", "india_2026"))]


def _region(key: str, edition: str) -> Region:
    (procedure,) = (one for one in procedures() if one.key == key)
    final, ways = {state.value for state in procedure.final}, journeys(procedure, edition)
    starts = tuple(Start(str(state), ways[state], state in final) for state in states_of(procedure, edition))
    return Region(key, edition, starts, 2 if key in {"round", "ballot"} else 1, key)


@contextmanager
def world(start: Start, region: Region) -> Iterator[World]:
    """The world of a start, as if it were committed; gone when the block ends."""
    token = EDITION.set(region.edition)
    try:
        with undone(), clock.rehearse(NOON) as time:
            people = cast()
            file = start.way(people, time)
            committed(sweep)
            about, events = f"{region}, {start.state}", tuple(Event.objects.order_by("pk"))
            yield World(people, region.edition, file.reload(), time.moment, about, tuple(memberships()), events, prints(tables()))
    finally:
        EDITION.reset(token)


def memberships() -> list[Membership]:
    """Every membership there is."""
    return list(Membership.objects.select_related("user", "organisation").order_by("id"))


# --- Worlds made for walks ------------------------------------------------------------------------


def _made(name: str, edition: str) -> Region:
    return Region(name, edition, tuple(Start(state, partial(way, edition)) for state, way in MADE[name].items()), 2)


def rivals(edition: str, people: Cast, time: Rehearsal) -> Subject:
    """Three verified rounds of one project, each with its request at hand: two share September, the third touches the first."""
    course = Course(Projects(people, time, edition))
    project = course.project()
    periods = (
        (date(2028, 4, 1), date(2028, 9, 30)),
        (date(2028, 9, 1), date(2028, 12, 31)),
        (date(2028, 10, 1), date(2028, 11, 30)),
    )
    rounds = [course.reach(RoundState.VERIFIED, course.open(project, *period)) for period in periods]
    for one in rounds:
        upload(one, people.participant_japan, Kind.ISSUANCE_REQUEST)
    return rounds[0]


def complete_rivals(edition: str, people: Cast, time: Rehearsal) -> Subject:
    """The same, and the first is ready to be decided."""
    first = rivals(edition, people, time)
    course = Course(Projects(people, time, edition))
    return course.reach(course.before_decision, first)


def decided(edition: str, people: Cast, time: Rehearsal) -> Subject:
    """Two rounds of one project decided, one of them issued by one side; holders have accounts on both sides."""
    course = Course(Projects(people, time, edition))
    project = course.project()
    officers = {Side.HOST: people.registry_host, Side.JAPAN: people.registry_japan}
    for side, officer in officers.items():
        for holder in Organisation.objects.filter(side=side).order_by("id"):
            open_account(side=side, holder=holder, membership=officer)
    first = course.decided(course.open(project), host=100, japan=900)
    second = course.decided(course.open(project, date(2028, 10, 1), date(2028, 12, 31)), host=0, japan=7)
    course.act(first, "issue_host", people.registry_host)
    return second


def by_vintage(edition: str, people: Cast, time: Rehearsal) -> Subject:
    """A round through two years, decided by year and holder, and issued by one side."""
    course = Course(Projects(people, time, edition), by_year={2028: 3000, 2029: 6000})
    project = course.project()
    officers = {people.participant_host: people.registry_host, people.participant_japan: people.registry_japan}
    for holder, officer in officers.items():
        open_account(side=Side(officer.side), holder=holder.organisation, membership=officer)
    one = course.decided_by_line(TWO_YEARS, course.open(project, date(2028, 10, 1), date(2029, 3, 31)))
    course.act(one, "issue_host", people.registry_host)
    return one.reload()


def before_the_committee(edition: str, people: Cast, time: Rehearsal) -> Subject:
    """An electronic ballot that has just been circulated: a round, a project and a text."""
    course = Course(Projects(people, time, edition))
    one = course.reach(course.before_decision)
    project = course.world.reach(ProjectState.CONSIDERATION)
    return _circulated(edition, people, one, project, Form.ELECTRONIC)


def confirmed_by_the_co_chairs(edition: str, people: Cast, time: Rehearsal) -> Subject:
    """The same questions before both co-chairs."""
    course = Course(Projects(people, time, edition))
    one = course.reach(course.before_decision)
    project = course.world.reach(ProjectState.CONSIDERATION)
    return _circulated(edition, people, one, project, Form.UNSTATED)


def _circulated(edition: str, people: Cast, one: Subject, project: Project, form: Form) -> Subject:
    by = actor(people.secretariat_host)
    items = [about(one, "notify", "Notify?", **DECIDED), about(project, "register", "Register?"), {"title": "Adopt the forms?"}]
    ballot = open_ballot(actor=by, title="Credits and a project", form=form, items=items, edition=edition)
    circulate(ballot, actor=by)
    return ballot


MADE: dict[str, dict[str, Callable[[str, Cast, Rehearsal], Subject]]] = {
    "issuing": {"rivals": rivals, "complete_rivals": complete_rivals, "decided": decided, "by_vintage": by_vintage},
    "deciding": {"electronic": before_the_committee, "unstated": confirmed_by_the_co_chairs},
}
