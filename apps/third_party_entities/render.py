"""A third-party entity in words: what a decision about it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from apps.core.templatetags.gazette import day_words
from apps.third_party_entities.models import ThirdPartyEntity
from apps.workflow.render import Fact


def facts(entity: ThirdPartyEntity) -> list[Fact]:
    """What the entity's competence rests on, and since when it is complete or designated."""
    return list(_facts(entity))


def _facts(entity: ThirdPartyEntity) -> Iterator[Fact]:
    yield Fact(_("Basis"), entity.get_basis_display())
    if entity.designated_on:
        yield Fact(_("Designated"), day_words(entity.designated_on))
    elif entity.complete_on:
        yield Fact(_("Found complete"), day_words(entity.complete_on))
