"""Figures: where projects and methodologies are, how long steps take, in which states projects are; each also as CSV."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.core.exports import declare, exported
from apps.portal.render import figures
from apps.portal.render.figures import Figure
from apps.portal.render.grid import places_figure
from apps.portal.selectors import books, durations, methodologies_by_state, places, projects_by_stage

EXPORT = declare("figure-export", "csv")


@require_safe
def pipeline(request: HttpRequest) -> HttpResponse:
    """Where published projects and proposed methodologies are, and what was decided and issued year by year."""
    found = books()
    context: dict[str, Any] = {
        "stages": stages_figure(),
        "methodologies": figures.methodologies_by_state(methodologies_by_state()),
        "decided": figures.credits_decided(found),
        "issued": figures.credits_issued(found),
    }
    return render(request, "portal/figures.html", {**context, "count": context["stages"].lines[-1].cells[0]})


@require_safe
def durations_page(request: HttpRequest) -> HttpResponse:
    """How long each step took, procedure by procedure, with the target of the rules beside it."""
    found = durations()
    grouped = [list(some) for _key, some in groupby(found, key=lambda one: one.procedure.key)]
    waits = figures.waits(found)
    context = {"figures": [figures.durations_of(some) for some in grouped], "waits": waits if waits.lines else None}
    return render(request, "portal/durations.html", context)


@require_safe
def places_page(request: HttpRequest) -> HttpResponse:
    """In which states published projects are."""
    return render(request, "portal/places.html", {"figure": places_figure(places(), reverse("projects"))})


def stages_figure() -> Figure:
    """The published projects by stage."""
    return figures.projects_by_stage(projects_by_stage(), reverse("projects"))


# How a figure is made, by its key. Those of the steps of a procedure are called by the procedure.
MADE: dict[str, Callable[[], Figure]] = {
    "credits-decided": lambda: figures.credits_decided(books()),
    "credits-issued": lambda: figures.credits_issued(books()),
    "projects-by-stage": stages_figure,
    "methodologies-by-state": lambda: figures.methodologies_by_state(methodologies_by_state()),
    "decisions": lambda: figures.waits(durations(figures.HEADLINES)),
    "places": lambda: places_figure(places(), reverse("projects")),
}


@require_safe
def figure_export(request: HttpRequest, key: str) -> HttpResponse:  # noqa: ARG001 # reason: Django's signature
    """The table of a figure for other programs, in the reader's language."""
    found = MADE[key]() if key in MADE else steps_of(key)
    return exported(EXPORT, found.table, "csv", found.key)


def steps_of(key: str) -> Figure:
    """How long the steps of a procedure took. Raises Http404 where none was measured."""
    found = [one for one in durations() if one.procedure.key == key]
    if not found:
        raise Http404
    return figures.durations_of(found)
