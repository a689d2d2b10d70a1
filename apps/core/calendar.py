"""Legal days. One function computes every due date, and its result can explain itself.

A day is a civil day in Japan (JST), the later of the two sides' dates, and every moment is shown in
India's time (IST) as well. The rules speak of calendar days; the site's own promises may count working
days, on which neither country rests. A published window counts both its first and its last day
(31 July to 14 August is fifteen days). Days on which the clock stands still are not counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Self
from zoneinfo import ZoneInfo

JST = ZoneInfo("Asia/Tokyo")
IST = ZoneInfo("Asia/Kolkata")

ONE_DAY = timedelta(days=1)
SATURDAY = 5
# No count goes on for longer: a window of working days that never ends would be a slip of the lists.
LONGEST = timedelta(days=40_000)


class Unit(StrEnum):
    """What is counted."""

    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"


@dataclass(frozen=True, slots=True)
class Stop:
    """Days, both counted, on which a clock stands still, and the number of the order that says so."""

    first_on: date
    last_on: date
    order: str

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        """A stop as `stored` wrote it."""
        return cls(date.fromisoformat(stored["first_on"]), date.fromisoformat(stored["last_on"]), stored["order"])

    def stored(self) -> dict[str, str]:
        """The stop as JSON."""
        return {"first_on": self.first_on.isoformat(), "last_on": self.last_on.isoformat(), "order": self.order}


@dataclass(frozen=True, slots=True)
class Extension:
    """Further days, and the number of the order that grants them."""

    days: int
    order: str


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of legal days.

    `starts_on` and `ends_on` are both part of it. `due_at` is the first moment after it: an act counts when it is
    received before `due_at`, and what falls due happens at `due_at`. `days_off` (day -> the sides that rest, by comma)
    and `stops` are those that the count met.
    """

    starts_on: date
    ends_on: date
    days: int
    both_ends: bool
    unit: Unit = Unit.CALENDAR_DAYS
    days_off: Mapping[date, str] | None = None
    stops: tuple[Stop, ...] = ()
    extensions: tuple[Extension, ...] = ()

    @property
    def due_at(self) -> datetime:
        return start_of(self.ends_on + ONE_DAY)


def window(
    *,
    starts_on: date,
    days: int,
    both_ends: bool,
    unit: Unit = Unit.CALENDAR_DAYS,
    days_off: Mapping[date, str] | None = None,
    stops: Collection[Stop] = (),
    extensions: Collection[Extension] = (),
) -> Window:
    """The window of `days` days that starts on a date.

    With `both_ends` the first day counts as day one, as in published windows; without, day one is the day after.
    A working day is none of Saturday, Sunday and `days_off`. Days of `stops` count in no unit; `extensions` add days
    of the same unit. Raises ValueError for fewer than one day. Source: P02 (both ends count).
    """
    if days < 1:
        raise ValueError(f"days: a window has at least one day, not {days}")
    count = days + sum(one.days for one in extensions)
    first = starts_on if both_ends else starts_on + ONE_DAY
    off = days_off or {}
    if unit == Unit.CALENDAR_DAYS and not stops:
        ends_on = first + timedelta(days=count - 1)
    else:
        ends_on = _counted(first, count, None if unit == Unit.CALENDAR_DAYS else off, stops)
    return Window(
        starts_on, ends_on, days, both_ends, unit,
        days_off={day: whose for day, whose in off.items() if first <= day <= ends_on} if unit == Unit.WORKING_DAYS else None,
        stops=tuple(one for one in stops if one.first_on <= ends_on and one.last_on >= first),
        extensions=tuple(extensions),
    )  # fmt: skip


def _counted(first: date, count: int, days_off: Mapping[date, str] | None, stops: Iterable[Stop]) -> date:
    """The day with which so many days have been counted; `days_off` is None where all days of the week count."""
    stops, day = tuple(stops), first - ONE_DAY
    while count:
        day += ONE_DAY
        if day - first > LONGEST:
            raise ValueError("days: the count finds no end; look at the lists of holidays and the stops")
        stands = any(one.first_on <= day <= one.last_on for one in stops)
        rests = days_off is not None and (day.weekday() >= SATURDAY or day in days_off)
        count -= not (stands or rests)
    return day


def stops_of(stored: Iterable[Mapping[str, Any]]) -> tuple[Stop, ...]:
    """Stops as they stand on a file or a deadline, the earlier first."""
    return tuple(sorted((Stop.read(one) for one in stored), key=lambda one: (one.first_on, one.last_on)))


def stood_still(stops: Iterable[Stop], after: date, until: date) -> int:
    """On how many days after one day, and up to another, a clock stood still."""
    return still_between(stops, start_of(after + ONE_DAY), start_of(until + ONE_DAY)).days


def still_between(stops: Iterable[Stop], begins_at: datetime, ends_at: datetime) -> timedelta:
    """For how long, of the time between two moments, a clock stood still.

    The earlier stops come first; days that several cover count once.
    """
    found, seen = timedelta(), begins_at
    for stop in stops:
        first, last = max(start_of(stop.first_on), seen), min(start_of(stop.last_on + ONE_DAY), ends_at)
        if first < last:
            found, seen = found + (last - first), last
    return found


def start_of(day: date) -> datetime:
    """The first moment of a legal day."""
    return datetime.combine(day, time.min, JST)


def legal_day(moment: datetime) -> date:
    """The legal day that an aware moment belongs to."""
    return moment.astimezone(JST).date()
