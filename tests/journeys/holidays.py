"""How to bring the holidays of a side and year into each of their states."""

from __future__ import annotations

from apps.core.clock import Rehearsal
from apps.timekeeping.models import HolidayYear
from apps.timekeeping.procedure.holidays import PROCEDURE, State
from apps.workflow.actors import Actor
from apps.workflow.services import open_file, perform
from tests.journeys.editions import EDITION, in_each
from tests.journeys.walker import Need
from tests.people import Cast, actor

# What the Government of India might gazette: fewer days than the list that it began with.
GAZETTED = "2027-01-26 Republic Day\n2027-08-15 Independence Day\n2027-10-02 Mahatma Gandhi's Birthday"


def drawn_up(people: Cast, _time: Rehearsal | None = None) -> HolidayYear:  # noqa: ARG001 - a journey's signature
    """By the system, for India."""
    fields = {"side": "host", "year": 2027}
    found = open_file(HolidayYear, "draw_up", actor=Actor.clock(), edition=EDITION.get(), title="India 2027", fields=fields)
    assert isinstance(found, HolidayYear)
    return found


def confirmed(people: Cast, _time: Rehearsal | None = None) -> HolidayYear:
    """By the Indian secretariat, with its own days."""
    file = drawn_up(people)
    perform(file, "confirm", actor=actor(people.secretariat_host), holidays=GAZETTED)
    return file.reload()


BY_EDITION = in_each(PROCEDURE.tables, {State.DRAWN_UP: drawn_up, State.CONFIRMED: confirmed})
NEEDS = {
    "confirm": Need({"holidays": GAZETTED}, by=lambda people: people.secretariat_host),
    "correct": Need({"holidays": GAZETTED, "grounds": "A feast was moved."}, by=lambda people: people.secretariat_host),
}
