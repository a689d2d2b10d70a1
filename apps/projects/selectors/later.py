"""What has become of a registered project: its versions, its participants, and what holds it up."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet

from apps.documents.kinds import Kind
from apps.documents.selectors import current_versions
from apps.events.models import Event
from apps.projects.models import ParticipantChange, Project, ProjectHold, ProjectVersion, RenewedPeriod
from apps.workflow.models import Subject


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


def is_used(file: Subject, kind: Kind) -> bool:
    """Whether the current document of a kind of a file was part of an earlier act; False where there is none."""
    paper = current_versions(file.procedure.key, file.pk, (kind,)).first()
    acts = Event.objects.filter(subject_type=file.procedure.key, subject_id=file.pk)
    return paper is not None and acts.filter(documents__contains=[paper.sha256]).exists()


def crediting_periods(project: Project) -> list[tuple[date, date]]:
    """The approved crediting periods of a project, first and last day each; those without a gap between are one.

    Empty where the project has none, as in the first generation.
    """
    if project.crediting_starts_on is None or project.crediting_ends_on is None:
        return []
    periods = [(project.crediting_starts_on, project.crediting_ends_on)]
    for one in RenewedPeriod.objects.filter(project=project).order_by("starts_on"):
        first, last = periods[-1]
        if one.starts_on == last + timedelta(days=1):
            periods[-1] = (first, one.ends_on)
        else:
            periods.append((one.starts_on, one.ends_on))
    return periods


def first_renewed_day(project: Project, on: date) -> date:
    """The first day of a renewal that is decided on a day: no day that has gone without a period is credited later.

    What happens to such days was not found in the rules; this is the safe reading. Source: rules 2.17 [NF].
    """
    return max(on, crediting_periods(project)[-1][1] + timedelta(days=1))


def last_day_of_years(starts_on: date, years: int) -> date:
    """The last day of so many years from a day on; without a number of years, no day is the last."""
    return _anniversary(starts_on, years) - timedelta(days=1) if years else date.max


def _anniversary(day: date, years: int) -> date:
    """The same day some years later; for 29 February, where that year has none, 1 March."""
    year = min(day.year + years, date.max.year)
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1)
