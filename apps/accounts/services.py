"""Appointing people, and ending appointments. Nothing else about an appointment ever changes."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from apps.accounts.checks import appointment_problems, end_problems
from apps.accounts.models import Membership
from apps.core.errors import NotReady


def appoint(membership: Membership) -> Membership:
    """Save a new appointment. Raises NotReady (ACC-01 to ACC-03)."""
    if problems := list(appointment_problems(membership)):
        raise NotReady(problems)
    try:
        with transaction.atomic():
            membership.save(force_insert=True)
    except IntegrityError as error:
        # Somebody else has just appointed the same person to the other side.
        if problems := list(appointment_problems(membership)):
            raise NotReady(problems) from error
        raise
    return membership


def end_appointment(membership: Membership, *, ends_on: date | None) -> None:
    """Set the last day of an appointment, or take it back while it has not passed. Raises NotReady (ACC-04, ACC-05)."""
    with transaction.atomic():
        held = Membership.objects.select_for_update().get(pk=membership.pk)
        if problems := list(end_problems(held, ends_on)):
            raise NotReady(problems)
        membership.ends_on = ends_on
        membership.save(update_fields=["ends_on"])
