"""Reading the log."""

from __future__ import annotations

from django.db import connection
from django.db.models import QuerySet

from apps.events.models import Event

# Database -> whether its log began rehearsed.
_began: dict[str, bool] = {}


def history(subject_type: str, subject_id: int) -> QuerySet[Event]:
    """A subject's events, oldest first."""
    return Event.objects.filter(subject_type=subject_type, subject_id=subject_id).order_by("version")


def began_rehearsed() -> bool:
    """Whether the first event of the log was rehearsed: a real site's never is, a sample site's always.

    Of a log that has begun the answer never changes: a process asks once.
    """
    name = str(connection.settings_dict["NAME"])
    if name not in _began:
        first = Event.objects.order_by("id").values_list("rehearsed", flat=True).first()
        if first is None:
            return False
        _began[name] = first
    return _began[name]
