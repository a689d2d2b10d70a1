"""The locking read: one constant statement per model that brings the file and the actor's membership."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import Any, cast

from django.db import connection
from django.db.models import ForeignKey, Model
from django.db.models.expressions import Col

from apps.accounts.models import Membership, User
from apps.accounts.roles import Role
from apps.workflow.actors import Actor, ActorKind
from apps.workflow.holding import Holding
from apps.workflow.models import Subject
from apps.workflow.services.statements import first_row

Locked = tuple[Subject | None, Holding | None]
Converter = Callable[[Any, Any, Any], Any]

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
            return _built(model, found[:-4]), _holding(found[-4:])
    found = first_row(_plain_sql(model), [pk])
    return (_built(model, found), None) if found else (None, None)


def lock_for_new(subject: Subject, actor: Actor, on: date) -> Holding | None:
    """Lock what a new file queues on and the actor's membership; no holding when it is not in force."""
    if subject.queue_on:
        first_row(_parent_sql(type(subject)), [getattr(subject, _queue(type(subject)).attname)])
    if actor.kind != ActorKind.PERSON:
        return None
    found = first_row(f"select {_HOLDING} from {_MEMBERSHIP} where m.id = %s for share of m", [on, on, actor.membership_id])
    return _holding(found) if found else None


def lock_key(key: str) -> None:
    """Let whoever uses the same idempotency key wait until this transaction ends."""
    first_row("select pg_advisory_xact_lock(hashtextextended(%s, 20260608))", [key])


def _holding(columns: Sequence[Any]) -> Holding | None:
    role, side, organisation_id, in_force = columns
    return Holding(Role(role), side, organisation_id) if in_force else None


def _built(model: type[Subject], row: Sequence[Any]) -> Subject:
    names, converters = _names(model), _converters(model)
    if converters:
        values = list(row)
        for index, converter, column in converters:
            values[index] = converter(values[index], column, connection)
        row = values
    return model.from_db("default", names, row)


@cache
def _names(model: type[Subject]) -> list[str]:
    return [str(field.attname) for field in model._meta.concrete_fields]


@cache
def _converters(model: type[Subject]) -> list[tuple[int, Converter, Any]]:
    """What Django does to a column that the driver does not read as the model wants it (JSON)."""
    columns = [Col("s", field) for field in model._meta.concrete_fields]
    return [
        (index, converter, column)
        for index, column in enumerate(columns)
        for converter in (*connection.ops.get_db_converters(column), *column.get_db_converters(connection))
    ]


@cache
def _columns(model: type[Subject]) -> str:
    return ", ".join(f's."{field.column}"' for field in model._meta.concrete_fields)


@cache
def _plain_sql(model: type[Subject]) -> str:
    return f'select {_columns(model)} from "{model._meta.db_table}" s where s.id = %s for no key update of s'


@cache
def _person_sql(model: type[Subject]) -> str:
    return (
        f'select {_columns(model)}, {_HOLDING} from "{model._meta.db_table}" s, {_MEMBERSHIP}'
        " where m.id = %s and s.id = %s for no key update of s for share of m"
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
