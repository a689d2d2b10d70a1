"""An assessment of reference emissions in words: what a decision about it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from apps.core.templatetags.gazette import tonnes
from apps.projects.render import on_every_form
from apps.reference_emissions.models import ReferenceAssessment
from apps.reference_emissions.procedure import State
from apps.workflow.render import Fact


def facts(one: ReferenceAssessment) -> list[Fact]:
    """The project and its methodology, both levels and the gap between them, and the reasoning."""
    return list(_facts(one))


def on_forms(one: ReferenceAssessment) -> dict[str, Fact]:
    """What the official form about it repeats, by the name under which it would ask for it. Source: rules 4.6.

    Where the committee asks for a lower level, the form that is to be filed asks for all of them anew.
    """
    found = {"project": Fact(_("Project"), str(one.project)), **on_every_form(one.project)}
    if one.project.idea_note:
        found["idea_note"] = Fact(_("Idea note"), one.project.idea_note.reference)
    # Of the project's methodologies the one that the request names.
    del found["methodologies"]
    found["methodology"] = Fact(_("Methodology"), str(one.methodology or one.proposed_methodology))
    if one.state == State.ADJUST:
        return {**found, "at_most": Fact(_("Asked for by the Joint Committee, at most"), tonnes(one.at_most_tonnes))}
    return {**found, **dict(_levels(one))}


def _levels(one: ReferenceAssessment) -> Iterator[tuple[str, Fact]]:
    """Both levels and the reasoning, as the file holds them."""
    yield "reference_level", Fact(_("Reference emissions a year"), tonnes(one.reference_tonnes))
    yield "usual_level", Fact(_("Business as usual a year"), tonnes(one.usual_tonnes))
    yield "gap", Fact(_("Gap a year, never credited"), tonnes(one.gap_tonnes))
    expected = _("Not stated") if one.project_tonnes is None else tonnes(one.project_tonnes)
    yield "project_emissions", Fact(_("Expected project emissions a year"), expected)
    yield "evidence", Fact(_("Evidence"), one.evidence)
    yield "ndc", Fact(_("Fit with the nationally determined contribution"), one.ndc_reasoning)


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
