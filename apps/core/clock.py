"""The one clock. Legal time is read here and nowhere else, so that a rehearsal can move it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime

from apps.core.calendar import JST


class Rehearsal:
    """A clock that only moves when told to, and never backwards."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment.astimezone(UTC)

    def move_to(self, moment: datetime) -> None:
        """Set the clock to an aware moment. Raises ValueError when it lies in the clock's past."""
        if moment < self.moment:
            raise ValueError(f"the clock stands at {self.moment.isoformat()} and cannot go back to {moment.isoformat()}")
        self.moment = moment.astimezone(UTC)


_rehearsal: ContextVar[Rehearsal | None] = ContextVar("rehearsal", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    rehearsal = _rehearsal.get()
    return rehearsal.moment if rehearsal else datetime.now(UTC)


def of_the_machine() -> datetime:
    """The machine's own time, in UTC, which no rehearsal moves: for what is a browser's matter and no act."""
    return datetime.now(UTC)


def today() -> date:
    """The present legal day: the civil date in Japan, the later of the two sides' dates."""
    return now().astimezone(JST).date()


def is_rehearsed() -> bool:
    """True while a rehearsal clock is in force; the log marks such acts for ever."""
    return _rehearsal.get() is not None


@contextmanager
def rehearse(moment: datetime) -> Iterator[Rehearsal]:
    """Put a rehearsal clock in force, for sample sites and replays. Real sites never call this."""
    rehearsal = Rehearsal(moment)
    token = _rehearsal.set(rehearsal)
    try:
        yield rehearsal
    finally:
        _rehearsal.reset(token)
