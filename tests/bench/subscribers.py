"""Enough subscribers for six deliveries an act, as a real site has them."""

from __future__ import annotations

from apps.events.kinds import subscriber, subscribers_of
from apps.events.models import Event
from tests.bench.procedure import PROCEDURE

DELIVERIES = 6


def subscribe() -> None:
    """Add subscribers to those of the engine."""
    there = len(subscribers_of(f"{PROCEDURE.key}.forward"))
    for number in range(there, DELIVERIES):
        subscriber(f"bench_{number}", f"{PROCEDURE.key}.")(heard)


def heard(event: Event) -> None:
    """Nothing: the benchmark counts what an act costs, not what follows."""
