"""Who holds what, and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Q, QuerySet

from apps.accounts.models import Invitation, Membership, Occurrence, Organisation, Session, User
from apps.accounts.roles import APPOINTING, Role
from apps.core import clock
from apps.core.statements import read

TWO_PERSONS = 2

# Asked at every request of somebody who is signed in: a statement that is never built anew.
OF_READER = """
from accounts_membership r
join accounts_organisation o on o.id = r.organisation_id
join accounts_user u on u.id = r.user_id
 where r.user_id = %s and u.is_active and r.starts_on <= %s and (r.ends_on is null or r.ends_on >= %s)
 order by r.id
"""
# What is read along: the organisation, and what other apps want to know of the reader.
ORGANISATION = {f"organisation.{field.attname}": f'o."{field.column}"' for field in Organisation._meta.concrete_fields}
_along: dict[str, str] = {}


def read_along(name: str, column: str) -> None:
    """Have something about a reader come with their memberships, so that it costs no query of its own.

    `column` is SQL for one value, which calls a row of the memberships `r`.
    """
    _along[name] = column


def in_force(on: date) -> Q:
    """The memberships that hold on a day."""
    return Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gte=on))


def serving(on: date) -> QuerySet[Membership]:
    """The memberships in force on a day, of active people."""
    return Membership.objects.select_related("organisation", "user").filter(in_force(on), user__is_active=True)


def memberships_of(user: User, on: date) -> QuerySet[Membership]:
    """A person's memberships in force on a day."""
    return serving(on).filter(user=user)


def memberships_of_reader(user: User, on: date) -> list[Membership]:
    """A person's memberships in force on a day, each with what other apps want to know of its person; one query."""
    found = read(Membership, OF_READER, [user.pk, on, on], also={**ORGANISATION, **_along})
    for one in found:
        one.user, one.organisation = user, _organisation_of(one)
    return found


def _organisation_of(read_along_with: Membership) -> Organisation:
    names = [field.attname for field in Organisation._meta.concrete_fields]
    return Organisation.from_db(DEFAULT_DB_ALIAS, names, [vars(read_along_with).pop(name) for name in ORGANISATION])


def holds(membership: Membership, on: date) -> bool:
    """Whether a membership is in force on a day and its person active, as the database has it now."""
    return Membership.objects.filter(in_force(on), pk=membership.pk, user__is_active=True).exists()


def holders(roles: Iterable[Role], on: date) -> QuerySet[Membership]:
    """Memberships of the given roles in force on a day, of active people."""
    return serving(on).filter(role__in=list(roles)).order_by("side", "id")


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


# --- Accounts -------------------------------------------------------------------------------------


def of_address(address: str) -> User | None:
    """The active person with an e-mail address, whatever its case."""
    return User.objects.filter(email__iexact=address, is_active=True).first()


def factors_of(user: User) -> list[Authenticator]:
    """What a person signs in with besides a password: passkeys, an app, recovery codes."""
    return list(Authenticator.objects.filter(user=user).order_by("created_at", "pk"))


def is_linked_elsewhere(user: User, provider: str) -> bool:
    """Whether an account is connected with somebody of a ministry's own sign-in already."""
    return bool(SocialAccount.objects.filter(user=user, provider=provider).exists())


def sessions_of(user: User) -> QuerySet[Session]:
    """Where a person is signed in now, the one used last first."""
    return Session.objects.filter(user=user, expire_date__gt=clock.of_the_machine()).order_by("-seen_at", "pk")


def occurrences_of(user: User) -> QuerySet[Occurrence]:
    """What happened to an account, the newest first."""
    return Occurrence.objects.filter(user=user)


def invitation_of(digest: str) -> Invitation | None:
    """The invitation whose link has this hash."""
    found = Invitation.objects.select_related("invited_by", "organisation", "membership__organisation")
    return found.filter(digest=digest).first()


def invitations_by(membership: Membership | None) -> QuerySet[Invitation]:
    """Invitations of a side, or those of administrators, the newest first."""
    found = Invitation.objects.select_related("organisation", "invited_by")
    return found.filter(membership__side=membership.side) if membership else found.filter(membership=None)


def organisations_open_to(membership: Membership | None) -> QuerySet[Organisation]:
    """The organisations whose people somebody may invite: of the own side and of neither; an administrator any."""
    return Organisation.objects.filter(side__in=["", membership.side]) if membership else Organisation.objects.all()
