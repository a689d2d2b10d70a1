"""What the page of a project tells of rows of its own, read in the query of the project where that page asks for it."""

from __future__ import annotations

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from apps.accounts.models import Organisation
from apps.projects.models import Project, ProposedAllocation, Signatory, Site, YearEstimate
from apps.projects.selectors.particulars import organisations_of, submissions
from apps.projects.selectors.signatories import current_signatories

OF_SITES = ("place", "district", "state_or_province")
OF_ESTIMATES = ("year", "reference_tonnes", "project_tonnes")
OF_ALLOCATIONS = ("basis", "validity", "shares")
OF_SIGNATORIES = ("organisation_id", "rank", "name", "title", "email")


def with_declared(files: QuerySet[Project]) -> QuerySet[Project]:
    """Each project with rows of its own in the same query: `sites_told`, `estimates_told`, `signatories_told`.

    Also with `allocations_told` (the last one) and `submitted_told`, the day of `first_submitted_on`.
    """
    own = {"project": OuterRef("pk")}
    latest = (
        Signatory.objects.filter(**own).order_by("organisation_id", "-rank", "-statement").distinct("organisation_id", "rank")
    )
    entity = {"entity": "organisation__name"}
    return files.annotate(
        submitted_told=Subquery(submissions(OuterRef("pk")).values("effective_on")[:1]),
        sites_told=ArraySubquery(Site.objects.filter(**own).order_by("id").values(told=_object(OF_SITES))),
        estimates_told=ArraySubquery(YearEstimate.objects.filter(**own).order_by("year").values(told=_object(OF_ESTIMATES))),
        allocations_told=ArraySubquery(
            ProposedAllocation.objects.filter(**own).order_by("-id").values(told=_object(OF_ALLOCATIONS))[:1]
        ),
        signatories_told=ArraySubquery(latest.values(told=JSONObject(**{name: name for name in OF_SIGNATORIES}, **entity))),
    )


def sites_of(project: Project) -> list[Site]:
    """The places where a project is; where its page has read them, without what that page does not tell."""
    if not hasattr(project, "sites_told"):
        return list(project.sites.all())
    return [Site(**told) for told in project.sites_told]


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
