"""Appointing people, and ending appointments. Nothing else about an appointment ever changes."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, connection, transaction

from apps.accounts.checks import administration_problems, appointment_problems, end_problems
from apps.accounts.models import Membership
from apps.core.errors import NotReady


def appoint(membership: Membership) -> Membership:
    """Save a new appointment. Raises NotReady (ACC-01 to ACC-03, ACC-08)."""
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


def appoint_first(membership: Membership) -> Membership:
    """Save an appointment that an administrator makes. Raises NotReady (ACC-01 to ACC-03, ACC-07, ACC-08).

    Two administrators at once wait for each other, so that no side gets more of its first people than it needs.
    """
    with transaction.atomic():
        _lock_first_appointments()
        if problems := list(administration_problems(membership)):
            raise NotReady(problems)
        return appoint(membership)


def end_first(membership: Membership, *, ends_on: date | None) -> None:
    """Set the last day of an appointment as an administrator. Raises NotReady (ACC-04, ACC-05, ACC-07)."""
    with transaction.atomic():
        _lock_first_appointments()
        if problems := list(administration_problems(membership)):
            raise NotReady(problems)
        end_appointment(membership, ends_on=ends_on)


def _lock_first_appointments() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(20261127)")


def end_appointment(membership: Membership, *, ends_on: date | None) -> None:
    """Set the last day of an appointment, or take it back while it has not passed. Raises NotReady (ACC-04, ACC-05)."""
    with transaction.atomic():
        held = Membership.objects.select_for_update().get(pk=membership.pk)
        if problems := list(end_problems(held, ends_on)):
            raise NotReady(problems)
        membership.ends_on = ends_on
        membership.save(update_fields=["ends_on"])
