"""Every file, deadline, event and document version in the admin: to be read. A file moves by its steps alone.

Each procedure's model is found by itself, so that an app with a table and a model needs no admin of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from apps.documents.models import DocumentVersion
from apps.events.models import Delivery, Event
from apps.events.selectors import history
from apps.workflow.editions import EDITIONS
from apps.workflow.models import Deadline, GeneralStop, Heartbeat, HolidayList, IssuedNumber, Subject
from apps.workflow.render.history import entries
from apps.workflow.templatetags.files import step_entries


class ReadOnlyAdmin(admin.ModelAdmin[Any]):
    """Looked at by staff who may; nothing is added, changed or deleted here."""

    show_full_result_count = False
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 # reason: Django's signature
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 # reason: as above
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 # reason: as above
        return False


class StateFilter(admin.SimpleListFilter):
    """The states in the rulebook's words."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, str]]:  # noqa: ARG002 # reason: as above
        states = model_admin.model.procedure.states
        return [(state.value, str(state.label)) for state in states]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002 # reason: as above
        return queryset.filter(state=self.value()) if self.value() else queryset


class EditionFilter(admin.SimpleListFilter):
    """The rulebook editions by their titles."""

    title = _("rulebook edition")
    parameter_name = "edition"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, str]]:  # noqa: ARG002 # reason: as above
        return [(key, str(EDITIONS[key].title)) for key in model_admin.model.procedure.tables]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002 # reason: as above
        return queryset.filter(edition=self.value()) if self.value() else queryset


class ProceduralAdmin(ReadOnlyAdmin):
    """A file: its fields to be read, its steps as buttons with the reasons for those that are not open, its history."""

    list_display = ("reference", "title", "state_words", "edition", "state_since")
    list_display_links = ("reference", "title")
    list_filter = (StateFilter, EditionFilter)
    search_fields = ("reference", "title")
    ordering = ("-state_since",)
    readonly_fields = ("state_words",)
    change_form_template = "admin/workflow/file.html"

    def get_fields(self, request: HttpRequest, obj: Subject | None = None) -> Any:  # noqa: ARG002 # reason: Django's signature
        return ["state_words", *(one.name for one in self.opts.fields if one.name not in {"id", "state"})]

    @admin.display(description=_("state"), ordering="state")
    def state_words(self, subject: Subject) -> str:
        return subject.state_label

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,  # noqa: FBT001, FBT002 # reason: Django's signature
        change: bool = False,  # noqa: FBT001, FBT002 # reason: as above
        form_url: str = "",
        obj: Subject | None = None,
    ) -> HttpResponse:
        if obj is not None:
            context |= {
                "steps": step_entries(obj, getattr(request, "membership", None)),
                "entries": entries(history(obj.procedure.key, obj.pk)),
            }
        return super().render_change_form(request, context, add, change, form_url, obj)


def procedural(model: type[Model]) -> Iterator[type[Model]]:
    """The models that run through procedures."""
    for one in model.__subclasses__():
        yield from procedural(one)
        if not one._meta.abstract:
            yield one


admin.site.register(list(procedural(Subject)), ProceduralAdmin)


@admin.register(Deadline)
class DeadlineAdmin(ReadOnlyAdmin):
    """Time limits, running and closed."""

    list_display = ("due_at", "subject_type", "subject_id", "step", "by_clock", "closed_at", "outcome", "supersedes_id")
    list_filter = ("by_clock", ("closed_at", admin.EmptyFieldListFilter))
    search_fields = ("=subject_id", "step")


@admin.register(GeneralStop)
class GeneralStopAdmin(ReadOnlyAdmin):
    """Days on which every clock stands still."""

    list_display = ("order", "first_on", "last_on", "act_id")


@admin.register(HolidayList)
class HolidayListAdmin(ReadOnlyAdmin):
    """The holidays of each side and year, the later lists above the earlier."""

    list_display = ("year", "side", "confirmed", "source", "act_id")
    list_filter = ("side", "confirmed")
    ordering = ("-year", "side", "-id")


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """The log."""

    list_display = ("id", "acted_at", "type", "subject_ref", "version", "actor", "capacity", "side", "clause")
    list_filter = ("rehearsed",)
    search_fields = ("subject_ref", "=type", "=subject_id")
    ordering = ("-id",)


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    """What waits for a subscriber, and what has been handed over."""

    list_display = ("event_id", "subscriber", "due_at", "attempts", "delivered_at", "last_error")
    list_filter = (("delivered_at", admin.EmptyFieldListFilter),)
    search_fields = ("=subscriber", "=event__id")
    ordering = ("-id",)


@admin.register(DocumentVersion)
class DocumentVersionAdmin(ReadOnlyAdmin):
    """Documents by file; their bytes are handed out by the site alone."""

    list_display = ("subject_type", "subject_id", "kind", "number", "form_code", "form_version", "name", "uploaded_at")
    list_filter = ("kind", "confidential")
    search_fields = ("=subject_id", "name", "=sha256")
    ordering = ("-id",)


@admin.register(IssuedNumber)
class IssuedNumberAdmin(ReadOnlyAdmin):
    """Numbers that were given out."""

    list_display = ("series", "number", "subject_type", "subject_id")
    search_fields = ("=series", "=number")


@admin.register(Heartbeat)
class HeartbeatAdmin(ReadOnlyAdmin):
    """When the periodic jobs last ran to their end."""

    list_display = ("job", "beat_at")
