"""Filters that answer a question. Each is a field to choose from; what it offers never names what the reader may not see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.accounts.render import side_name
from apps.accounts.roles import Capacity, Role, Side
from apps.administration.selectors import waiting_for, yours
from apps.administration.site import acting
from apps.core import clock
from apps.workflow import registry
from apps.workflow.editions import EDITIONS, SECTORAL_SCOPES
from apps.workflow.models import Deadline, Subject

Choices = Iterable[tuple[str, str | Promise]]
PERIODS = (7, 30, 90, 365)
SOON = timedelta(days=7)


class Choice(admin.SimpleListFilter):
    """One question with a fixed set of answers; without an answer the list is whole."""

    title: Any = ""

    def __init__(self, request: HttpRequest, params: dict[str, Any], model: Any, model_admin: admin.ModelAdmin[Any]) -> None:
        self.request = request
        super().__init__(request, params, model, model_admin)

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, str]]:
        return [(key, str(words)) for key, words in self.answers(request, model_admin)]

    def answers(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> Choices:
        """The answers, each by its key."""
        raise NotImplementedError

    def has_output(self) -> bool:
        return True

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        known = {str(key) for key, _words in self.lookup_choices}
        return self.narrowed(request, queryset, str(self.value())) if self.value() in known else queryset

    def narrowed(self, request: HttpRequest, queryset: QuerySet[Any], answer: str) -> QuerySet[Any]:
        """The rows that fit an answer."""
        raise NotImplementedError


# --- Files --------------------------------------------------------------------------------------------


class StateFilter(Choice):
    """The states in the rulebook's words."""

    title = gettext_lazy("State")
    parameter_name = "state"

    def answers(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> Choices:  # noqa: ARG002 # reason: the signature of filters
        return [(str(state.value), str(state.label)) for state in model_admin.model.procedure.states]

    def narrowed(self, request: HttpRequest, queryset: QuerySet[Any], answer: str) -> QuerySet[Any]:  # noqa: ARG002 # reason: as above
        return queryset.filter(state=answer)


class EditionFilter(Choice):
    """The rulebook editions by their titles."""

    title = gettext_lazy("Rulebook edition")
    parameter_name = "edition"

    def answers(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> Choices:  # noqa: ARG002 # reason: as above
        return [(key, str(EDITIONS[key].title)) for key in model_admin.model.procedure.tables]

    def narrowed(self, request: HttpRequest, queryset: QuerySet[Any], answer: str) -> QuerySet[Any]:  # noqa: ARG002 # reason: as above
        return queryset.filter(edition=answer)


class WhoseFilter(Choice):
    """Whose move it is: the reader's own, or that of a capacity that the procedure's tables name."""

    title = gettext_lazy("Whose move")
    parameter_name = "whose"
    YOURS = "yours"

    def answers(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> Choices:
        if acting(request):
            yield self.YOURS, gettext_lazy("Yours")
        procedure = model_admin.model.procedure
        rows = [row for edition in procedure.tables for row in procedure.rows(edition) if not row.opens and not row.voluntary]
        named = {one for row in rows for one in row.who}
        yield from ((key_of(one), str(one)) for one in sorted(named, key=lambda one: (list(Role).index(one.role), str(one.side))))

    def narrowed(self, request: HttpRequest, queryset: QuerySet[Any], answer: str) -> QuerySet[Any]:
        membership = acting(request)
        if answer == self.YOURS:
            return queryset.filter(yours(queryset.model, membership)) if membership else queryset.none()
        return queryset.filter(waiting_for(queryset.model, capacity_of(answer)))


def key_of(capacity: Capacity) -> str:
    """A capacity as an address names it."""
    return f"{capacity.role.value}-{capacity.side.value}" if capacity.side else capacity.role.value


def capacity_of(key: str) -> Capacity:
    """The capacity that an address names."""
    role, _sep, side = key.partition("-")
    return Capacity(Role(role), Side(side) if side else None)


class LongFilter(Choice):
    """How long a file has stood in its state."""

    title = gettext_lazy("Waiting longer than")
    parameter_name = "longer"

    def answers(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> Choices:  # noqa: ARG002 # reason: as above
        return [(str(days), ngettext("%(count)d day", "%(count)d days", days) % {"count": days}) for days in PERIODS]

    def narrowed(self, request: HttpRequest, queryset: QuerySet[Any], answer: str) -> QuerySet[Any]:  # noqa: ARG002 # reason: as above
        running = ~Q(state__in=[str(state.value) for state in queryset.model.procedure.final])
        return queryset.filter(running, state_since__lt=clock.now() - timedelta(days=int(answer)))


class DueFilter(Choice):
    """Whether a time limit of a file is over, or near."""

    title = gettext_lazy("Time limit")
    parameter_name = "due"

    def answers(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> Choices:  # noqa: ARG002 # reason: as above
        return [("overdue", _("Overdue")), ("soon", _("Within 7 days")), ("running", _("Still running"))]

    def narrowed(self, request: HttpRequest, queryset: QuerySet[Any], answer: str) -> QuerySet[Any]:  # noqa: ARG002 # reason: as above
        model: type[Subject] = queryset.model
        limits = Deadline.objects.filter(subject_type=model.procedure.key, subject_id=OuterRef("pk"), closed_at=None)
        return queryset.filter(Exists(limits.filter(due_like(answer))))


def due_like(answer: str) -> Q:
    """The running time limits that are over, or near; all for any other answer."""
    now = clock.now()
    return {"overdue": Q(due_at__lt=now), "soon": Q(due_at__gte=now, due_at__lt=now + SOON)}.get(answer, Q())


class ScopeFilter(Choice):
    """The sectoral scope; subclasses say where it stands."""

    title = gettext_lazy("Sectoral scope")
    parameter_name = "scope"

    def answers(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> Choices:  # noqa: ARG002 # reason: as above
        return [(str(number), f"{number} {name}") for number, name in SECTORAL_SCOPES]

    def narrowed(self, request: HttpRequest, queryset: QuerySet[Any], answer: str) -> QuerySet[Any]:  # noqa: ARG002 # reason: as above
        return queryset.filter(self.within(int(answer)))

    def within(self, number: int) -> Q:
        """The files of a scope."""
        return Q(sectoral_scopes__contains=[number])


# --- Rows that belong to files --------------------------------------------------------------------------


class ProcedureFilter(Choice):
    """The procedure of the file that a row is about."""

    title = gettext_lazy("Procedure")
    parameter_name = "procedure"

    def answers(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> Choices:  # noqa: ARG002 # reason: as above
        return sorted(((one.key, str(one.title)) for one in registry.procedures()), key=lambda pair: pair[1])

    def narrowed(self, request: HttpRequest, queryset: QuerySet[Any], answer: str) -> QuerySet[Any]:  # noqa: ARG002 # reason: as above
        return queryset.filter(subject_type=answer)


class SideFilter(Choice):
    """One of the two sides."""

    title = gettext_lazy("Side")
    parameter_name = "side"

    def answers(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> Choices:  # noqa: ARG002 # reason: as above
        return [(side.value, side_name(side)) for side in Side]

    def narrowed(self, request: HttpRequest, queryset: QuerySet[Any], answer: str) -> QuerySet[Any]:  # noqa: ARG002 # reason: as above
        return queryset.filter(side=answer)


class SinceFilter(Choice):
    """Of the last days; subclasses name the column."""

    title = gettext_lazy("Within the last")
    parameter_name = "within"
    column = "acted_at"

    def answers(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> Choices:  # noqa: ARG002 # reason: as above
        return [(str(days), ngettext("%(count)d day", "%(count)d days", days) % {"count": days}) for days in PERIODS]

    def narrowed(self, request: HttpRequest, queryset: QuerySet[Any], answer: str) -> QuerySet[Any]:  # noqa: ARG002 # reason: as above
        return queryset.filter(**{f"{self.column}__gte": clock.now() - timedelta(days=int(answer))})


class ColumnFilter(Choice):
    """The values that a column may have, whatever stands in the table."""

    column = ""

    def answers(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> Choices:  # noqa: ARG002 # reason: as above
        field = model_admin.opts.get_field(self.column)
        return [(str(key), words) for key, words in getattr(field, "flatchoices", ()) if key != ""]

    def narrowed(self, request: HttpRequest, queryset: QuerySet[Any], answer: str) -> QuerySet[Any]:  # noqa: ARG002 # reason: as above
        return queryset.filter(**{self.column: answer})


def by_column(name: str, words: str | Promise) -> type[Choice]:
    """A filter by a column with choices."""
    return type(f"By_{name}", (ColumnFilter,), {"column": name, "title": words, "parameter_name": name})


class YesNoFilter(Choice):
    """Whether a column says yes."""

    column = ""

    def answers(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> Choices:  # noqa: ARG002 # reason: as above
        return [("yes", _("yes")), ("no", _("no"))]

    def narrowed(self, request: HttpRequest, queryset: QuerySet[Any], answer: str) -> QuerySet[Any]:  # noqa: ARG002 # reason: as above
        return queryset.filter(**{self.column: answer == "yes"})


def by_yes_no(name: str, words: str | Promise) -> type[Choice]:
    """A filter by a column that says yes or no."""
    return type(f"By_{name}", (YesNoFilter,), {"column": name, "title": words, "parameter_name": name})
