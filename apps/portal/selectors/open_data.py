"""What open data is made of: everything that is public, read some hundreds at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch, QuerySet

from apps.committee.selectors import decisions
from apps.events.models import Event
from apps.methodologies.models import MethodologyVersion, ProposedMethodology
from apps.portal.selectors.news import Decided, with_files
from apps.portal.selectors.pipeline import with_furthest
from apps.projects.models import MethodologyApplied, Participant, Project, Site
from apps.projects.selectors import visible_to, with_sources
from apps.third_party_entities.models import ThirdPartyEntity

AT_ONCE = 500


def newest_event() -> tuple[int, datetime | None]:
    """The number of the last act of the log and its moment: as long as both stand, nothing public has changed."""
    return Event.objects.order_by("-id").values_list("id", "recorded_at").first() or (0, None)


def published_projects() -> Iterator[Project]:
    """Every published project with participants, methodologies, states and `furthest`, the oldest file first."""
    states = Site.objects.filter(project=OuterRef("pk")).exclude(state_or_province="").order_by("state_or_province")
    found: QuerySet[Project] = with_furthest(visible_to(None)).annotate(
        states=ArraySubquery(states.values("state_or_province").distinct())
    )
    found = found.select_related("validator").prefetch_related(
        Prefetch("participants", Participant.objects.select_related("organisation")),
        Prefetch("methodologies_applied", with_sources(MethodologyApplied.objects.all())),
    )
    return found.order_by("pk").iterator(AT_ONCE)


def versions_approved() -> Iterator[MethodologyVersion]:
    """Every approved version of a methodology, in the order of their numbers."""
    found = MethodologyVersion.objects.select_related("methodology")
    return found.order_by("methodology__number", "major", "minor").iterator(AT_ONCE)


def proposals_published() -> Iterator[ProposedMethodology]:
    """Every proposed methodology that was published for public inputs, the oldest file first."""
    return ProposedMethodology.objects.filter(inputs_opened_on__isnull=False).order_by("pk").iterator(AT_ONCE)


def designated_entities() -> Iterator[ThirdPartyEntity]:
    """Every third-party entity that was ever designated, with its scopes, the oldest file first."""
    found = ThirdPartyEntity.objects.filter(designated_on__isnull=False).select_related("organisation")
    return found.prefetch_related("scopes").order_by("pk").iterator(AT_ONCE)


def all_decisions() -> Iterator[Decided]:
    """Every adopted item with its file, the oldest first, some hundreds at a time."""
    found = decisions().order_by("adopted_on", "id")
    start = 0
    while page := list(found[start : start + AT_ONCE]):
        yield from with_files(page)
        start += AT_ONCE
