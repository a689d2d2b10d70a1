"""What the page of a project tells of rows of its own, read in the query of the project where that page asks for it."""

from __future__ import annotations

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from apps.accounts.models import Organisation
from apps.projects.models import Project, ProposedAllocation, Signatory, YearEstimate
from apps.projects.selectors.particulars import organisations_of
from apps.projects.selectors.signatories import current_signatories

OF_ESTIMATES = ("year", "reference_tonnes", "project_tonnes")
OF_ALLOCATIONS = ("basis", "validity", "shares")
OF_SIGNATORIES = ("organisation_id", "rank", "name", "title", "email")


def with_declared(files: QuerySet[Project]) -> QuerySet[Project]:
    """Each project with `estimates_told`, `allocations_told` (the last one) and `signatories_told`, in the same query."""
    own = {"project": OuterRef("pk")}
    latest = (
        Signatory.objects.filter(**own).order_by("organisation_id", "-rank", "-statement").distinct("organisation_id", "rank")
    )
    entity = {"entity": "organisation__name"}
    return files.annotate(
        estimates_told=ArraySubquery(YearEstimate.objects.filter(**own).order_by("year").values(told=_object(OF_ESTIMATES))),
        allocations_told=ArraySubquery(
            ProposedAllocation.objects.filter(**own).order_by("-id").values(told=_object(OF_ALLOCATIONS))[:1]
        ),
        signatories_told=ArraySubquery(latest.values(told=JSONObject(**{name: name for name in OF_SIGNATORIES}, **entity))),
    )


def estimates_of(project: Project) -> list[YearEstimate]:
    """What a project is expected to emit, year by year."""
    if not hasattr(project, "estimates_told"):
        return list(project.estimates.order_by("year"))
    return [YearEstimate(**told) for told in project.estimates_told]


def last_allocation(project: Project) -> ProposedAllocation | None:
    """The credit allocation that was proposed last; None before the first."""
    if not hasattr(project, "allocations_told"):
        return project.allocations.last()
    return next((ProposedAllocation(**told) for told in project.allocations_told), None)


def signatories_of(project: Project) -> list[Signatory]:
    """The persons who sign for those who have a part in a project, by entity, the primary signatory first."""
    if not hasattr(project, "signatories_told"):
        return current_signatories(project)
    there = organisations_of(project)
    return [_signatory(told) for told in project.signatories_told if told["organisation_id"] in there]


def _signatory(told: dict[str, str]) -> Signatory:
    entity = Organisation(pk=told["organisation_id"], name=told["entity"])
    return Signatory(organisation=entity, **{name: told[name] for name in OF_SIGNATORIES if name != "organisation_id"})


def _object(names: tuple[str, ...]) -> JSONObject:
    return JSONObject(**{name: name for name in names})
