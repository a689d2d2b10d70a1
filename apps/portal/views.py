"""Public pages of projects; somebody who is logged in also sees the steps that are open to them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from apps.accounts.middleware import ActingRequest
from apps.issuance.selectors import rounds_of
from apps.portal import render as wording
from apps.portal.forms import ProjectFilter
from apps.portal.selectors import LONGEST_KEY, file_of, find
from apps.projects.selectors import Line, projects_list, visible_to

PAGE = 25


@require_safe
def projects(request: ActingRequest) -> HttpResponse:
    """The list of projects, newest first, with stage and whose move it is."""
    form = ProjectFilter(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    page = projects_list(
        visible_to(request.membership),
        states=form.states(),
        side=asked.get("side", ""),
        text=asked.get("text", ""),
        before=_whole(request.GET.get("before")),
        size=PAGE,
    )
    rounds = rounds_of([line.project.pk for line in page.lines])
    rows = [_row(line, rounds.get(line.project.pk, [])) for line in page.lines]
    shown = ngettext("%(count)s project on this page", "%(count)s projects on this page", len(rows)) % {"count": len(rows)}
    context = {"filter": form, "rows": rows, "before": page.before, "found": shown}
    return render(request, "portal/projects.html", context)


@require_safe
def project(request: ActingRequest, name: str) -> HttpResponse:
    """A project's page. Unknown and hidden look the same: 404."""
    found = find(name, request.membership)
    if found is None:
        raise Http404
    whole = request.GET.get("history") == "all"
    file = file_of(found, whole_history=whole)
    context = {
        "file": file,
        "project": found,
        "say": wording.where_it_stands(file),
        "tracker": wording.tracker(file),
        "deadlines": wording.deadline_rows(file),
        "papers": wording.paper_rows(file),
        "ledger": wording.ledger(file.rounds),
        "hidden": file.acts - len(file.events),
        "running": [line.round for line in file.rounds if line.moves],
    }
    return render(request, "portal/project.html", context)


def _row(line: Line, rounds: Any) -> dict[str, Any]:
    moves = [row for one in rounds for row in one.moves] or line.moves
    return {
        "project": line.project,
        "stage": wording.stage_words(line.project, rounds),
        "who": list(dict.fromkeys(one for row in moves for one in row.who)),
        "since": max([line.project.state_since, *(one.round.state_since for one in rounds)]),
        "title": line.project.title or _("Without a title"),
    }


def _whole(text: str | None) -> int | None:
    """A whole number from an address; anything else counts as none."""
    return int(text) if text and text.isdecimal() and len(text) <= LONGEST_KEY else None
