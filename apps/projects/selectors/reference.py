"""Where the assessment of a project's reference emissions stands."""

from __future__ import annotations

from django.db.models import OuterRef, QuerySet

from apps.projects.models import Project, ReferenceStatus, Standing

UNDECIDED = (Standing.PENDING, Standing.ENDED)


def reference_status(project: Project) -> ReferenceStatus | None:
    """What keeps or carries a project: the pending assessment, else the last decision; None where there is neither.

    An assessment that ended without a decision leaves an earlier decision as it was. Source: rules 2.8 [I].
    """
    written = list(ReferenceStatus.objects.filter(project=project).order_by("-id"))
    if written and written[0].standing == Standing.PENDING:
        return written[0]
    return next((one for one in written if one.standing not in UNDECIDED), None)


def reference_decisions(project: Project | OuterRef) -> QuerySet[ReferenceStatus]:
    """What the committee has decided on a project's reference emissions, the last of it first."""
    return ReferenceStatus.objects.filter(project=project).exclude(standing__in=UNDECIDED).order_by("-id")
