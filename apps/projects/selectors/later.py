"""What has become of a registered project: its versions, and what holds it up."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from apps.projects.models import Project, ProjectHold, ProjectVersion


def later_versions(project: Project) -> QuerySet[ProjectVersion]:
    """The versions since registration, the first of them first."""
    return ProjectVersion.objects.filter(project=project).order_by("number")


def holds_until(project: Project, last_day: date) -> list[ProjectHold]:
    """The holds in force that touch a day up to and with the given one."""
    last_written = ProjectHold.objects.filter(project=project).order_by("source", "-id").distinct("source")
    return [hold for hold in last_written if hold.starts_on is not None and hold.starts_on <= last_day]
