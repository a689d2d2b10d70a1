"""Reading drafts, and what the file knows that a form repeats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from apps.documents.kinds import Kind
from apps.drafting.models import Draft, ProducedForm, SavedSection
from apps.events.models import Event
from apps.findings.models import Finding
from apps.findings.selectors import findings_about
from apps.workflow.models import Subject

# What the acts on a finding say, in the order of a list of findings.
SAYING = {
    "finding": ("raise_request", "raise_forward"),
    "response": ("respond", "respond_with_evidence"),
    "conclusion": ("close",),
}


def draft_of(subject: Subject, kind: Kind, organisation_id: int) -> Draft | None:
    """The draft of an organisation; None before it has saved anything."""
    key = {"subject_type": subject.procedure.key, "subject_id": subject.pk}
    return Draft.objects.filter(**key, kind=kind.value, organisation_id=organisation_id).first()


def newest_sections(draft: Draft | None) -> dict[str, SavedSection]:
    """The newest version of each section of a draft, by the section's key; one query."""
    if draft is None:
        return {}
    found = SavedSection.objects.filter(draft=draft).select_related("saved_by__user")
    return {one.section: one for one in found.order_by("section", "-version").distinct("section")}


def last_produced(draft: Draft | None) -> ProducedForm | None:
    """The document that was produced last; None before the first."""
    return ProducedForm.objects.filter(draft=draft).select_related("document").last() if draft else None


@dataclass(frozen=True, slots=True)
class Told:
    """A finding with what was said at its steps."""

    finding: Finding
    said: Mapping[str, str] = field(default_factory=dict)


def findings_told(subject: Subject) -> Sequence[Told]:
    """The findings about a file in the order in which they were raised, each with request, last response and conclusion."""
    found = list(findings_about([(subject.procedure.key, subject.pk)]))
    if not found:
        return ()
    types = {f"{Finding.procedure.key}.{step}": name for name, steps in SAYING.items() for step in steps}
    said: dict[int, dict[str, str]] = {}
    events = Event.objects.filter(subject_type=Finding.procedure.key, subject_id__in=[one.pk for one in found], type__in=types)
    for event in events.order_by("id"):
        name = types[event.type]
        said.setdefault(event.subject_id, {})[name] = str(event.data.get("inputs", {}).get(name, ""))
    return [Told(one, said.get(one.pk, {})) for one in found]
