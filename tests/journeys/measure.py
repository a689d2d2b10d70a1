"""How to bring a special measure into each of its states."""

from __future__ import annotations

from typing import Any

from apps.core.clock import Rehearsal
from apps.rules.models import SpecialMeasure
from apps.rules.procedure.measure import PROCEDURE, State
from apps.workflow.services import open_file, perform
from tests.decision import decide
from tests.journeys.editions import EDITION, in_each
from tests.journeys.walker import Need
from tests.people import Cast, actor

# The measure of awkward case 39, some years later.
GIVEN = {
    "title": "Site visits during travel restrictions",
    "rule": "Guidelines for validation and verification, paragraph 84",
    "waives": "site_visit",
    "starts_on": "2028-02-17",
    "ends_on": "2028-12-31",
    "conditions": "Other auditing techniques give the same assurance.",
    "duty": "The verification report describes and justifies the techniques.",
}
GROUNDS = "Travel is possible again."


def proposed(people: Cast, _time: Rehearsal | None = None, **inputs: Any) -> SpecialMeasure:
    """Proposed by the Japanese secretariat."""
    given = {**GIVEN, "edition": EDITION.get(), **inputs}
    opened = open_file(SpecialMeasure, "propose", actor=actor(people.secretariat_japan), **given)
    assert isinstance(opened, SpecialMeasure)
    return opened


def adopted(people: Cast, _time: Rehearsal | None = None, **inputs: Any) -> SpecialMeasure:
    """Adopted by the committee."""
    measure = proposed(people, **inputs)
    decide(people, measure, "adopt")
    return measure.reload()


def repealed(people: Cast, _time: Rehearsal | None = None) -> SpecialMeasure:
    """Adopted, then repealed."""
    measure = adopted(people)
    decide(people, measure, "repeal", grounds=GROUNDS)
    return measure.reload()


def refused(people: Cast, _time: Rehearsal | None = None) -> SpecialMeasure:
    """Refused by the committee."""
    measure = proposed(people)
    decide(people, measure, "refuse", grounds=GROUNDS)
    return measure.reload()


def withdrawn(people: Cast, _time: Rehearsal | None = None) -> SpecialMeasure:
    """Taken back."""
    measure = proposed(people)
    perform(measure, "withdraw", actor=actor(people.secretariat_japan))
    return measure.reload()


WAYS = {
    State.PROPOSED: proposed,
    State.ADOPTED: adopted,
    State.REPEALED: repealed,
    State.REFUSED: refused,
    State.WITHDRAWN: withdrawn,
}
BY_EDITION = in_each(PROCEDURE.tables, WAYS)
NEEDS = {
    "refuse": Need({"grounds": GROUNDS}),
    "repeal": Need({"grounds": GROUNDS}),
    "extend": Need({"starts_on": "2029-01-01", "ends_on": "2029-06-30"}),
}
