"""Counting a time limit: the one way to the date that page, mail, feed and engine read from its row."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import date
from typing import Any

from apps.core import calendar
from apps.core.calendar import Extension, Unit, Window
from apps.workflow.models import Subject
from apps.workflow.selectors import days_off
from apps.workflow.table import Limit


def reckon(subject: Subject, limit: Limit, starts_on: date, extensions: Collection[Extension] = ()) -> Window:
    """The window of a time limit of a file, by its edition, its stops and, for working days, the lists of both countries."""
    unit = subject.rules.unit(limit.parameter)
    return calendar.window(
        starts_on=starts_on,
        days=subject.rules.days(limit.parameter),
        both_ends=limit.both_ends,
        unit=unit,
        days_off=days_off(starts_on) if unit == Unit.WORKING_DAYS else None,
        stops=subject.standstills if limit.stops else (),
        extensions=extensions,
    )


def counted(window: Window) -> dict[str, Any]:
    """The columns of a deadline that tell how its date was counted."""
    return {
        "days": window.days,
        "unit": window.unit.value,
        "both_ends": window.both_ends,
        "starts_on": window.starts_on,
        "due_at": window.due_at,
        "days_off": {day.isoformat(): sides for day, sides in (window.days_off or {}).items()},
        "stops": [one.stored() for one in window.stops],
        "extensions": [asdict(one) for one in window.extensions],
    }
