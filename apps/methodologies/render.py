"""A proposed methodology in words: what a decision about it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from apps.core.templatetags.gazette import day_words
from apps.methodologies.models import ProposedMethodology
from apps.workflow.editions import SECTORAL_SCOPES
from apps.workflow.render import Fact


def facts(proposal: ProposedMethodology) -> list[Fact]:
    """The sectoral scopes, the public inputs, and from when the consideration counts."""
    return list(_facts(proposal))


def _facts(proposal: ProposedMethodology) -> Iterator[Fact]:
    names = dict(SECTORAL_SCOPES)
    yield Fact(_("Sectoral scopes"), "; ".join(f"{number} {names[number]}" for number in proposal.sectoral_scopes))
    if proposal.inputs_opened_on and proposal.inputs_closed_on:
        days = {"first": day_words(proposal.inputs_opened_on), "last": day_words(proposal.inputs_closed_on)}
        yield Fact(_("Public inputs"), _("%(first)s to %(last)s") % days)
    if proposal.counted_from:
        yield Fact(_("Consideration counted from"), day_words(proposal.counted_from))
