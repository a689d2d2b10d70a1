"""How a date was counted, and what moved it, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.accounts.render import side_name
from apps.core import calendar, clock
from apps.core.calendar import SATURDAY, Unit, Window
from apps.core.sentences import sentences
from apps.core.templatetags.gazette import day_words
from apps.workflow.models import Deadline


def counted(window: Window) -> str:
    """The counting in words, for "Explain this date": what is counted, what is left out and why, when the last day ends."""
    return sentences([_span(window), *_left_out(window), *_extended(window), _end()])


def moved(deadline: Deadline) -> list[str]:
    """What orders on time did to a running deadline, line by line: whether its clock stands still today, and the day it had."""
    stood = next((one for one in calendar.stops_of(deadline.stops) if one.first_on <= clock.today() <= one.last_on), None)
    lines = []
    if stood:
        words = {"last": day_words(stood.last_on, "short"), "order": stood.order}
        lines.append(_("The clock stands still until %(last)s at the latest (order %(order)s)") % words)
    if deadline.first_window.ends_on != deadline.last_day:
        lines.append(_("Was %(day)s") % {"day": day_words(deadline.first_window.ends_on, "short")})
    return lines


def _span(window: Window) -> str:
    """From when to when, and whether the first day counts."""
    text = (
        _("%(days)s, %(first)s to %(last)s, both counted.")
        if window.both_ends
        else _("%(days)s after %(first)s, which is not counted: %(last)s.")
    )
    ends = {"first": day_words(window.starts_on), "last": day_words(window.ends_on)}
    return text % {"days": days_words(window.days, window.unit), **ends}


def days_words(days: int, unit: Unit) -> str:
    """A number of days of a unit."""
    if unit == Unit.WORKING_DAYS:
        return ngettext("%(count)d working day", "%(count)d working days", days) % {"count": days}
    return ngettext("%(count)d calendar day", "%(count)d calendar days", days) % {"count": days}


def _left_out(window: Window) -> Iterator[str]:
    """The days that the count passed over."""
    if window.unit == Unit.WORKING_DAYS:
        yield _resting(window.days_off or {})
    for stop in window.stops:
        words = {"first": day_words(stop.first_on), "last": day_words(stop.last_on), "order": stop.order}
        if stop.first_on == stop.last_on:
            yield _("The clock stands still on %(first)s (order %(order)s).") % words
        else:
            yield _("The clock stands still from %(first)s to %(last)s, both counted (order %(order)s).") % words


def _resting(days_off: Mapping[date, str]) -> str:
    """Which days of the week and which holidays are no working days."""
    named = _(", ").join(_holiday(day, sides) for day, sides in sorted(days_off.items()) if day.weekday() < SATURDAY)
    if not named:
        return _("Saturdays and Sundays are not counted.")
    return _("Saturdays, Sundays and these holidays are not counted: %(days)s.") % {"days": named}


def _holiday(day: date, sides: str) -> str:
    names = _(" and ").join(side_name(one) for one in sides.split(","))
    return _("%(day)s (%(country)s)") % {"day": day_words(day), "country": names}


def _extended(window: Window) -> Iterator[str]:
    for one in window.extensions:
        yield _("Extended by %(days)s (order %(order)s).") % {"days": days_words(one.days, window.unit), "order": one.order}


def _end() -> str:
    return _("The last day ends at 24:00 in Japan (20:30 in India).")
