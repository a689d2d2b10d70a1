"""Files of other procedures that are about a project."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.roles import Role
from apps.projects.models.project import Project
from apps.workflow.models import Subject


class AboutProject(Subject):
    """A file about a project, whose rivals queue on the project's row."""

    queue_on = "project"
    read_with: ClassVar[tuple[str, ...]] = ("project",)

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+", verbose_name=_("project"))
    number = models.PositiveIntegerField(_("number"), null=True)

    class Meta:
        abstract = True

    @property
    def public_url(self) -> str:
        return self.project.public_url

    def roles_of(self, organisation_id: int) -> Collection[Role]:
        return {*self.project.roles_of(organisation_id)} - {Role.TPE}

    @classmethod
    def related_to(cls, organisation_id: int, roles: Collection[Role]) -> Q:
        developers = frozenset(roles) - {Role.TPE}
        return Q(project__in=Project.objects.filter(Project.related_to(organisation_id, developers)))

    @classmethod
    def opening_fields(cls, organisation_id: int, inputs: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ARG003 # reason: Subject's signature
        return {"project_id": inputs["project"]}
