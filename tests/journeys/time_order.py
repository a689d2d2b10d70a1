"""How to bring an order on time into each of its states."""

from __future__ import annotations

from typing import Any

from apps.core.clock import Rehearsal
from apps.timekeeping.models import TimeOrder
from apps.timekeeping.procedure.orders import PROCEDURE, State
from apps.workflow.selectors import open_deadlines
from apps.workflow.services import open_file, perform
from tests.journeys import methodology
from tests.journeys.editions import EDITION, in_each
from tests.journeys.walker import Need
from tests.people import Cast, actor

GROUNDS = "The post in Delhi is on strike."
DAYS = {"first_on": "2027-03-01", "last_on": "2027-03-10"}


def opened(people: Cast, step: str, **inputs: Any) -> TimeOrder:
    """Proposed by the Japanese secretariat."""
    given = {"title": "Postal strike", "grounds": GROUNDS, "edition": EDITION.get(), **inputs}
    found = open_file(TimeOrder, step, actor=actor(people.secretariat_japan), **given)
    assert isinstance(found, TimeOrder)
    return found


def stop_proposed(people: Cast, _time: Rehearsal | None = None) -> TimeOrder:
    """For a methodology whose completeness is being checked."""
    return opened(people, "propose_stop", file=methodology.submitted(people), **DAYS)


def general_stop_proposed(people: Cast, _time: Rehearsal | None = None) -> TimeOrder:
    """For all files."""
    return opened(people, "propose_general_stop", **DAYS)


def extension_proposed(people: Cast, _time: Rehearsal | None = None) -> TimeOrder:
    """For the time in which completeness is checked."""
    deadline = open_deadlines(methodology.submitted(people)).get()
    return opened(people, "propose_extension", time_limit=deadline, days=5)


def standing(people: Cast, _time: Rehearsal | None = None) -> TimeOrder:
    """Agreed by the Indian secretariat."""
    order = stop_proposed(people)
    perform(order, "agree_to_stop", actor=actor(people.secretariat_host))
    return order.reload()


def ended(people: Cast, _time: Rehearsal | None = None) -> TimeOrder:
    """Ended before its time by the Japanese secretariat."""
    order = standing(people)
    perform(order, "restart", actor=actor(people.secretariat_japan), grounds="The strike is over.")
    return order.reload()


def extended(people: Cast, _time: Rehearsal | None = None) -> TimeOrder:
    """Agreed by the Indian secretariat."""
    order = extension_proposed(people)
    perform(order, "agree_to_extend", actor=actor(people.secretariat_host))
    return order.reload()


def declined(people: Cast, _time: Rehearsal | None = None) -> TimeOrder:
    """Declined by the Indian secretariat."""
    order = stop_proposed(people)
    perform(order, "decline", actor=actor(people.secretariat_host), grounds="The post arrives.")
    return order.reload()


def withdrawn(people: Cast, _time: Rehearsal | None = None) -> TimeOrder:
    """Taken back by the Japanese secretariat."""
    order = extension_proposed(people)
    perform(order, "withdraw", actor=actor(people.secretariat_japan))
    return order.reload()


WAYS = {
    State.STOP_PROPOSED: stop_proposed,
    State.EXTENSION_PROPOSED: extension_proposed,
    State.STANDING: standing,
    State.ENDED: ended,
    State.EXTENDED: extended,
    State.DECLINED: declined,
    State.WITHDRAWN: withdrawn,
}
BY_EDITION = in_each(PROCEDURE.tables, WAYS)
NEEDS = {
    "propose_general_stop": Need(reach=general_stop_proposed),
    "agree_to_stop": Need(by=lambda people: people.secretariat_host),
    "agree_to_extend": Need(by=lambda people: people.secretariat_host),
    "decline": Need({"grounds": GROUNDS}, by=lambda people: people.secretariat_host),
    "withdraw": Need(by=lambda people: people.secretariat_japan),
    "restart": Need({"grounds": GROUNDS}),
}
