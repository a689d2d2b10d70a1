"""What the files about a registered project have in common: the project, and a third-party entity that judges."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.roles import Role
from apps.projects.models import Project
from apps.third_party_entities.models import ThirdPartyEntity
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


class Judged(AboutProject):
    """A file about a project on which a third-party entity gives its opinion."""

    read_with = ("project", "entity")

    entity = models.ForeignKey(
        ThirdPartyEntity, on_delete=models.PROTECT, related_name="+", verbose_name=_("judged by"), null=True
    )

    class Meta:
        abstract = True

    def roles_of(self, organisation_id: int) -> Collection[Role]:
        judges = self.entity is not None and self.entity.organisation_id == organisation_id
        return {*super().roles_of(organisation_id)} | ({Role.TPE} if judges else set())

    @classmethod
    def related_to(cls, organisation_id: int, roles: Collection[Role]) -> Q:
        named = super().related_to(organisation_id, roles)
        return named | Q(entity__organisation_id=organisation_id) if Role.TPE in roles else named
