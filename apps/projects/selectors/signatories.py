"""Who signs for the entities of a project, and by which names these are known."""

from __future__ import annotations

from collections.abc import Iterable

from apps.accounts.models import Organisation
from apps.projects.models import Project, Signatory
from apps.projects.selectors.particulars import organisations_of


def current_signatories(project: Project) -> list[Signatory]:
    """The persons who sign for those who have a part in a project, by entity, the primary signatory first."""
    rows = Signatory.objects.filter(project=project, organisation__in=organisations_of(project)).select_related("organisation")
    return list(rows.order_by("organisation_id", "-rank", "-statement").distinct("organisation_id", "rank"))


def entities_by_name(project: Project, newcomers: Iterable[int] = ()) -> dict[str, int]:
    """The keys of those who have, or get, a part in a project, by every name that they have there, in small letters."""
    there = {*organisations_of(project), *newcomers}
    names = {one.name.casefold(): one.pk for one in Organisation.objects.filter(pk__in=there)}
    renamed = {str(one).casefold(): one.organisation_id for one in project.participants.select_related("organisation")}
    return {**names, **renamed}
