"""What must be true of an appointment. Each check names the field and the remedy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from apps.accounts.models import Invitation, Membership
from apps.accounts.roles import INVITED_AS, OF_COMMITTEE, SIDED, Role, Side
from apps.accounts.selectors import appoints_by_itself, holds, serves_other_side
from apps.core import clock
from apps.core.errors import Problem


def appointment_problems(membership: Membership) -> Iterator[Problem]:
    """What stands against a new appointment: ACC-01 to ACC-03, ACC-08."""
    if membership.role in SIDED and not membership.side:
        words = {"role": Role(membership.role).label}
        yield Problem("ACC-01", _("“%(role)s” belongs to one side; say which") % words, "side")
    yield from _alternate_problems(membership)
    if membership.ends_on is not None and membership.ends_on < membership.starts_on:
        yield Problem("ACC-02", _("the appointment ends before it starts; correct one of the days"), "ends_on")
    elif serves_other_side(membership, membership.ends_on):
        yield _on_both_sides("side")


def end_problems(membership: Membership, ends_on: date | None) -> Iterator[Problem]:
    """What stands against another last day of an appointment: ACC-03 to ACC-05.

    Acts were recorded in this capacity until now, so that an end cannot lie in the past.
    """
    today = clock.today()
    if membership.ends_on is not None and membership.ends_on < today:
        yield Problem("ACC-04", _("this appointment has ended; make a new one"), "ends_on")
    elif ends_on is not None and ends_on < max(today, membership.starts_on):
        yield Problem("ACC-05", _("an appointment ends today at the earliest, and not before it starts"), "ends_on")
    elif serves_other_side(membership, ends_on):
        yield _on_both_sides("ends_on")


def administration_problems(membership: Membership) -> Iterator[Problem]:
    """What stands against an administrator who appoints to an office of the committee, or ends it: ACC-07. Source: rules 3.2.

    Only the first of a side are appointed so, until two of its people can nominate and confirm.
    """
    if membership.role in OF_COMMITTEE and appoints_by_itself(membership.side, clock.today()):
        text = _("this side (%(side)s) appoints its own people; use “Appointment to the Joint Committee” on its desk")
        yield Problem("ACC-07", text % {"side": Side(membership.side).label}, "ends_on" if membership.pk else "role")


def _alternate_problems(membership: Membership) -> Iterator[Problem]:
    principal = membership.acts_for if membership.acts_for_id else None
    if (membership.role == Role.ALTERNATE) != (principal is not None):
        yield Problem("ACC-08", _("an alternate acts for somebody, and nobody else does; say for whom"), "acts_for")
    elif principal is not None and principal.side != membership.side:
        yield Problem("ACC-08", _("an alternate acts for somebody of the same side"), "acts_for")


def _on_both_sides(field: str) -> Problem:
    return Problem("ACC-03", _("this person serves the other side in that time; end that appointment first"), field)


def invitation_problems(invitation: Invitation) -> Iterator[Problem]:
    """What stands against an invitation, when it is made and again when it is accepted: ACC-09, ACC-10."""
    if not may_invite(invitation):
        yield Problem("ACC-09", _("whoever invites is a secretariat in office or an administrator"))
    carried, organisation = invitation.role, invitation.organisation
    if bool(carried) != (organisation is not None) or (carried and carried not in INVITED_AS):
        text = _(
            "an invitation carries an appointment for a participant or a third-party entity, named with its organisation, or none"
        )
        yield Problem("ACC-10", text, "organisation" if carried else "role")
    elif organisation is not None and not _is_of_inviter(invitation):
        yield Problem(
            "ACC-09", _("this organisation is of the other side; its own secretariat invites its people"), "organisation"
        )


def may_invite(invitation: Invitation) -> bool:
    """Whether somebody invites as a secretariat in office today, or as an administrator of people."""
    by = invitation.invited_by
    if invitation.membership is None:
        return by.is_active and by.is_staff and by.has_perm("accounts.add_user")
    held = invitation.membership
    return held.user_id == by.pk and held.role == Role.SECRETARIAT and holds(held, clock.today())


def _is_of_inviter(invitation: Invitation) -> bool:
    """A secretariat invites for what is of its own side; for a third-party entity also where it is of neither."""
    of = invitation.organisation.side if invitation.organisation else ""
    if invitation.membership is None:
        return True
    return of == invitation.membership.side or (not of and invitation.role == Role.TPE)


def used_problems(invitation: Invitation | None) -> Iterator[Problem]:
    """What stands against the use of an invitation, or of none for this address: ACC-11, ACC-12."""
    if invitation is None:
        yield Problem("ACC-12", _("this invitation is for another account; sign in with the address that it was sent to"))
    elif invitation.used_at or invitation.withdrawn_at or invitation.ends_at <= clock.now():
        yield Problem("ACC-11", _("this invitation was used, was withdrawn or is older than seven days; ask for another"))
