"""Who sits, who acts for whom, whose credential counts, and which appointments are under way."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from apps.accounts.models import Membership, Organisation, User
from apps.accounts.roles import Role
from apps.accounts.selectors import holders
from apps.composition.kinds import DECIDING, SEATED
from apps.composition.models import Appointment
from apps.composition.procedure import State
from apps.core import clock
from apps.core.errors import Problem
from apps.core.statements import first_row
from apps.workflow.models import Deadline

UNDER_WAY = (State.NOMINATED, State.COOLING, State.RENEWAL, State.RENEWAL_COOLING, State.END_PROPOSED)

# --- Credentials ----------------------------------------------------------------------------------


# Asked at every answer: a statement that is never built anew.
CREDENTIALS = """
select m.credential, u.credential, a.credential, a.new_credential, a.credential_usable_at
  from accounts_membership m join accounts_user u on u.id = m.user_id
  left join composition_appointment a on a.membership_id = m.id
 where m.id = %s and m.role = any(%s) limit 1
"""


def credential_problem(membership_id: int | None, at: datetime) -> Problem | None:
    """Why somebody who holds a deciding office cannot decide at a moment: their credential is not the confirmed one (CMP-09).

    One query. An office without a file of its own goes with the credential that its person had when it was made.
    Offices that decide nothing are never refused, nor is whoever acts by rule.
    """
    found = first_row(CREDENTIALS, [membership_id, [one.value for one in DECIDING]])
    if found is None:
        return None
    made_with, present, confirmed, new, usable_at = found
    counts = new if usable_at is not None and usable_at <= at else confirmed or made_with
    if present == counts:
        return None
    text = _("what this person signs in with has changed; it counts once a second person of the side has confirmed it")
    return Problem("CMP-09", text)


def credential_of(user_id: int) -> int:
    """The number of a person's present credential."""
    return User.objects.values_list("credential", flat=True).get(pk=user_id)


# --- Who sits, who acts for whom ------------------------------------------------------------------


def acts_for(membership: Membership, on: date) -> Membership | None:
    """Whom an alternate acts for on a day; None for anybody else, and where either does not hold its office on that day."""
    if membership.as_role != Role.ALTERNATE:
        return None
    serving = holders((Role.ALTERNATE,), on).filter(pk=membership.pk)
    return holders(SEATED, on).filter(pk__in=serving.values("acts_for_id")).first()


def alternates_of(membership_ids: Iterable[int], on: date) -> dict[int, list[Membership]]:
    """The alternates who serve on a day by the membership that they act for, where that holds on the day; one query."""
    principals = holders(SEATED, on).filter(pk__in=list(membership_ids))
    found: dict[int, list[Membership]] = {}
    for one in holders((Role.ALTERNATE,), on).filter(acts_for__in=principals.order_by().values("pk")):
        found.setdefault(one.acts_for_id or 0, []).append(one)
    return found


def principal_of(membership_id: int | None) -> Membership | None:
    """Somebody who is to be acted for."""
    return Membership.objects.select_related("user").filter(pk=membership_id).first() if membership_id else None


def during(starts_on: date, ends_on: date | None) -> Q:
    """The memberships that hold on one of some days at least."""
    begun = Q() if ends_on is None else Q(starts_on__lte=ends_on)
    return begun & (Q(ends_on=None) | Q(ends_on__gte=starts_on))


def seated_during(side: str, starts_on: date, ends_on: date | None) -> QuerySet[Membership]:
    """Who sits for a side on one of some days, people with a closed account included: their seats are not free."""
    found = Membership.objects.filter(during(starts_on, ends_on), side=side, role__in=[one.value for one in SEATED])
    return found.select_related("user").order_by("starts_on", "id")


def like_it(one: Membership) -> bool:
    """Whether the same person holds the same office on one of its days already."""
    same = Membership.objects.filter(user=one.user_id, side=one.side, role=one.role, acts_for=one.acts_for_id)
    return same.filter(during(one.starts_on, one.ends_on)).exists()


def side_of_body(organisation_id: int) -> str:
    """The side of an organisation; empty where it is of neither."""
    return Organisation.objects.values_list("side", flat=True).get(pk=organisation_id)


def person_of(membership_id: int | None) -> int | None:
    """The person of a membership."""
    return Membership.objects.values_list("user_id", flat=True).filter(pk=membership_id or 0).first()


def membership(pk: int) -> Membership:
    """A membership as it stands. Raises DoesNotExist."""
    return Membership.objects.select_related("user", "organisation").get(pk=pk)


def alternates_until(principal_id: int, ends_on: date) -> QuerySet[Membership]:
    """The alternates of somebody who would serve after a day."""
    return Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gt=ends_on), acts_for=principal_id).order_by("id")


# --- The page -------------------------------------------------------------------------------------


def sitting(on: date) -> QuerySet[Membership]:
    """Co-chairs, members, alternates and secretariats in office on a day, each with its file where it has one."""
    roles = (Role.CO_CHAIR, Role.MEMBER, Role.ALTERNATE, Role.SECRETARIAT)
    return holders(roles, on).select_related("user", "organisation", "appointment").order_by("id")


def under_way() -> list[Appointment]:
    """Appointments that wait or cool, and those confirmed whose first day is to come, the oldest first; one query."""
    coming = Q(state=State.IN_OFFICE, membership__starts_on__gt=clock.today())
    found = Appointment.objects.filter(Q(state__in=UNDER_WAY) | coming).select_related(*Appointment.read_with)
    return list(found.order_by("id"))


def cooling_ends(files: Iterable[Appointment]) -> dict[int, datetime]:
    """When the cooling period of some appointments ends, by file; one query."""
    running = Deadline.objects.filter(
        subject_type=Appointment.procedure.key, subject_id__in=[one.pk for one in files], closed_at=None
    )
    return dict(running.values_list("subject_id", "due_at"))


def reads_appointments(membership: Membership | None) -> bool:
    """Whether somebody may read of appointments under way: the committee and the secretariats of both sides."""
    inside = {Role.CO_CHAIR, Role.MEMBER, Role.ALTERNATE, Role.SECRETARIAT}
    return membership is not None and membership.as_role in inside
