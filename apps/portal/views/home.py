"""The public home: what both countries decide together, in figures and in lists, for visitors and everybody else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.committee.selectors import decisions
from apps.core import clock
from apps.portal.render import figures, home
from apps.portal.selectors import REGISTERED, books, durations, front, projects_by_stage, registered_among

LATEST = 3
MOST_CALLS = 5


@require_safe
def public_home(request: HttpRequest) -> HttpResponse:
    """Totals of both sides, open calls, the latest decisions, where projects are and how long decisions take."""
    found, stages, waits = books(), projects_by_stage(), figures.waits(durations(figures.HEADLINES))
    context = {
        **home.rows(front(LATEST), MOST_CALLS),
        "decisions_count": decisions().count(),
        "today": clock.today(),
        "totals": home.totals(found),
        "totals_note": home.totals_note(found, registered_among(stages)),
        "per_year": figures.credits_decided(found),
        "stages": figures.projects_by_stage(stages, reverse("projects")),
        "projects_count": sum(stages.values()),
        "registered": REGISTERED,
        "waits": waits if waits.lines else None,
        "public_inputs_url": home.address_if_any("calls"),
    }
    return render(request, "portal/home.html", context)
