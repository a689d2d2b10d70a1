"""Editing people, organisations and first appointments: each edit with its reason, kept for ever with what was before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Manager, Model
from django.utils.translation import gettext as _

from apps.accounts.models import Membership, Organisation, User
from apps.accounts.services import appoint_first, end_first
from apps.administration.models import Amendment
from apps.administration.policies import Amender, amendment_problems, sides_named
from apps.core import clock
from apps.core.errors import NotAllowed, NotReady, Problem

LONGEST_REASON = 2000
# What is never kept, nor shown.
SECRET = frozenset({"password"})


def amend(row: Model, *, changes: Mapping[str, Any], reason: str, by: Amender) -> Amendment:
    """Write other values of some fields. Raises NotAllowed (ADM-01 to ADM-05) and NotReady (ADM-06, ADM-07)."""
    with transaction.atomic():
        held = type(row)._default_manager.select_for_update().get(pk=row.pk)
        _refuse(by, held, changes, reason, right=_right("change", held))
        before = {name: told(held, name) for name in changes}
        _write(held, changes)
        return _kept(held, before, {name: told(held, name) for name in changes}, reason, by)


def add(row: Model, *, reason: str, by: Amender) -> Amendment:
    """Write a new person or organisation. Raises as `amend` does."""
    names = [field.name for field in row._meta.concrete_fields if field.editable and not field.primary_key]
    with transaction.atomic():
        _refuse(by, row, (), reason, right=_right("add", row))
        if isinstance(row, User) and not row.password:
            row.set_unusable_password()
        _save(row)
        return _kept(row, {}, {name: told(row, name) for name in names if name not in SECRET}, reason, by)


def appoint(membership: Membership, *, reason: str, by: Amender) -> Amendment:
    """Make a first appointment. Raises as `amend` and `appoint_first` do."""
    names = ("user", "organisation", "role", "side", "acts_for", "starts_on", "ends_on")
    with transaction.atomic():
        _refuse(by, membership, (), reason, right=_right("add", membership))
        appoint_first(membership)
        return _kept(membership, {}, {name: told(membership, name) for name in names}, reason, by)


def end(membership: Membership, *, ends_on: date | None, reason: str, by: Amender) -> Amendment:
    """Give an appointment its last day. Raises as `amend` and `end_first` do."""
    with transaction.atomic():
        held = Membership.objects.select_for_update().get(pk=membership.pk)
        _refuse(by, held, ("ends_on",), reason, right=_right("change", held))
        before = {"ends_on": told(held, "ends_on")}
        end_first(held, ends_on=ends_on)
        return _kept(held, before, {"ends_on": ends_on.isoformat() if ends_on else None}, reason, by)


def keep_password_set(user: User, *, reason: str, by: Amender) -> Amendment:
    """Keep that an administrator set somebody's password, and why; the password is not kept. Raises NotReady (ADM-06)."""
    _refuse_reasonless(reason)
    return _kept(user, {}, {"password": _("set by an administrator")}, reason, by)


def keep_factors_removed(user: User, *, reason: str, by: Amender) -> Amendment:
    """Keep that an administrator took somebody's second factors, and why. Raises NotReady (ADM-06)."""
    _refuse_reasonless(reason)
    return _kept(user, {}, {"factors": _("removed by an administrator")}, reason, by)


def told(row: Model, name: str) -> Any:
    """A value as an amendment keeps it; of a reference its words and its number."""
    if row._meta.get_field(name).many_to_many:
        return sorted(str(one) for one in getattr(row, name).all())
    value = getattr(row, name)
    if isinstance(value, Model):
        return f"{value} ({value.pk})"
    return value.isoformat() if isinstance(value, date) else value


def _right(verb: str, row: Model) -> str:
    return f"{row._meta.app_label}.{verb}_{row._meta.model_name}"


def _refuse(by: Amender, row: Model, changed: Iterable[str], reason: str, *, right: str) -> None:
    if problems := list(amendment_problems(by, row, list(changed), right=right)):
        raise NotAllowed(problems)
    _refuse_reasonless(reason)


def _refuse_reasonless(reason: str) -> None:
    if not reason.strip() or len(reason) > LONGEST_REASON or "\x00" in reason:
        text = _("say why, in at most %(most)s characters")
        raise NotReady(Problem("ADM-06", text % {"most": LONGEST_REASON}, "reason"))


def _write(row: Model, changes: Mapping[str, Any]) -> None:
    columns = []
    for name, value in changes.items():
        if row._meta.get_field(name).many_to_many:
            several: Manager[Any] = getattr(row, name)
            several.set(value)  # type: ignore[attr-defined] # reason: a manager of many has it
        else:
            setattr(row, name, value)
            columns.append(name)
    if columns:
        _save(row, columns)


def _save(row: Model, columns: list[str] | None = None) -> None:
    try:
        with transaction.atomic():
            row.save(update_fields=columns, force_insert=columns is None)
    except IntegrityError as error:
        field = "email" if isinstance(row, User) else "name"
        raise NotReady(Problem("ADM-07", _("another entry is called so already"), field)) from error


def _kept(row: Model, before: dict[str, Any], after: dict[str, Any], reason: str, by: Amender) -> Amendment:
    """The amendment; its side is that of the entry, so that the other side's secretariat does not read of it."""
    return Amendment.objects.create(
        model=row._meta.label_lower,
        row_id=row.pk,
        before=before,
        after=after,
        reason=reason.strip(),
        user=by.user,
        membership=by.membership,
        side=_side_of(row),
        at=clock.now(),
    )


def _side_of(row: Model) -> str:
    if isinstance(row, Membership):
        return row.side or row.organisation.side
    named = sides_named(row) if isinstance(row, User | Organisation) else set()
    return named.pop() if len(named) == 1 else ""
