"""What the steps of an appointment ask for beyond the engine's own kinds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _

from apps.accounts.models import Membership
from apps.accounts.roles import OF_COMMITTEE, Role
from apps.accounts.selectors import holders
from apps.composition.kinds import SEATED
from apps.core import clock
from apps.workflow import registry
from apps.workflow.inputs import Entity, Input


@dataclass(frozen=True, slots=True)
class Principal(Entity):
    """Somebody for whom an alternate may act; a page offers those who sit today."""

    def form_field(self) -> forms.Field:
        return _of_roles(self, SEATED)


@dataclass(frozen=True, slots=True)
class Office(Entity):
    """An office of the committee; a page offers those held today."""

    def form_field(self) -> forms.Field:
        return _of_roles(self, OF_COMMITTEE)


def _of_roles(one: Entity, roles: Sequence[Role]) -> forms.Field:
    rows = Membership.objects.select_related(*Membership.named_with).filter(pk__in=holders(roles, clock.today()))
    return forms.ModelChoiceField(label=one.label, required=one.required, queryset=rows)


@dataclass(frozen=True, slots=True)
class Procedures(Input):
    """Procedures in which the committee decides, by their keys."""

    kind: ClassVar[str] = "procedures"

    def clean(self, raw: Any) -> list[str]:
        keys = raw if isinstance(raw, Sequence) and not isinstance(raw, str) else str(raw).replace(",", " ").split()
        asked = {str(key) for key in keys}
        if strangers := sorted(asked - set(dict(decided()))):
            raise ValueError(_("%(value)s: the committee decides in no procedure of that name") % {"value": ", ".join(strangers)})
        return sorted(asked)

    def words(self, value: list[str]) -> str:
        titles = dict(decided())
        return _(", ").join(titles.get(key, key) for key in value)

    def form_field(self) -> forms.Field:
        return forms.MultipleChoiceField(
            label=self.label, required=self.required, choices=list(decided()), widget=forms.CheckboxSelectMultiple
        )


def decided() -> Iterator[tuple[str, str]]:
    """The procedures with a step that the committee decides: key and title."""
    for one in registry.procedures():
        if any(row.is_for(Role.COMMITTEE) for rows in one.tables.values() for row in rows):
            yield one.key, str(one.title)
