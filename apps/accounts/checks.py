"""What must be true of an appointment. Each check names the field and the remedy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from apps.accounts.models import Membership
from apps.accounts.roles import OF_COMMITTEE, SIDED, Role, Side
from apps.accounts.selectors import appoints_by_itself, serves_other_side
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
