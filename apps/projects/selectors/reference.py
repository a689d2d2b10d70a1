"""Where the assessment of a project's reference emissions stands."""

from __future__ import annotations

from django.db.models import OuterRef, QuerySet

from apps.projects.models import Project, ReferenceStatus, Standing

UNDECIDED = (Standing.PENDING, Standing.ENDED)


def reference_status(project: Project) -> ReferenceStatus | None:
    """What keeps or carries a project: the pending assessment, else the last decision; None where there is neither.

    An assessment that ended without a decision leaves an earlier decision as it was. Source: rules 2.8 [I].
    """
    last = ReferenceStatus.objects.filter(project=project).order_by("-id").first()
    return last if last is not None and last.standing == Standing.PENDING else reference_decisions(project).first()


def reference_decisions(project: Project | OuterRef) -> QuerySet[ReferenceStatus]:
    """What the committee has decided on a project's reference emissions, the last of it first."""
    return ReferenceStatus.objects.filter(project=project).exclude(standing__in=UNDECIDED).order_by("-id")
