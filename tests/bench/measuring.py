"""The ways to move a file side by side, on one scratch database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import cycle
from typing import Any

import psycopg
from django.db import connection, transaction

from apps.accounts.models import Membership, Organisation, User
from apps.accounts.roles import Role, Side
from apps.events.models import Delivery, Event
from apps.rehearsal.scratch import scratch_site
from apps.workflow.actors import Actor
from apps.workflow.models import Deadline
from apps.workflow.services import one_transaction, open_file, perform
from tests.bench.answering import answers, committee
from tests.bench.by_hand import in_one_statement, statement_by_statement
from tests.bench.models import File, Logged, Plain
from tests.bench.receiving import received
from tests.bench.subscribers import DELIVERIES
from tests.bench.sweeping import swept
from tests.bench.telling import tellings
from tests.bench.variant import Variant, interleave, table

ROUNDS, WARM_UP = 400, 60
BALLOTS, ITEMS, ANSWERS, TELLINGS = 30, 20, 200, 40
STEPS = ("forward", "back")


def measured() -> str:
    """The tables: one act, many in one transaction, an answer over HTTP, people who are told, a report that comes in, a sweep."""
    with scratch_site("IN", "India"), raw_connection() as raw:
        member = secretary()
        singles = single_acts(raw, member)
        interleave(singles, ROUNDS, WARM_UP)
        together = ballots(raw, member)
        interleave(together, BALLOTS, WARM_UP // ITEMS)
        compare_rows()
        everybody = committee()
        said = answers(everybody, driver())
        interleave(said, ANSWERS, WARM_UP)
        heard = tellings(everybody, driver())
        interleave(heard, TELLINGS, TELLINGS // 10)
        came = received()
        swept_over = swept(member)
    by_hand, hand_ballot = singles[-2], together[-1]
    one = table("One act, its own transaction", singles, by_hand)
    many = table(f"{ITEMS} acts in one transaction, each", together, hand_ballot)
    asked = table("One answer on a ballot, by the site's form: request, event, tally, deliveries", said, said[0])
    told = table("One item amended, by whether people are told of it", heard, heard[0])
    beside = "x: beside the same rows written by hand, statement by statement; of the others, beside the first line."
    medians = f"Medians of {ROUNDS} rounds, of answers of {ANSWERS}, of messages of {TELLINGS}, of sweeps of three."
    return f"{one}\n\n{many}\n\n{asked}\n\n{told}\n\n{came}\n\n{swept_over}\n\n{medians}\n{beside}"


def compare_rows() -> None:
    """The door and the hand have left the same rows, or the comparison is worth nothing."""
    rows = {
        (file.version, file.state, *(tuple(sorted(Counter(found).items())) for found in (acts(file), deadlines(file))))
        for file in File.objects.all()
    }
    assert len(rows) == 2, rows  # those that moved alone, and those that moved together
    assert Delivery.objects.count() == DELIVERIES * Event.objects.count()


def acts(file: File) -> Iterable[tuple[Any, ...]]:
    """What the log says of a file."""
    columns = ("type", "from_state", "to_state", "actor", "capacity", "side", "edition", "clause", "reason", "data", "documents")
    return [tuple(map(str, row)) for row in Event.objects.filter(subject_id=file.pk).values_list(*columns)]


def deadlines(file: File) -> Iterable[tuple[Any, ...]]:
    """The deadlines of a file, open and closed."""
    columns = ("step", "clause", "rule", "days", "both_ends", "starts_on", "due_at", "by_clock", "outcome")
    return Deadline.objects.filter(subject_id=file.pk).values_list(*columns)


def single_acts(raw: psycopg.Connection[Any], member: Membership) -> list[Variant]:
    """One file moves: bare, logged, through the door, by hand."""
    ours, one, other = driver(), file_of(member), file_of(member)
    return [
        Variant("bare django-fsm-2: get, transition, save", bare(), ours),
        Variant("django-fsm-2 with django-fsm-log", logged(member.user, apart), ours),
        Variant("django-fsm-2 with django-fsm-log, in a transaction", logged(member.user, transaction.atomic), ours),
        Variant("perform(): who, checks, deadlines, event, 6 deliveries", door(file_of(member), member), ours),
        Variant("the same rows by hand, statement by statement", hand(statement_by_statement, raw, [one], member), raw),
        Variant("the same rows by hand, in one statement", hand(in_one_statement, raw, [other], member), raw),
    ]


def ballots(raw: psycopg.Connection[Any], member: Membership) -> list[Variant]:
    """As many files as a ballot has items move in one transaction."""
    ours, theirs = ([file_of(member) for _ in range(ITEMS)] for _ in range(2))
    return [
        Variant("perform(), a savepoint each", doors(ours, member), driver(), ITEMS),
        Variant("by hand, statement by statement", hand(statement_by_statement, raw, theirs, member), raw, ITEMS),
    ]


# --- What is moved ------------------------------------------------------------------------------------


def secretary() -> Membership:
    """Somebody who may move a file."""
    office = Organisation.objects.create(name="Ministry", side=Side.HOST)
    user = User.objects.create_user("secretary@example.org", name="Secretary")
    appointed = {"role": Role.SECRETARIAT, "side": Side.HOST, "starts_on": date(2013, 1, 1)}
    return Membership.objects.create(user=user, organisation=office, **appointed)


def file_of(member: Membership) -> File:
    """A new file."""
    opened = open_file(File, "lodge", actor=Actor.person(member), edition="india_2026", title="A file")
    assert isinstance(opened, File)
    return opened


def raw_connection() -> psycopg.Connection[Any]:
    """The driver's own connection to the same database in the same role."""
    return psycopg.connect(**{key: value for key, value in connection.get_connection_params().items() if key in PARAMETERS})


PARAMETERS = ("host", "port", "user", "password", "dbname", "options")


def driver() -> psycopg.Connection[Any]:
    """The driver's connection under Django's."""
    connection.ensure_connection()
    return connection.connection


# --- How it is moved ----------------------------------------------------------------------------------


def bare() -> Callable[[], None]:
    """Get, transition, save."""
    steps, pk = cycle(STEPS), Plain.objects.create().pk

    def act() -> None:
        found = Plain.objects.get(pk=pk)
        getattr(found, next(steps))()
        found.save()

    return act


def logged(by: User, together: Callable[[], Any]) -> Callable[[], None]:
    """Get, transition with its log row, save."""
    steps, pk = cycle(STEPS), Logged.objects.create().pk

    def act() -> None:
        with together():
            found = Logged.objects.get(pk=pk)
            getattr(found, next(steps))(by=by, description="moved")
            found.save()

    return act


@contextmanager
def apart() -> Iterator[None]:
    """No transaction around: each statement commits."""
    yield


def door(file: File, member: Membership) -> Callable[[], None]:
    """A file moves through the door."""
    steps, actor = cycle(STEPS), Actor.person(member)

    def act() -> None:
        perform(file, next(steps), actor=actor)

    return act


def doors(files: list[File], member: Membership) -> Callable[[], None]:
    """Every file moves through the door, all in one transaction."""
    steps, actor = cycle(STEPS), Actor.person(member)

    def act() -> None:
        step = next(steps)
        with one_transaction():
            for file in files:
                perform(file, step, actor=actor)

    return act


def hand(how: Callable[..., None], raw: psycopg.Connection[Any], files: list[File], member: Membership) -> Callable[[], None]:
    """Every file moves by hand-written SQL, all in one transaction."""

    def act() -> None:
        with raw.transaction():
            for file in files:
                how(raw, file.pk, member.pk)

    return act
