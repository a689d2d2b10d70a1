"""What the files about a registered project have in common: the project, and often a third-party entity that judges."""

from __future__ import annotations

from collections.abc import Collection

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.roles import Role
from apps.projects.models import AboutProject
from apps.third_party_entities.models import ThirdPartyEntity

__all__ = ["AboutProject", "Judged"]


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
