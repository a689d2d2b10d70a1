"""A membership as it stands inside a transaction: re-read at every act, never trusted from before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from apps.accounts.models import Membership
from apps.accounts.roles import Role


@dataclass(frozen=True, slots=True)
class Holding:
    """What the door needs to know of the acting person's membership."""

    role: Role
    side: str
    organisation_id: int


def holding_of(membership: Membership, on: date) -> Holding | None:
    """The holding that a membership gives on a day; None when it is not in force or the person is not active."""
    ended = membership.ends_on is not None and membership.ends_on < on
    if ended or membership.starts_on > on or not membership.user.is_active:
        return None
    return Holding(membership.as_role, membership.side, membership.organisation_id)
