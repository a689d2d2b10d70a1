"""The locking read: one constant statement per model that brings the file and the actor's membership."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any, cast

from django.db.models import ForeignKey, Model

from apps.accounts.models import Membership, User
from apps.accounts.roles import Role
from apps.core.statements import built, columns, first_row
from apps.workflow.actors import Actor, ActorKind
from apps.workflow.holding import Holding
from apps.workflow.models import Subject

OPENING = "select pg_advisory_xact_lock_shared(20260609, 0)"

Locked = tuple[Subject | None, Holding | None]

# A membership as it stands on a day, and whether it is in force.
_HOLDING = "m.role, m.side, m.organisation_id, m.starts_on <= %s and coalesce(m.ends_on >= %s, true) and u.is_active"
_MEMBERSHIP = f"{Membership._meta.db_table} m join {User._meta.db_table} u on u.id = m.user_id"


def lock(model: type[Subject], pk: int, actor: Actor, on: date) -> Locked:
    """Lock a file (NO KEY: rows that refer to it may still be inserted) and re-read it with the membership.

    The membership is locked FOR SHARE, so that it cannot end between this look and the commit.
    (None, None) when the file does not exist; no holding when the membership is not in force.
    """
    if model.queue_on:
        first_row(_queue_sql(model), [pk])
    if actor.kind == ActorKind.PERSON:
        found = first_row(_person_sql(model), [on, on, actor.membership_id, pk])
        if found:
            return built(model, found[:-4], {}), _holding(found[-4:])
    found = first_row(_plain_sql(model), [pk])
    return (built(model, found, {}), None) if found else (None, None)


def lock_for_new(subject: Subject, actor: Actor, on: date) -> Holding | None:
    """Lock what a new file queues on and the actor's membership; no holding when it is not in force.

    First of all it keeps off whoever would stop every clock: that stop must find the file, or the file the stop.
    """
    first_row(OPENING, [])
    if subject.queue_on:
        first_row(_parent_sql(type(subject)), [getattr(subject, _queue(type(subject)).attname)])
    if actor.kind != ActorKind.PERSON:
        return None
    found = first_row(f"select {_HOLDING} from {_MEMBERSHIP} where m.id = %s for share of m", [on, on, actor.membership_id])
    return _holding(found) if found else None


def lock_key(key: str) -> None:
    """Let whoever uses the same idempotency key wait until this transaction ends."""
    first_row("select pg_advisory_xact_lock(hashtextextended(%s, 20260608))", [key])


def _holding(row: Sequence[Any]) -> Holding | None:
    role, side, organisation_id, in_force = row
    return Holding(Role(role), side, organisation_id) if in_force else None


@cache
def _plain_sql(model: type[Subject]) -> str:
    return f'select {columns(model)} from "{model._meta.db_table}" r where r.id = %s for no key update of r'


@cache
def _person_sql(model: type[Subject]) -> str:
    return (
        f'select {columns(model)}, {_HOLDING} from "{model._meta.db_table}" r, {_MEMBERSHIP}'
        " where m.id = %s and r.id = %s for no key update of r for share of m"
    )


def _queue(model: type[Subject]) -> ForeignKey[Any, Any]:
    return cast("ForeignKey[Any, Any]", model._meta.get_field(model.queue_on))


@cache
def _parent_sql(model: type[Subject]) -> str:
    parent: type[Model] = _queue(model).related_model
    return f'select id from "{parent._meta.db_table}" where id = %s for no key update'


@cache
def _queue_sql(model: type[Subject]) -> str:
    own = f'(select "{_queue(model).column}" from "{model._meta.db_table}" where id = %s)'
    return _parent_sql(model).replace("%s", own)
