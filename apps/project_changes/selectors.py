"""Finding what is asked for, for a registered project."""

from __future__ import annotations

from django.db.models import QuerySet

from apps.accounts.models import Membership
from apps.documents.kinds import Kind
from apps.documents.selectors import current_versions
from apps.project_changes.models import Change, Renewal
from apps.project_changes.models.base import AboutProject
from apps.project_changes.procedure import RENEWAL
from apps.projects.models import Project


def files_about(project: Project) -> list[AboutProject]:
    """The changes of a project, the newest first."""
    return list(Change.objects.filter(project=project).select_related("project", "entity__organisation").order_by("-pk"))


def running_renewals(project: Project) -> QuerySet[Renewal]:
    """The renewals of a project that have not come to an end."""
    return Renewal.objects.filter(project=project).exclude(state__in=[state.value for state in RENEWAL.final])


def author_of(file: AboutProject, kind: Kind) -> int | None:
    """The organisation whose people handed in the current document of a kind; None while there is none."""
    paper = current_versions(file.procedure.key, file.pk, (kind,)).first()
    return Membership.objects.get(pk=paper.membership_id).organisation_id if paper else None
