"""How to bring a public input into each of its states, by real steps under a rehearsed clock."""

from __future__ import annotations

from collections.abc import Callable

from apps.core.clock import Rehearsal
from apps.public_inputs.models import PublicInput
from apps.public_inputs.procedure import State
from apps.workflow.services import perform, sweep
from tests.journeys import methodology
from tests.journeys.editions import in_each
from tests.journeys.walker import Need
from tests.people import Cast, actor
from tests.public_inputs.writing import entered, received

Journey = Callable[[Cast, Rehearsal], PublicInput]

WITHHELD = {"ground": "personal", "grounds": "It names the owner of a house and what they earn."}
OBJECTION = {"objection": "The name can be left out; the rest is about the methodology."}
ANSWER = {"answer": "Section 4 now takes the table of this year."}


def waiting(people: Cast, _time: Rehearsal | None = None) -> PublicInput:
    """About a proposed methodology, by its link."""
    return received(methodology.published(people))


def published(people: Cast, _time: Rehearsal | None = None) -> PublicInput:
    """Published by Japan's secretariat."""
    found = waiting(people)
    perform(found, "publish", actor=actor(people.secretariat_japan))
    return found.reload()


def withheld(people: Cast, _time: Rehearsal | None = None) -> PublicInput:
    """Withheld by Japan's secretariat."""
    found = waiting(people)
    perform(found, "withhold", actor=actor(people.secretariat_japan), **WITHHELD)
    return found.reload()


def disputed(people: Cast, _time: Rehearsal | None = None) -> PublicInput:
    """Withheld by Japan's secretariat; India's objects."""
    found = withheld(people)
    perform(found, "dispute", actor=actor(people.secretariat_host), **OBJECTION)
    return found.reload()


def answered(people: Cast, _time: Rehearsal | None = None) -> PublicInput:
    """Published and answered."""
    found = published(people)
    perform(found, "respond", actor=actor(people.participant_host), **ANSWER)
    return found.reload()


def set_aside(people: Cast, time: Rehearsal) -> PublicInput:
    """Withheld, without an objection in time."""
    found = withheld(people)
    time.move_to(methodology.due_at(found, "stand"))
    sweep()
    return found.reload()


def lapsed(people: Cast, _time: Rehearsal | None = None) -> PublicInput:
    """About a proposal that is withdrawn."""
    found = published(people)
    methodology.act(found.file, "withdraw", people.participant_host)
    return found.reload()


def by_letter(people: Cast, _time: Rehearsal | None = None) -> PublicInput:
    """Entered by India's secretariat."""
    return entered(methodology.published(people), people.secretariat_host)


JOURNEYS: dict[State, Journey] = {
    State.RECEIVED: waiting,
    State.PUBLISHED: published,
    State.WITHHELD: withheld,
    State.DISPUTED: disputed,
    State.ANSWERED: answered,
    State.SET_ASIDE: set_aside,
    State.LAPSED: lapsed,
}
BY_EDITION = in_each(PublicInput.procedure.tables, JOURNEYS)

# In the dispute Japan's secretariat gives way and publishes, or India's withdraws its objection and withholds.
NEEDS = {
    "enter": Need(reach=by_letter),
    "publish": Need(by=lambda people: people.secretariat_japan),
    "withhold": Need(WITHHELD, by=lambda people: people.secretariat_host),
    "dispute": Need(OBJECTION, by=lambda people: people.secretariat_host),
    "respond": Need(ANSWER),
    "respond_in_place": Need(ANSWER),
}
