"""Who enters the administration, and who may edit which person or organisation. Default: nobody; no superuser short cut."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from apps.accounts.models import Membership, Organisation, User
from apps.accounts.roles import Role
from apps.administration.kinds import ADMITTED
from apps.administration.selectors import holds_an_office, is_named_in_files, sides_of
from apps.core.errors import Problem

# What a secretariat edits of a person; an address and a password are what somebody signs in with.
OF_A_PERSON = ("name", "language", "is_active")


@dataclass(frozen=True, slots=True)
class Amender:
    """Who edits: a person, and the capacity that they act in, if any."""

    user: User
    membership: Membership | None

    @property
    def side(self) -> str:
        return self.membership.side if self.membership else ""

    @property
    def is_secretariat(self) -> bool:
        return self.membership is not None and self.membership.as_role == Role.SECRETARIAT


def is_admitted(membership: Membership | None) -> bool:
    """Whether a capacity opens the administration."""
    return membership is not None and membership.as_role in ADMITTED


def may_enter(user: Any, membership: Membership | None) -> bool:
    """Whether somebody may open the administration, by their capacity or as an administrator of the site."""
    return is_administrator(user) or is_admitted(membership)


def is_administrator(user: Any) -> bool:
    """Whether somebody administers the site: people, organisations, appointments, and how the site runs; no file."""
    return isinstance(user, User) and user.is_active and user.is_staff


def administers(user: Any, permission: str) -> bool:
    """Whether an administrator was given the right to edit entries of a kind, such as `accounts.change_user`."""
    return is_administrator(user) and user.has_perm(permission)


def amendment_problems(by: Amender, row: Model, changed: Collection[str], *, right: str) -> Iterator[Problem]:
    """What stands against an edit of a person, an organisation or an appointment: ADM-01 to ADM-05.

    `right` is the permission by which an administrator may make it.
    """
    if isinstance(row, Organisation) and row.pk and "name" in changed and is_named_in_files(row):
        text = _("files name this organisation; take the step for the change of name in the file")
        yield Problem("ADM-05", text, "name")
    if not administers(by.user, right):
        yield from _not_for_a_secretariat(by, row, changed)
    if isinstance(row, User) and "is_active" in changed and (row.pk == by.user.pk or _closes_an_office(by, row, right)):
        yield Problem("ADM-04", _("end the appointment first; nobody closes their own account"), "is_active")


def _closes_an_office(by: Amender, person: User, right: str) -> bool:
    """Whether a secretariat would shut out somebody who holds an office of the committee."""
    return bool(person.pk) and not administers(by.user, right) and holds_an_office(person)


def _not_for_a_secretariat(by: Amender, row: Model, changed: Collection[str]) -> Iterator[Problem]:
    if not by.is_secretariat or not isinstance(row, User | Organisation):
        yield Problem("ADM-02", _("only a secretariat or an administrator of the site edits this"))
    elif isinstance(row, User) and (row.is_staff or row.is_superuser):
        yield Problem("ADM-03", _("this is the account of an administrator of the site"))
    elif isinstance(row, User) and not set(changed) <= {*OF_A_PERSON}:
        yield Problem("ADM-02", _("only an administrator of the site edits the address and the rights of a person"))
    elif not sides_named(row) <= {by.side}:
        yield Problem("ADM-01", _("this entry belongs to the other side"))


def sides_named(row: User | Organisation) -> set[str]:
    """The sides that a person or an organisation belongs to; none for those of neither."""
    if isinstance(row, User):
        return sides_of(row) if row.pk else set()
    return {row.side} - {""}
