"""What it costs whoever acts that many people are told: the same act with nobody to tell and with four hundred."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import count
from typing import Any

import psycopg

from apps.accounts.models import Membership, Organisation, User
from apps.accounts.roles import Role, Side
from apps.committee.models import Ballot
from apps.events import kinds
from apps.events.models import Event
from apps.notifications.models import Message
from apps.notifications.services import tell
from apps.workflow.actors import Actor
from apps.workflow.services import perform
from tests.bench.answering import circulated
from tests.bench.variant import Variant

TOLD = 400
LANGUAGES = ("en", "ja", "hi")
TYPE = "ballot.amend_item"


def tellings(everybody: list[Membership], ours: psycopg.Connection[Any]) -> list[Variant]:
    """An item is amended: with no subscriber that tells, with one that tells four hundred, and that telling by itself."""
    officials()
    silent, telling = circulated(everybody), circulated(everybody)
    return [
        Variant("an item is amended, telling nobody", without_telling(amended(silent, everybody[0])), ours),
        Variant(f"an item is amended, telling {TOLD} people in three languages", amended(telling, everybody[0]), ours),
        Variant(f"telling them, afterwards and by the relay: {TOLD} messages", told(), ours),
    ]


def officials() -> None:
    """As many officials of both sides as are told, apart from the committee."""
    for side in Side:
        office = Organisation.objects.create(name=f"Authorities of {side.label}", side=side)
        for number in range(TOLD // len(Side)):
            language = LANGUAGES[number % len(LANGUAGES)]
            user = User.objects.create(email=f"{side}.official{number}@example.org", name=f"Official {number}", language=language)
            appointed = {"role": Role.AUTHORITY, "side": side, "starts_on": date(2013, 1, 1)}
            Membership.objects.create(user=user, organisation=office, **appointed)


def amended(ballot: Ballot, by: Membership) -> Callable[[], None]:
    """The text of an item becomes another."""
    turn = count()

    def act() -> None:
        title = f"Adopt rule {next(turn)} anew?"
        perform(ballot, "amend_item", actor=Actor.person(by), reason="Clearer.", item=1, new_title=title)

    return act


def without_telling(act: Callable[[], None]) -> Callable[[], None]:
    """The same where nobody listens in order to tell."""

    def quietly() -> None:
        with nobody_tells():
            act()

    return quietly


@contextmanager
def nobody_tells() -> Iterator[None]:
    """The act leaves no delivery for the messages."""
    listeners = kinds.subscribers_of(TYPE)
    kinds._wanted[TYPE] = [one for one in listeners if one != "notifications"]
    try:
        yield
    finally:
        kinds._wanted[TYPE] = listeners


def told() -> Callable[[], None]:
    """The newest amendment of which nobody has been told is told."""

    def act() -> None:
        waiting = Event.objects.filter(type=TYPE).exclude(pk__in=Message.objects.exclude(event=None).values("event_id"))
        tell(waiting.latest("pk"))

    return act
