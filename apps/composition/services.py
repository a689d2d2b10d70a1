"""What a step of an appointment writes besides its own file."""

from __future__ import annotations

from django.db import connection

from apps.accounts.services import appoint, end_appointment
from apps.composition.models import Appointment
from apps.composition.policies import candidate, composition_problems, end_day
from apps.composition.selectors import alternates_until, credential_of, membership
from apps.core.errors import NotReady
from apps.workflow.fsm import Act


def credential_bound(subject: Appointment, act: Act) -> None:
    """With the appointment the second person confirms the credential that the person has now."""
    subject.credential = act.data["credential"] = credential_of(subject.person_id)


def credential_proposed(subject: Appointment, act: Act) -> None:
    """Note which credential is to count."""
    subject.new_credential = act.data["credential"] = credential_of(subject.person_id)


def office_taken(subject: Appointment, act: Act) -> None:
    """Appoint the person from today, or from the later first day, on. Raises NotReady (CMP-04 to CMP-07, ACC-03).

    Rivals for a seat of the same side wait here, and the composition is judged once more when it is their turn.
    """
    _lock_side(subject.side)
    office = candidate(subject, act)
    if problems := list(composition_problems(office, subject.rules.days("members_per_side"))):
        raise NotReady(problems)
    held = appoint(office.membership())
    subject.membership_id = act.data["membership"] = held.pk


def office_ended(subject: Appointment, act: Act) -> None:
    """Set the last day, of the alternates too. Raises NotReady (ACC-04, ACC-05)."""
    held, day = membership(subject.membership_id or 0), end_day(subject)
    if day is None:
        return
    end_appointment(held, ends_on=day)
    alternates = list(alternates_until(held.pk, day))
    for one in alternates:
        end_appointment(one, ends_on=max(day, one.starts_on))
    subject.new_end_on = None
    act.data |= {"ends_on": day.isoformat(), "alternates": [one.pk for one in alternates]}


def _lock_side(side: str) -> None:
    """Let one change of a side's composition happen at a time, until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(20261126, ascii(%s))", [side])
