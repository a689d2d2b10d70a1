"""Public pages of projects; somebody who is logged in also sees the steps that are open to them."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.accounts.middleware import ActingRequest
from apps.completeness import render as completion
from apps.core.exports import declare
from apps.findings.policies import may_read_assessment
from apps.findings.render import assessment_url
from apps.lists.pages import list_page, list_table
from apps.portal import render as wording
from apps.portal.forms import PROJECTS
from apps.portal.render import concerns
from apps.portal.selectors import contributions, counted, file_of, find
from apps.projects.models import Project
from apps.projects.render import declared, inside
from apps.projects.selectors import applied_by, visible_to
from apps.workflow import policies
from apps.workflow.policies import way_to
from apps.workflow.selectors import looking

LIST = "portal/projects.html"
EXPORT = declare("projects-export", "csv", "xlsx")


@require_safe
def projects(request: ActingRequest) -> HttpResponse:
    """The list of projects, newest first, with stage and whose move it is. A filter that is not understood answers 422."""

    def heading() -> tuple[int, str]:
        count, registered = counted(visible_to(request.membership))
        return count, wording.heading(count, registered)

    return list_page(request, PROJECTS, LIST, heading=heading, tables="projects-export")


@require_safe
def projects_export(request: ActingRequest, ending: str) -> HttpResponse:
    """What the list shows, all of it, as a table for other programs. A filter that is not understood answers 422."""
    return list_table(request, PROJECTS, EXPORT, ending, LIST)


@require_safe
def project(request: ActingRequest, name: str) -> HttpResponse:
    """A project's page. Unknown and hidden look the same: 404."""
    found = find(name, request.membership)
    if found is None:
        raise Http404
    with looking(found):
        applied_by(found, known=found.methodologies_applied.all())
        return project_page(request, found)


def project_page(request: ActingRequest, found: Project) -> HttpResponse:
    """The page of a project that the reader may know of."""
    whole, oldest = request.GET.get("history") == "all", request.GET.get("order") == "oldest"
    file = file_of(found, request.membership, whole_history=whole, oldest_first=oldest)
    held = policies.capacities_towards(found, request.membership)
    context = {
        "file": file,
        "project": found,
        "where": wording.where_it_stands(file),
        "tracker": wording.tracker(found, file.rounds, file.place),
        "dates": wording.dates_ahead(file),
        "findings": wording.finding_rows(file),
        "inputs": wording.public_inputs(found),
        "declared": declared(found),
        "inside": inside(found) if file.is_insider else (),
        "papers": wording.paper_groups(file),
        "story": wording.after_registration(file),
        "ledger": wording.ledger(file.rounds),
        "benefits": wording.benefits(file),
        "named": wording.named_amounts(file.rounds),
        "entries": wording.entries(file, request.membership),
        "hidden": file.acts - len(file.events),
        "oldest_first": oldest,
        "running": [one.round for one in file.rounds if one.moves and (file.is_insider or way_to(one.round, request.membership))],
        "assessment": assessment_url(found) if may_read_assessment(found, held) else "",
        "completion": completion.enclosures([(found, held)]).get((found.procedure.key, found.pk)),
    }
    return render(request, "portal/project.html", context)


@require_safe
def sustainable_development(request: ActingRequest) -> HttpResponse:
    """What the registered projects bring for sustainable development: answers to four concerns, from plans and reports."""
    found = contributions()
    context = {
        "found": found,
        "heading": concerns.heading_of(found),
        "answers": concerns.answers(found),
        "funding": concerns.funding(found),
        "beside": concerns.beside(found),
        "projects": concerns.project_rows(found),
        "indicators": concerns.explained(),
    }
    return render(request, "portal/sustainable_development.html", context)
