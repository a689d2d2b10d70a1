"""Finding assessments of reference emissions, and what they may be about."""

from __future__ import annotations

from django.db.models import QuerySet

from apps.projects.models import Project
from apps.projects.selectors import approved_version, methodologies_of
from apps.reference_emissions.models import ReferenceAssessment
from apps.reference_emissions.procedure import FINAL


def running_assessments(project: Project) -> QuerySet[ReferenceAssessment]:
    """The assessments of a project's reference emissions that have not come to an end."""
    return ReferenceAssessment.objects.filter(project=project).exclude(state__in=[state.value for state in FINAL])


def versions_applied(project: Project) -> set[int]:
    """The approved versions that a project applies, also where it still names the proposal."""
    return {version.pk for one in methodologies_of(project) if (version := approved_version(one))}


def proposals_applied(project: Project) -> set[int]:
    """The proposed methodologies that a project applies."""
    return {one.proposal_id for one in methodologies_of(project) if one.proposal_id is not None}
