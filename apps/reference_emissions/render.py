"""An assessment of reference emissions in words: what a decision about it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from apps.core.templatetags.gazette import tonnes
from apps.reference_emissions.models import ReferenceAssessment
from apps.workflow.render import Fact


def facts(one: ReferenceAssessment) -> list[Fact]:
    """The project and its methodology, both levels and the gap between them, and the reasoning."""
    return list(_facts(one))


def _facts(one: ReferenceAssessment) -> Iterator[Fact]:
    yield Fact(_("Project"), str(one.project))
    yield Fact(_("Methodology"), str(one.methodology or one.proposed_methodology))
    yield Fact(_("Reference emissions a year"), tonnes(one.reference_tonnes))
    yield Fact(_("Business as usual a year"), tonnes(one.usual_tonnes))
    yield Fact(_("Gap a year, never credited"), tonnes(one.gap_tonnes))
    if one.project_tonnes is not None:
        yield Fact(_("Expected project emissions a year"), tonnes(one.project_tonnes))
    if one.at_most_tonnes is not None:
        yield Fact(_("Asked for by the Joint Committee, at most"), tonnes(one.at_most_tonnes))
    yield Fact(_("Evidence"), one.evidence)
    yield Fact(_("Fit with the nationally determined contribution"), one.ndc_reasoning)
