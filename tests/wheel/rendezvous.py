"""A subscriber that lets a test find its process in the middle of the first attempt, to kill it there."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from apps.accounts.models import Organisation
from apps.events.kinds import subscriber
from apps.events.models import Event

NAME = "rendezvous"


def subscribe() -> None:
    """Hear of every wheel that is made."""
    subscriber(NAME, "wheel.make")(meet)


def meet(event: Event) -> None:
    """Write one row, then say which process this is; on the first attempt wait there for the end."""
    Organisation.objects.create(name=effect_of(event))
    place = place_of(event)
    with place.open("a", encoding="utf-8") as file:
        file.write(f"{os.getpid()}\n")
    if len(attempts(event)) == 1:
        signal.pause()


def effect_of(event: Event) -> str:
    """What the row is called."""
    return f"told of event {event.pk}"


def place_of(event: Event) -> Path:
    """The file in which the processes that try to tell of an event write their numbers."""
    return Path(os.environ["JCM_TEST_RENDEZVOUS"]) / str(event.pk)


def attempts(event: Event) -> list[int]:
    """The processes that have tried so far."""
    place = place_of(event)
    written = place.read_text(encoding="utf-8") if place.exists() else ""
    return [int(line) for line in written.splitlines(keepends=True) if line.endswith("\n")]
