"""How to bring a grievance into each of its states."""

from __future__ import annotations

from typing import Any

from apps.core.clock import Rehearsal
from apps.rules.models import Grievance
from apps.rules.procedure.grievance import PROCEDURE, State
from apps.workflow.services import open_file, perform
from tests.decision import decide
from tests.journeys.editions import EDITION, in_each
from tests.journeys.walker import Need
from tests.people import Cast, actor

GIVEN = {
    "title": "The completeness check of our request",
    "about": "The request for registration was sent back twice for the same page.",
    "statement": "The page was there both times; the receipts show it.",
    "remedy_sought": "Accept the request as of its first day.",
}
GROUNDS = "The page was there, but it was not signed."
REMEDY = "The request counts from its first day."


def lodged(people: Cast, _time: Rehearsal | None = None, **inputs: Any) -> Grievance:
    """Lodged by the Japanese participant."""
    complainant = people.participant_japan
    columns = {"lodged_by_id": complainant.organisation_id}
    given = {**GIVEN, "edition": EDITION.get(), **inputs}
    opened = open_file(Grievance, "lodge", actor=actor(complainant), fields=columns, **given)
    assert isinstance(opened, Grievance)
    return opened


def admitted(people: Cast, _time: Rehearsal | None = None) -> Grievance:
    """Admitted by the Indian secretariat."""
    grievance = lodged(people)
    perform(grievance, "admit", actor=actor(people.secretariat_host))
    return grievance.reload()


def inadmissible(people: Cast, _time: Rehearsal | None = None) -> Grievance:
    """Not admitted."""
    grievance = lodged(people)
    perform(grievance, "find_inadmissible", actor=actor(people.secretariat_host), grounds=GROUNDS)
    return grievance.reload()


def upheld(people: Cast, _time: Rehearsal | None = None) -> Grievance:
    """Upheld by the committee."""
    grievance = admitted(people)
    decide(people, grievance, "uphold", remedy=REMEDY)
    return grievance.reload()


def dismissed(people: Cast, _time: Rehearsal | None = None) -> Grievance:
    """Dismissed by the committee."""
    grievance = admitted(people)
    decide(people, grievance, "dismiss", grounds=GROUNDS)
    return grievance.reload()


def withdrawn(people: Cast, _time: Rehearsal | None = None) -> Grievance:
    """Taken back by the complainant."""
    grievance = lodged(people)
    perform(grievance, "withdraw", actor=actor(people.participant_japan))
    return grievance.reload()


WAYS = {
    State.LODGED: lodged,
    State.ADMITTED: admitted,
    State.INADMISSIBLE: inadmissible,
    State.UPHELD: upheld,
    State.DISMISSED: dismissed,
    State.WITHDRAWN: withdrawn,
}
BY_EDITION = in_each(PROCEDURE.tables, WAYS)
NEEDS = {
    "find_inadmissible": Need({"grounds": GROUNDS}),
    "uphold": Need({"remedy": REMEDY}),
    "dismiss": Need({"grounds": GROUNDS}),
}
