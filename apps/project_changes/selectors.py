"""Finding what is asked for, for a registered project."""

from __future__ import annotations

from apps.accounts.models import Membership
from apps.documents.kinds import Kind
from apps.documents.selectors import current_versions
from apps.project_changes.models import Change
from apps.project_changes.models.base import AboutProject
from apps.projects.models import Project


def files_about(project: Project) -> list[AboutProject]:
    """The changes of a project, the newest first."""
    return list(Change.objects.filter(project=project).select_related("project", "entity__organisation").order_by("-pk"))


def author_of(file: AboutProject, kind: Kind) -> int | None:
    """The organisation whose people handed in the current document of a kind; None while there is none."""
    paper = current_versions(file.procedure.key, file.pk, (kind,)).first()
    return Membership.objects.get(pk=paper.membership_id).organisation_id if paper else None
