"""What the list of each procedure's files has beside what all have: columns, what a search looks through, further filters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.accounts.render import side_name
from apps.accounts.roles import Side
from apps.administration.admin.filters import Choice, Choices, ScopeFilter, by_column
from apps.administration.render import Cell, span
from apps.administration.site import acting
from apps.committee.models import Ballot, BallotItem, Position, Seat
from apps.committee.selectors import RUNNING, ballots_waiting_for
from apps.composition.models import Appointment
from apps.findings.models import Finding
from apps.idea_notes.models import IdeaNote
from apps.issuance.models import Round
from apps.meetings.models import Meeting
from apps.methodologies.models import ProposedMethodology
from apps.projects.models import MethodologyApplied, Project
from apps.third_party_entities.models import Scope, ThirdPartyEntity
from apps.workflow.models import Subject

FIRST_YEAR = 2013


@dataclass(frozen=True, slots=True)
class Particular:
    """What one procedure's list has besides."""

    columns: tuple[str, ...] = ()
    search: tuple[str, ...] = ()
    filters: tuple[type[Choice], ...] = ()
    related: tuple[str, ...] = ()


class ScopeOfProject(ScopeFilter):
    """The scopes of the methodologies that a project applies."""

    def within(self, number: int) -> Q:
        applied = MethodologyApplied.objects.filter(project=OuterRef("pk"))
        held = Q(version__sectoral_scopes__contains=[number]) | Q(proposal__sectoral_scopes__contains=[number])
        return Q(Exists(applied.filter(held)))


class ScopeOfEntity(ScopeFilter):
    """The scopes for which an entity was designated."""

    def within(self, number: int) -> Q:
        return Q(Exists(Scope.objects.filter(entity=OuterRef("pk"), number=number)))


class VintageFilter(Choice):
    """The calendar years of which a round monitors a day at least."""

    title = gettext_lazy("Vintage")
    parameter_name = "vintage"

    def answers(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> Choices:
        found = model_admin.get_queryset(request).order_by("-period_ends_on").values_list("period_ends_on__year", flat=True)
        latest = found.first()
        return [(str(year), str(year)) for year in range(latest, max(latest - 15, FIRST_YEAR), -1)] if latest else []

    def narrowed(self, request: HttpRequest, queryset: QuerySet[Any], answer: str) -> QuerySet[Any]:  # noqa: ARG002 # reason: the signature of filters
        return queryset.filter(period_starts_on__year__lte=answer, period_ends_on__year__gte=answer)


class AmountFilter(Choice):
    """How far a round's tonnes have come."""

    title = gettext_lazy("Tonnes")
    parameter_name = "tonnes"

    def answers(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> Choices:  # noqa: ARG002 # reason: as above
        return [("none", _("Not yet verified")), ("verified", _("Verified, not decided")), ("decided", _("Decided"))]

    def narrowed(self, request: HttpRequest, queryset: QuerySet[Any], answer: str) -> QuerySet[Any]:  # noqa: ARG002 # reason: as above
        if answer == "decided":
            return queryset.filter(decided_tonnes__isnull=False)
        return queryset.filter(verified_tonnes__isnull=answer == "none", decided_tonnes=None)


class VerifierFilter(Choice):
    """The third-party entity that verifies, of those that a round which the reader may know of names."""

    title = gettext_lazy("Verified by")
    parameter_name = "verifier"

    def answers(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> Choices:
        named = model_admin.get_queryset(request).order_by().values("verifier")
        found = ThirdPartyEntity.objects.filter(pk__in=named).order_by("title")[:100]
        return [(str(one.pk), str(one)) for one in found]

    def narrowed(self, request: HttpRequest, queryset: QuerySet[Any], answer: str) -> QuerySet[Any]:  # noqa: ARG002 # reason: as above
        return queryset.filter(verifier=answer)


class BallotFilter(Choice):
    """Ballots that run, and who is still to answer; of the other side no more than who has not."""

    title = gettext_lazy("Answers")
    parameter_name = "answers"

    def answers(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> Choices:  # noqa: ARG002 # reason: as above
        yield "running", _("The ballot runs")
        yield "you", _("You have not answered")
        yield from ((side.value, _("%(side)s has not answered") % {"side": side_name(side)}) for side in Side)

    def narrowed(self, request: HttpRequest, queryset: QuerySet[Any], answer: str) -> QuerySet[Any]:
        membership, running = acting(request), queryset.filter(state__in=[one.value for one in RUNNING])
        if answer == "you":
            waiting = ballots_waiting_for(membership).order_by().values("pk") if membership else []
            return running.filter(pk__in=waiting)
        return running if answer == "running" else running.filter(Exists(unanswered(answer)))


def unanswered(side: str) -> QuerySet[BallotItem]:
    """The open items of a ballot on which a seat of a side has not spoken."""
    spoken = Position.objects.filter(item=OuterRef(OuterRef("pk")), seat=OuterRef("pk"))
    silent = Seat.objects.filter(~Exists(spoken), ballot=OuterRef("ballot"), side=side)
    return BallotItem.objects.filter(Exists(silent), ballot=OuterRef("pk"), outcome="")


def period(one: Round) -> Cell:
    """The monitored days."""
    return Cell(span(one.period_starts_on, one.period_ends_on))


OF_PROJECT = ("project__reference", "project__title")

PARTICULARS: dict[type[Subject], Particular] = {
    Project: Particular(
        columns=("focal_point", "validator"),
        search=("participants__organisation__name", "participants__new_name", "sites__place", "focal_point__name"),
        filters=(ScopeOfProject,),
        related=("focal_point", "validator"),
    ),
    IdeaNote: Particular(("organisation",), ("organisation__name", "place"), (by_column("activity", gettext_lazy("Activity")),)),
    Round: Particular(
        ("project_number", "period_words", "verifier", "verified_tonnes", "decided_tonnes"),
        (*OF_PROJECT, "project__participants__organisation__name", "verifier__title"),
        (VintageFilter, AmountFilter, VerifierFilter),
    ),
    ProposedMethodology: Particular(("scopes",), ("proponents__organisation__name",), (ScopeFilter,)),
    ThirdPartyEntity: Particular(
        ("organisation",), ("organisation__name", "former_names__name"), (ScopeOfEntity,), ("organisation",)
    ),
    Ballot: Particular(("form", "circulated_on"), ("items__title",), (BallotFilter,)),
    Meeting: Particular(("held_on", "mode"), ("place",)),
    Appointment: Particular(("side", "person", "role"), ("person__name", "organisation__name")),
    Finding: Particular(("kind",), (), (by_column("kind", gettext_lazy("Kind")),)),
}


def particular(model: type[Subject]) -> Particular:
    """What the list of a procedure has besides; the project for whatever is about one."""
    names = {one.name for one in model._meta.fields}
    found = PARTICULARS.get(model) or (Particular(("project_number",), OF_PROJECT) if "project" in names else Particular())
    return Particular(found.columns, found.search, found.filters, (*found.related, *model.read_with))


def columns_of(model: type[Subject]) -> Sequence[str]:
    """The columns of a procedure's list."""
    return ("reference_or_number", "title", *particular(model).columns, "state_words", "due", "state_since", "edition_words")
