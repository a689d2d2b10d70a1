"""The log, the time limits and the documents of the files that a reader may know of."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.administration.admin.base import SideAware
from apps.administration.admin.filters import (
    Choice,
    Choices,
    ProcedureFilter,
    SideFilter,
    SinceFilter,
    by_yes_no,
    due_like,
)
from apps.administration.kinds import Group
from apps.administration.render import NONE, Cell
from apps.administration.selectors import documents_known_to, events_known_to, known_subjects
from apps.documents.models import DocumentVersion
from apps.documents.render import form_words, scan_words
from apps.events.models import Event
from apps.workflow import registry
from apps.workflow.editions import EDITIONS
from apps.workflow.models import Deadline, IssuedNumber
from apps.workflow.render import counted
from apps.workflow.render.history import event_parties, event_title, with_organisations
from apps.workflow.selectors import files_of

LARGEST = 2**63 - 1
PREFIX_OF_HASH = 6


class AboutFiles(SideAware):
    """Rows that name a file by `subject_type` and `subject_id`; the file comes along, one query for a page."""

    group = Group.LOG

    def complete(self, rows: list[Any]) -> list[Any]:
        files = files_of(rows)
        for one in rows:
            vars(one)["file_told"] = files.get((one.subject_type, one.subject_id))
        return rows

    @admin.display(description=gettext_lazy("file"))
    def file(self, row: Any) -> Cell:
        found = vars(row).get("file_told")
        if found is None:
            return NONE
        return Cell(
            str(found), "link", reverse(f"admin:{found._meta.app_label}_{found._meta.model_name}_change", args=[found.pk])
        )

    @admin.display(description=gettext_lazy("step"))
    def step_words(self, row: Any) -> str:
        return step_title(row.subject_type, row.step)


def step_title(procedure: str, key: str) -> str:
    """A step in the rulebook's words."""
    rows = registry.procedure(procedure).steps().get(key, ()) if registry.is_procedure(procedure) else ()
    return str(rows[0].title) if rows else key


# --- Acts -----------------------------------------------------------------------------------------


class ActorFilter(Choice):
    """Who acted: a capacity, the system by rule, or the committee."""

    title = gettext_lazy("Capacity")
    parameter_name = "capacity"

    def answers(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> Choices:  # noqa: ARG002 # reason: the signature of filters
        return [(role.value, role.label) for role in Role]

    def narrowed(self, request: HttpRequest, queryset: QuerySet[Any], answer: str) -> QuerySet[Any]:  # noqa: ARG002 # reason: as above
        return queryset.filter(capacity=answer)


@admin.register(Event)
class EventAdmin(AboutFiles):
    """The log. What was written at an act stands on the pages of its file, for those who may read it there."""

    about = gettext_lazy("Who did what, in which capacity, by which rule: search by number, clause or day")
    list_display = ("record", "acted_at", "what", "file", "who", "side", "clause")
    list_filter = (ProcedureFilter, ActorFilter, SideFilter, SinceFilter)
    search_fields = ("subject_ref",)
    search_help_text = gettext_lazy("Number of a file or record, clause such as 2.8, organisation, or a day such as 2027-03-01")
    ordering = ("-id",)
    shown = (
        "record", "what", "file", "who", "side", "acted_at", "effective_on", "recorded_at", "version", "clause", "edition_words",
        "hashes", "act_id", "rehearsed",
    )  # fmt: skip

    def rows(self, membership: Membership | None) -> QuerySet[Any]:
        return with_organisations(events_known_to(membership))

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> tuple[QuerySet[Any], bool]:  # noqa: ARG002 # reason: Django's signature
        term = search_term.strip()
        if not term:
            return queryset, False
        found = Q(subject_ref__icontains=term) | Q(clause=term) | Q(organisation_name__icontains=term)
        if term.isascii() and term.isdigit() and int(term) <= LARGEST:
            found |= Q(pk=int(term))
        if day := day_of(term):
            found |= Q(effective_on=day)
        return queryset.filter(found), False

    def called(self, row: Event) -> str:
        return event_title(row)

    @admin.display(description=gettext_lazy("rulebook edition"), ordering="edition")
    def edition_words(self, event: Event) -> str:
        return str(EDITIONS[event.edition].title) if event.edition in EDITIONS else event.edition

    @admin.display(description=gettext_lazy("record"), ordering="id")
    def record(self, event: Event) -> str:
        return str(event.pk)

    @admin.display(description=gettext_lazy("what"), ordering="type")
    def what(self, event: Event) -> str:
        return event_title(event)

    @admin.display(description=gettext_lazy("who"), ordering="capacity")
    def who(self, event: Event) -> str:
        return " · ".join(event_parties(event, vars(event).get("organisation_name")))

    @admin.display(description=gettext_lazy("documents by hash"))
    def hashes(self, event: Event) -> str:
        return "\n".join(map(str, event.documents))


def day_of(text: str) -> date | None:
    """The day that somebody has typed as 2027-03-01; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


# --- Time limits ----------------------------------------------------------------------------------


# What may have become of a time limit.
OUTCOMES = {
    "met": gettext_lazy("step taken in time"),
    "fired": gettext_lazy("happened by itself"),
    "late": gettext_lazy("step taken late"),
    "moot": gettext_lazy("no longer needed"),
    Deadline.SUPERSEDED: gettext_lazy("counted anew"),
}


class LimitFilter(Choice):
    """How a time limit stands."""

    title = gettext_lazy("Time limit")
    parameter_name = "due"

    def answers(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> Choices:  # noqa: ARG002 # reason: as above
        return [
            ("overdue", _("Overdue")),
            ("soon", _("Within 7 days")),
            ("running", _("Still running")),
            ("closed", _("No longer running")),
        ]

    def narrowed(self, request: HttpRequest, queryset: QuerySet[Any], answer: str) -> QuerySet[Any]:  # noqa: ARG002 # reason: as above
        if answer == "closed":
            return queryset.filter(closed_at__isnull=False)
        return queryset.filter(due_like(answer), closed_at=None)


@admin.register(Deadline)
class DeadlineAdmin(AboutFiles):
    """Time limits, running and closed."""

    about = gettext_lazy("What falls due when, what is overdue, and what became of it")
    list_display = ("due", "step_words", "file", "clause", "by_clock", "closed_at", "outcome_words")
    list_filter = (LimitFilter, ProcedureFilter, by_yes_no("by_clock", gettext_lazy("By the system")))
    search_fields = ("=subject_id", "step", "=clause")
    search_help_text = gettext_lazy("Key of a step, clause, or number of a file in its table")
    ordering = ("due_at", "id")
    shown = (
        "due", "step_words", "file", "clause", "rule", "counting", "by_clock", "closed_at", "outcome_words", "opened_by",
    )  # fmt: skip

    def waiting(self, request: HttpRequest) -> Any:
        yield "due=overdue", gettext_lazy("Overdue"), self.get_queryset(request).filter(due_like("overdue"), closed_at=None)

    def rows(self, membership: Membership | None) -> QuerySet[Any]:
        return Deadline.objects.filter(known_subjects(membership))

    def called(self, row: Deadline) -> str:
        return step_title(row.subject_type, row.step)

    @admin.display(description=gettext_lazy("how it was counted"))
    def counting(self, deadline: Deadline) -> str:
        return counted(deadline.window)

    @admin.display(description=gettext_lazy("outcome"), ordering="outcome")
    def outcome_words(self, deadline: Deadline) -> str:
        return str(OUTCOMES.get(deadline.outcome, deadline.outcome))

    @admin.display(description=gettext_lazy("due"), ordering="due_at")
    def due(self, deadline: Deadline) -> Cell:
        return Cell(deadline.due_at, "moment" if deadline.closed_at else "due")


# --- Documents ------------------------------------------------------------------------------------


class HandedInFilter(SinceFilter):
    """Handed in within the last days."""

    column = "uploaded_at"


@admin.register(DocumentVersion)
class DocumentVersionAdmin(AboutFiles):
    """Documents that the reader may know of; their bytes are handed out by the site alone, which judges anew."""

    about = gettext_lazy("Documents by file, kind and hash")
    list_display = ("kind", "number", "name", "file", "confidential", "sha256", "uploaded_at")
    list_filter = (ProcedureFilter, by_yes_no("confidential", gettext_lazy("Confidential")), HandedInFilter)
    search_fields = ("name",)
    search_help_text = gettext_lazy("Name of a document, or the beginning of its SHA-256")
    ordering = ("-id",)
    shown = (
        "kind", "number", "file", "name", "media_type", "size", "sha256", "form_told", "confidential", "scan", "uploaded_at",
        "page",
    )  # fmt: skip

    def rows(self, membership: Membership | None) -> QuerySet[Any]:
        return documents_known_to(membership)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> tuple[QuerySet[Any], bool]:
        term = search_term.strip().lower()
        if len(term) >= PREFIX_OF_HASH and not term.strip("0123456789abcdef"):
            return queryset.filter(Q(sha256__startswith=term) | Q(name__icontains=term)), False
        return super().get_search_results(request, queryset, search_term)

    @admin.display(description=gettext_lazy("form"))
    def form_told(self, version: DocumentVersion) -> str:
        return form_words(version)

    @admin.display(description=gettext_lazy("check for viruses"))
    def scan(self, version: DocumentVersion) -> str:
        return scan_words(version)

    @admin.display(description=gettext_lazy("where it is read"))
    def page(self, version: DocumentVersion) -> Cell:
        name = "confidential" if version.confidential else "document"
        return Cell(version.name, "link", reverse(name, args=[version.pk]))


@admin.register(IssuedNumber)
class IssuedNumberAdmin(AboutFiles):
    """Numbers that were given out to files that the reader may know of; none is given again."""

    group = Group.REFERENCE
    about = gettext_lazy("Which number went to which file")
    list_display = ("series", "number", "file")
    search_fields = ("series", "=number")
    ordering = ("-id",)
    shown = ("series", "number", "file", "act_id")

    def rows(self, membership: Membership | None) -> QuerySet[Any]:
        return IssuedNumber.objects.filter(known_subjects(membership))
