"""A third-party entity in words: what a decision about it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from apps.core.templatetags.gazette import day_words
from apps.third_party_entities.models import ThirdPartyEntity
from apps.workflow.render import Fact


def facts(entity: ThirdPartyEntity) -> list[Fact]:
    """What the entity's competence rests on, and the days of its application and designation."""
    return list(_facts(entity))


def _facts(entity: ThirdPartyEntity) -> Iterator[Fact]:
    yield Fact(_("Basis"), entity.get_basis_display())
    days = {
        _("Applied"): entity.applied_on,
        _("Found complete"): entity.complete_on,
        _("Designated"): entity.designated_on,
    }
    yield from (Fact(term, day_words(day)) for term, day in days.items() if day)
