"""Issuing into the books by hand, and writing into them past every guard, as only a superuser could."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

from apps.accounts.roles import Side
from apps.core import clock
from apps.issuance.models import Round
from apps.issuance.procedure import PROCEDURE
from apps.registry.models import Block
from apps.registry.services import Origin, issue
from apps.workflow.actors import Actor
from apps.workflow.fsm import Act

ISSUED_ON = date(2028, 10, 1)


def origin_of(one: Round, side: Side = Side.HOST, **changes: Any) -> Origin:
    """Where one side's credits of a round stem from."""
    given = {
        "project_id": one.project_id, "round_id": one.pk, "side": side,
        "period_starts_on": one.period_starts_on, "period_ends_on": one.period_ends_on, **changes,
    }  # fmt: skip
    return Origin(**given)


def book(one: Round, parts: list[tuple[int, int]], *, key: UUID | None = None, side: Side = Side.HOST, **changes: Any) -> Block:
    """Issue for a round directly, its day of issuance set beside it."""
    Round.objects.filter(pk=one.pk).update(**{f"{side}_issued_on": ISSUED_ON})
    row = PROCEDURE.row(one.edition, f"issue_{side}")
    assert row is not None
    act = Act(uuid4(), row, Actor.clock(), clock.now(), ISSUED_ON, "", {})
    given = {"origin": origin_of(one, side), "issued_on": ISSUED_ON, "parts": parts, **changes}
    return issue(id=key or uuid4(), act=act, **given)


def tamper(statement: str) -> None:
    """Run a statement as a superuser with every trigger off, and put the guards back."""
    with psycopg.connect(settings.TEST_CLUSTER.address("postgres", str(connection.settings_dict["NAME"]))) as superuser:
        guards = superuser.execute("select tgrelid::regclass::text, tgname from pg_trigger where tgenabled = 'A'").fetchall()
        names = [(sql.Identifier(table), sql.Identifier(name)) for table, name in guards]
        for table, name in names:
            superuser.execute(sql.SQL("alter table {} disable trigger {}").format(table, name))
        superuser.execute("set local session_replication_role = replica")
        superuser.execute(statement)  # type: ignore[call-overload] # reason: the driver wants a literal
        for table, name in names:
            superuser.execute(sql.SQL("alter table {} enable always trigger {}").format(table, name))
