"""How the site itself runs: what waits to be handed on, what the scanner has before it, and when the periodic jobs ran."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.administration.admin.base import SideAware
from apps.administration.admin.filters import Choice, Choices
from apps.administration.kinds import SECRETARIATS, Group
from apps.core import clock
from apps.documents.models import Scan, Stocktake
from apps.events.models import Delivery
from apps.workflow.models import Heartbeat
from apps.workflow.selectors import LATE


class TechnicalAdmin(SideAware):
    """A table of numbers and moments; it names no file and no person."""

    group = Group.TECHNICAL
    readers = SECRETARIATS
    for_administrators = True


class StuckFilter(Choice):
    """What waits, and what waits too long or was tried in vain."""

    title = gettext_lazy("Handed on")
    parameter_name = "handed"

    def answers(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> Choices:  # noqa: ARG002 # reason: the signature of filters
        return [("stuck", _("Stuck")), ("waiting", _("Still to come")), ("done", _("Done"))]

    def narrowed(self, request: HttpRequest, queryset: QuerySet[Any], answer: str) -> QuerySet[Any]:  # noqa: ARG002 # reason: as above
        done = "delivered_at" if queryset.model is Delivery else "done_at"
        if answer == "done":
            return queryset.filter(**{f"{done}__isnull": False})
        waiting = queryset.filter(**{done: None})
        return waiting if answer == "waiting" else waiting.filter(stuck())


def stuck() -> Q:
    """What was tried in vain, or should have gone minutes ago."""
    return Q(attempts__gt=1) | Q(due_at__lt=clock.now() - LATE)


@admin.register(Delivery)
class DeliveryAdmin(TechnicalAdmin):
    """What waits for a subscriber, and what has been handed over."""

    about = gettext_lazy("Records of the log handed on to other parts of the site, and those still to come")
    list_display = ("record", "subscriber", "due_at", "attempts", "delivered_at", "has_failed")
    list_filter = (StuckFilter,)
    search_fields = ("=subscriber", "=event__id")
    search_help_text = gettext_lazy("Name of a subscriber, or number of a record")
    ordering = ("-id",)
    shown = ("record", "subscriber", "due_at", "attempts", "delivered_at", "failure")

    def waiting(self, request: HttpRequest) -> Any:
        yield "handed=stuck", gettext_lazy("Stuck"), self.get_queryset(request).filter(stuck(), delivered_at=None)

    @admin.display(description=gettext_lazy("record"), ordering="event_id")
    def record(self, delivery: Delivery) -> str:
        return str(delivery.event_id)

    @admin.display(description=gettext_lazy("failed"), ordering="attempts")
    def has_failed(self, delivery: Delivery) -> bool:
        return bool(delivery.last_error)

    @admin.display(description=gettext_lazy("kind of failure"))
    def failure(self, delivery: Delivery) -> str:
        """The kind alone: what a failure says may quote the file."""
        return kind_of_failure(delivery.last_error)


def kind_of_failure(text: str) -> str:
    """The name at the head of a failure; what follows it may hold anything."""
    return text.partition(":")[0].strip()[:80] if text else ""


@admin.register(Scan)
class ScanAdmin(TechnicalAdmin):
    """What waits for the scanner."""

    about = gettext_lazy("Documents checked for viruses, and those still to be checked")
    list_display = ("number", "received_at", "due_at", "attempts", "done_at")
    list_filter = (StuckFilter,)
    ordering = ("-received_at",)
    shown = ("number", "received_at", "due_at", "attempts", "done_at", "failure")

    def waiting(self, request: HttpRequest) -> Any:
        if settings.CLAMD:
            yield "handed=waiting", gettext_lazy("Still to be checked"), self.get_queryset(request).filter(done_at=None)

    @admin.display(description=gettext_lazy("document"), ordering="version_id")
    def number(self, scan: Scan) -> str:
        return str(scan.version_id)

    @admin.display(description=gettext_lazy("kind of failure"))
    def failure(self, scan: Scan) -> str:
        return kind_of_failure(scan.last_error)


class FaultFilter(Choice):
    """Whether bytes are still what came in."""

    title = gettext_lazy("Found")
    parameter_name = "fault"

    def answers(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> Choices:  # noqa: ARG002 # reason: as above
        return [("fault", _("No longer what came in")), ("sound", _("As it came in"))]

    def narrowed(self, request: HttpRequest, queryset: QuerySet[Any], answer: str) -> QuerySet[Any]:  # noqa: ARG002 # reason: as above
        return queryset.exclude(fault="") if answer == "fault" else queryset.filter(fault="")


@admin.register(Stocktake)
class StocktakeAdmin(TechnicalAdmin):
    """When the bytes that are kept were last hashed again."""

    about = gettext_lazy("Whether the documents that are kept are still what came in")
    list_display = ("sha256", "looked_at", "fault")
    list_filter = (FaultFilter,)
    search_fields = ("sha256__startswith",)
    search_help_text = gettext_lazy("The beginning of a SHA-256")
    ordering = ("-looked_at",)


@admin.register(Heartbeat)
class HeartbeatAdmin(TechnicalAdmin):
    """When the periodic jobs last ran to their end."""

    about = gettext_lazy("When the periodic jobs last ran to their end")
    list_display = ("job", "beat_at", "lateness")
    ordering = ("job",)

    @admin.display(description=gettext_lazy("too long ago"))
    def lateness(self, beat: Heartbeat) -> bool:
        return clock.now() - beat.beat_at > max(LATE, timedelta(hours=2))
