"""Which special measures apply on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from apps.rules.models import MeasureWindow, SpecialMeasure


def measures_on(day: date) -> QuerySet[SpecialMeasure]:
    """The special measures that apply on a day: adopted, inside one of their windows, and not yet repealed."""
    unrepealed = Q(repealed_on=None) | Q(repealed_on__gt=day)
    windows = MeasureWindow.objects.filter(starts_on__lte=day, ends_on__gte=day)
    return SpecialMeasure.objects.filter(unrepealed, pk__in=windows.values("measure_id"))


def waiver_on(waives: str, day: date) -> str:
    """The number of a special measure that sets a rule aside on a day; empty where none does. Source: rules 2.20."""
    found = measures_on(day).filter(waives=waives).order_by("id").first()
    return found.reference if found else ""


def last_day(measure: SpecialMeasure) -> date | None:
    """The last day of the windows of a measure; None before the first."""
    found = measure.windows.order_by("-ends_on").first()
    return found.ends_on if found else None
