"""Reading the log."""

from __future__ import annotations

from django.db.models import QuerySet

from apps.events.models import Event


def history(subject_type: str, subject_id: int) -> QuerySet[Event]:
    """A subject's events, oldest first."""
    return Event.objects.filter(subject_type=subject_type, subject_id=subject_id).order_by("version")


def began_rehearsed() -> bool:
    """Whether the first event of the log was rehearsed: a real site's never is, a sample site's always."""
    return bool(Event.objects.order_by("id").values_list("rehearsed", flat=True).first())
