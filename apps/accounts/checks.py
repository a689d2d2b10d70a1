"""What must be true of an appointment. Each check names the field and the remedy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from apps.accounts.models import Membership
from apps.accounts.roles import SIDED, Role
from apps.accounts.selectors import serves_other_side
from apps.core import clock
from apps.core.errors import Problem


def appointment_problems(membership: Membership) -> Iterator[Problem]:
    """What stands against a new appointment: ACC-01 to ACC-03."""
    if membership.role in SIDED and not membership.side:
        words = {"role": Role(membership.role).label}
        yield Problem("ACC-01", _("“%(role)s” belongs to one side; say which") % words, "side")
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


def _on_both_sides(field: str) -> Problem:
    return Problem("ACC-03", _("this person serves the other side in that time; end that appointment first"), field)
