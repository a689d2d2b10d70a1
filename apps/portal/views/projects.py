"""Public pages of projects; somebody who is logged in also sees the steps that are open to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from apps.accounts.middleware import ActingRequest
from apps.completeness import render as completion
from apps.core.exports import declare, exported
from apps.core.templatetags.gazette import grouped
from apps.findings.policies import may_read_assessment
from apps.findings.render import assessment_url
from apps.issuance.selectors import rounds_of
from apps.portal import render as wording
from apps.portal.forms import ProjectFilter
from apps.portal.render import concerns
from apps.portal.selectors import (
    at_stage,
    contributions,
    counted,
    deadlines_of,
    file_of,
    find,
    key_of,
    place_of,
    subjects_of,
)
from apps.projects.models import Project
from apps.projects.render import declared, inside
from apps.projects.selectors import Line, projects_list, scopes_of, visible_to
from apps.workflow import policies
from apps.workflow.selectors import looking

PAGE = 25
AT_ONCE = 200
EXPORT = declare("projects-export", "csv", "xlsx")


@require_safe
def projects(request: ActingRequest) -> HttpResponse:
    """The list of projects, newest first, with stage and whose move it is. A filter that is not understood answers 422."""
    form = ProjectFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    known = visible_to(request.membership)
    among = at_stage(known, asked["stage"]) if asked.get("stage") else known
    page = projects_list(among, side=asked.get("side", ""), text=asked.get("text", ""), before=asked.get("before"), size=PAGE)
    context = {
        "filter": form,
        "form": form,
        "heading": wording.heading(*counted(known)),
        "rows": rows_of(page.lines),
        "before": page.before,
        "found": _found(len(page.lines)),
    }
    return render(request, "portal/projects.html", context, status=422 if form.errors else 200)


@require_safe
def projects_export(request: ActingRequest, ending: str) -> HttpResponse:
    """What the list shows, all of it, as a table for other programs. A filter that is not understood answers 422."""
    form = ProjectFilter(request.GET)
    if not form.is_valid():
        return render(request, "portal/projects.html", {"filter": form, "form": form, "heading": _("Projects")}, status=422)
    known, asked = visible_to(request.membership), form.cleaned_data
    among = at_stage(known, asked["stage"]) if asked["stage"] else known
    rows = all_rows(among, side=asked["side"], text=asked["text"])
    return exported(EXPORT, wording.project_table(rows), ending, "projects")


def all_rows(among: QuerySet[Project], *, side: str, text: str) -> Iterator[dict[str, Any]]:
    """The rows of a list without its pages, read a few hundred at a time."""
    before: int | None = None
    while True:
        page = projects_list(among, side=side, text=text, before=before, size=AT_ONCE)
        yield from rows_of(page.lines)
        if page.before is None:
            return
        before = page.before


def rows_of(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """The rows of a list; two queries whatever their number."""
    lines = list(lines)
    rounds = rounds_of([line.project.pk for line in lines])
    deadlines = deadlines_of(key_of(one) for line in lines for one in subjects_of(line.project, rounds.get(line.project.pk, [])))
    places = [(line, place_of(line.project, line.moves, rounds.get(line.project.pk, []), deadlines)) for line in lines]
    return [wording.list_row(line.project, place, rounds.get(line.project.pk, [])) for line, place in places]


@require_safe
def project(request: ActingRequest, name: str) -> HttpResponse:
    """A project's page. Unknown and hidden look the same: 404."""
    found = find(name, request.membership)
    if found is None:
        raise Http404
    with looking(found):
        scopes_of(found, found.methodologies_applied.all())
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
        "running": [line.round for line in file.rounds if line.moves],
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


def _found(count: int) -> str:
    text = ngettext("%(count)s project on this page", "%(count)s projects on this page", count)
    return text % {"count": grouped(count)}
