"""Who holds what, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.db.models.expressions import Combinable

from apps.accounts.models import Membership, User
from apps.accounts.roles import APPOINTING, Role

TWO_PERSONS = 2

# What other apps want read along with a reader's memberships: the name, and how it is counted for `user`.
_along: dict[str, Callable[[], Combinable]] = {}


def read_along(name: str, expression: Callable[[], Combinable]) -> None:
    """Have a number about a reader come with their memberships, so that it costs no query of its own."""
    _along[name] = expression


def in_force(on: date) -> Q:
    """The memberships that hold on a day."""
    return Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gte=on))


def memberships_of(user: User, on: date) -> QuerySet[Membership]:
    """A person's memberships in force on a day."""
    return Membership.objects.select_related("organisation", "user").filter(in_force(on), user=user, user__is_active=True)


def memberships_of_reader(user: User, on: date) -> list[Membership]:
    """A person's memberships in force on a day, each with what other apps want to know of its person; one query."""
    return list(memberships_of(user, on).annotate(**{name: made() for name, made in _along.items()}))


def holds(membership: Membership, on: date) -> bool:
    """Whether a membership is in force on a day and its person active, as the database has it now."""
    return Membership.objects.filter(in_force(on), pk=membership.pk, user__is_active=True).exists()


def holders(roles: Iterable[Role], on: date) -> QuerySet[Membership]:
    """Memberships of the given roles in force on a day, of active people."""
    return (
        Membership.objects.select_related("organisation", "user")
        .filter(in_force(on), role__in=list(roles), user__is_active=True)
        .order_by("side", "id")
    )


def appoints_by_itself(side: str, on: date) -> bool:
    """Whether a side has two persons on a day of whom one could nominate and the other confirm.

    People whose account was closed count: nobody takes a side's appointments into their hands by closing accounts.
    """
    found = Membership.objects.filter(in_force(on), side=side, role__in=[one.value for one in APPOINTING])
    return found.values("user_id").distinct().count() >= TWO_PERSONS


def serves_other_side(membership: Membership, ends_on: date | None) -> bool:
    """Whether the person of an appointment serves the other side on any of its days, if it ended on that day."""
    others = Membership.objects.filter(user=membership.user_id).exclude(pk=membership.pk).exclude(side__in=["", membership.side])
    others = others.filter(Q(ends_on=None) | Q(ends_on__gte=membership.starts_on))
    if ends_on is not None:
        others = others.filter(starts_on__lte=ends_on)
    return bool(membership.side) and others.exists()
