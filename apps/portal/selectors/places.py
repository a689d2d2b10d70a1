"""Where published projects are, state by state of the partner country."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from apps.projects.models import Site
from apps.projects.selectors import visible_to


@dataclass(frozen=True, slots=True)
class Place:
    """A state or province as the design documents write it, with the published projects that have a site there."""

    name: str
    projects: int


def places() -> list[Place]:
    """Each state or province that a published project names, by name; one that names none counts under an empty name."""
    sites = Site.objects.filter(project__in=visible_to(None)).order_by().values_list("state_or_province")
    found = sites.annotate(Count("project", distinct=True)).order_by("state_or_province")
    return [Place(name, count) for name, count in found]
