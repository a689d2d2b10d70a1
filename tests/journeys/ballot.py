"""How to bring a ballot into each of its states, by real steps under a rehearsed clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from apps.committee.kinds import Form
from apps.committee.models import Ballot
from apps.committee.procedure import State
from apps.committee.services import circulate, open_ballot, take_positions
from apps.core.clock import Rehearsal
from apps.workflow.services import perform, sweep
from tests.decision import decide
from tests.journeys.editions import EDITION, in_each
from tests.journeys.walker import Need
from tests.people import Cast, actor
from tests.wheel.services import stopped

Journey = Callable[[Cast, Rehearsal], Ballot]

ITEMS = ({"title": "Adopt the rules of procedure?"}, {"title": "Adopt the guidelines?"})
YES = ("agree", "")


def drafted(people: Cast, _time: Rehearsal | None = None, *, form: str = Form.ELECTRONIC, **meeting: Any) -> Ballot:
    """A draft of two texts."""
    given = {"title": "Do you agree?", "form": form, "items": ITEMS, "edition": EDITION.get(), **meeting}
    return open_ballot(actor=actor(people.secretariat_host), **given)


def circulated(people: Cast, _time: Rehearsal | None = None) -> Ballot:
    """Before all members, nobody having answered."""
    ballot = drafted(people)
    circulate(ballot, actor=actor(people.co_chair_japan))
    return ballot.reload()


def waiting(people: Cast, time: Rehearsal) -> Ballot:
    """The window has ended without a word."""
    ballot = circulated(people)
    time.move_to(ballot.closes_at or time.moment + timedelta(days=11))
    sweep()
    return ballot.reload()


def before_the_co_chairs(people: Cast, _time: Rehearsal | None = None) -> Ballot:
    """A decision of which the form is not stated, to be confirmed."""
    ballot = drafted(people, form=Form.UNSTATED)
    circulate(ballot, actor=actor(people.secretariat_japan))
    return ballot.reload()


def closed(people: Cast, _time: Rehearsal | None = None) -> Ballot:
    """Both items confirmed by both co-chairs."""
    ballot = before_the_co_chairs(people)
    for chair in (people.co_chair_host, people.co_chair_japan):
        take_positions(ballot, actor=actor(chair), answers={1: YES, 2: YES})
    return ballot.reload()


def withdrawn(people: Cast, _time: Rehearsal | None = None) -> Ballot:
    """Taken back before anything was adopted."""
    ballot = circulated(people)
    perform(ballot, "withdraw", actor=actor(people.secretariat_host))
    return ballot.reload()


JOURNEYS: dict[State, Journey] = {
    State.DRAFT: drafted,
    State.CIRCULATED: circulated,
    State.WAITING: waiting,
    State.CONFIRMATION: before_the_co_chairs,
    State.CLOSED: closed,
    State.WITHDRAWN: withdrawn,
}
BY_EDITION = in_each(Ballot.procedure.tables, JOURNEYS)


def executed(people: Cast, _time: Rehearsal | None = None) -> Ballot:
    """Adopted and in effect: the committee let somebody's file go on."""
    decide(people, stopped(people.secretariat_host), "finish")
    return Ballot.objects.get()


BY_CO_CHAIRS = Need(follows="take_position", reach=closed)
NEEDS = {
    "add_item": Need({"title": "Adopt the forms?"}),
    "remove_item": Need({"item": 1}),
    "ask_to_confirm": Need(reach=partial(drafted, form=Form.UNSTATED)),
    "take_position": Need({"answers": [{"item": 1, "answer": "agree"}]}),
    "settle": BY_CO_CHAIRS,
    "execute": Need(follows="settle", reach=executed),
    "withdraw_item": Need({"item": 1}, reason="It is no longer needed."),
    "close": BY_CO_CHAIRS,
}
