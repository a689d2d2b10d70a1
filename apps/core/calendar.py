"""Legal days. One function computes every due date and can explain it.

The rules speak of calendar days only. A day is a civil day in Japan (JST), the later of the two
sides' dates, and every moment is shown in India's time (IST) as well. A published window counts
both its first and its last day (31 July to 14 August is fifteen days).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

JST = ZoneInfo("Asia/Tokyo")
IST = ZoneInfo("Asia/Kolkata")


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of legal days.

    `starts_on` and `ends_on` are both part of it. `due_at` is the first moment after it: an act
    counts when it is received before `due_at`, and what falls due happens at `due_at`.
    """

    starts_on: date
    ends_on: date
    days: int
    both_ends: bool

    @property
    def due_at(self) -> datetime:
        return datetime.combine(self.ends_on + timedelta(days=1), time.min, JST)

    def explain(self) -> str:
        """The counting in words, for "Explain this date"."""
        days = ngettext("%(count)d calendar day", "%(count)d calendar days", self.days) % {"count": self.days}
        text = (
            _("%(days)s, %(first)s to %(last)s, both counted. The last day ends at 24:00 in Japan (20:30 in India).")
            if self.both_ends
            else _(
                "%(days)s after %(first)s, which is not counted: %(last)s. The last day ends at 24:00 in Japan (20:30 in India)."
            )
        )
        return text % {"days": days, "first": self.starts_on.isoformat(), "last": self.ends_on.isoformat()}


def window(*, starts_on: date, days: int, both_ends: bool) -> Window:
    """The window of `days` calendar days that starts on a date.

    With `both_ends` the first day counts as day one, as in published windows; without, day one is
    the day after. Raises ValueError for fewer than one day. Source: P02 (both ends count).
    """
    if days < 1:
        raise ValueError(f"days: a window has at least one day, not {days}")
    ends_on = starts_on + timedelta(days=days - 1 if both_ends else days)
    return Window(starts_on=starts_on, ends_on=ends_on, days=days, both_ends=both_ends)


def start_of(day: date) -> datetime:
    """The first moment of a legal day."""
    return datetime.combine(day, time.min, JST)


def legal_day(moment: datetime) -> date:
    """The legal day that an aware moment belongs to."""
    return moment.astimezone(JST).date()
