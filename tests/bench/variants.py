"""The ways to move a file, each ready to be called again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import cycle
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, transaction

from apps.accounts.models import Membership, Organisation, User
from apps.accounts.roles import Role, Side
from apps.workflow.actors import Actor
from apps.workflow.services import one_transaction, open_file, perform
from tests.bench import by_hand
from tests.bench.measure import Variant
from tests.bench.models import File, Logged, Plain

STEPS = ("forward", "back")


def secretary() -> Membership:
    """Somebody who may move a file."""
    office = Organisation.objects.create(name="Ministry", side=Side.HOST)
    user = User.objects.create_user("secretary@example.org", name="Secretary")
    role = {"role": Role.SECRETARIAT, "side": Side.HOST}
    return Membership.objects.create(user=user, organisation=office, starts_on=date(2013, 1, 1), **role)


def file_of(member: Membership) -> File:
    """A new file."""
    opened = open_file(File, "lodge", actor=Actor.person(member), edition="india_2026", title="A file")
    assert isinstance(opened, File)
    return opened


def raw_connection() -> psycopg.Connection[Any]:
    """psycopg's own connection to the same database in the same role."""
    now = connection.settings_dict
    names = {"host": now["HOST"], "port": now["PORT"], "user": now["USER"], "password": now["PASSWORD"], "dbname": now["NAME"]}
    raw = psycopg.connect(**{key: value for key, value in names.items() if value})
    if settings.APPLICATION["OPTIONS"].get("assume_role"):
        raw.execute("set role jcm_app")
    return raw


def single_acts(raw: psycopg.Connection[Any]) -> list[Variant]:
    """One file moves: bare, logged, through the door, by hand."""
    member, ours = secretary(), driver()
    actor = Actor.person(member)
    return [
        Variant("bare django-fsm-2: get, transition, save", bare(), ours),
        Variant("django-fsm-2 with django-fsm-log", logged(member.user, apart), ours),
        Variant("the same in one transaction", logged(member.user, transaction.atomic), ours),
        Variant("perform(): who, checks, deadlines, event, 6 deliveries", door(file_of(member), actor), ours),
        Variant(
            "the same rows by hand, statement by statement",
            hand(by_hand.statement_by_statement, raw, [file_of(member)], member),
            raw,
        ),
        Variant("the same rows by hand, in one statement", hand(by_hand.in_one_statement, raw, [file_of(member)], member), raw),
    ]


def ballots(raw: psycopg.Connection[Any], items: int) -> list[Variant]:
    """As many files as a ballot has items move in one transaction."""
    member = Membership.objects.get()
    files = [file_of(member) for _ in range(items)]
    others = [file_of(member) for _ in range(items)]
    return [
        Variant(f"perform(), {items} in one transaction, a savepoint each", doors(files, Actor.person(member)), driver(), items),
        Variant(
            f"by hand, statement by statement, {items} in one transaction",
            hand(by_hand.statement_by_statement, raw, others, member),
            raw,
            items,
        ),
    ]


def driver() -> psycopg.Connection[Any]:
    """The driver's connection under Django's."""
    connection.ensure_connection()
    return connection.connection


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


def door(file: File, actor: Actor) -> Callable[[], None]:
    """A file moves through the door."""
    steps = cycle(STEPS)

    def act() -> None:
        perform(file, next(steps), actor=actor)

    return act


def doors(files: list[File], actor: Actor) -> Callable[[], None]:
    """Every file moves through the door, all in one transaction."""
    steps = cycle(STEPS)

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
