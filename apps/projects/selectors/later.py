"""What has become of a registered project: its versions, its participants, and what holds it up."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from apps.documents.kinds import Kind
from apps.documents.selectors import current_versions
from apps.events.models import Event
from apps.projects.models import ParticipantChange, Project, ProjectHold, ProjectVersion


def later_versions(project: Project) -> QuerySet[ProjectVersion]:
    """The versions since registration, the first of them first."""
    return ProjectVersion.objects.filter(project=project).order_by("number")


def holds_until(project: Project, last_day: date) -> list[ProjectHold]:
    """The holds in force that touch a day up to and with the given one."""
    last_written = ProjectHold.objects.filter(project=project).order_by("source", "-id").distinct("source")
    return [hold for hold in last_written if hold.starts_on is not None and hold.starts_on <= last_day]


def participant_changes(project: Project) -> QuerySet[ParticipantChange]:
    """What changed among the participants since registration, the first of it first."""
    return ParticipantChange.objects.filter(project=project).order_by("pk")


def is_used(project: Project, kind: Kind) -> bool:
    """Whether the current document of a kind was part of an earlier act; False where there is none."""
    paper = current_versions(project.procedure.key, project.pk, (kind,)).first()
    acts = Event.objects.filter(subject_type=project.procedure.key, subject_id=project.pk)
    return paper is not None and acts.filter(documents__contains=[paper.sha256]).exists()
