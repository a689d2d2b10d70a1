"""Reading drafts, and what the file knows that a form repeats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from apps.documents.kinds import Kind
from apps.drafting.models import ProducedForm, SavedSection
from apps.events.models import Event
from apps.findings.models import Finding
from apps.findings.selectors import findings_about
from apps.workflow.models import Subject
from apps.workflow.selectors import current_paper

# What the acts on a finding say, in the order of a list of findings.
SAYING = {
    "finding": ("raise_request", "raise_forward"),
    "response": ("respond", "respond_with_evidence"),
    "conclusion": ("close",),
}


def sections_saved(subject: Subject, kind: Kind, organisation_id: int) -> dict[str, SavedSection]:
    """What an organisation has saved of a form: the newest version of each section by its key, with its draft; one query."""
    own = {"draft__subject_type": subject.procedure.key, "draft__subject_id": subject.pk, "draft__kind": kind.value}
    found = SavedSection.objects.filter(**own, draft__organisation_id=organisation_id).select_related("draft", "saved_by__user")
    return {one.section: one for one in found.order_by("section", "-version").distinct("section")}


def last_produced(saved: Mapping[str, SavedSection]) -> ProducedForm | None:
    """The document that was produced last of what was saved; None before the first."""
    drafts = {one.draft_id for one in saved.values()}
    return ProducedForm.objects.filter(draft__in=drafts).select_related("document").last() if drafts else None


def current_produced(subject: Subject, kind: Kind, organisation_id: int) -> ProducedForm | None:
    """What an organisation produced of a form, where that is the version of its kind that counts; one query, or two."""
    current = current_paper(subject, kind)
    made = ProducedForm.objects.filter(document=current, draft__organisation_id=organisation_id) if current else None
    return made.first() if made is not None else None


def sections_made_of(produced: ProducedForm) -> QuerySet[SavedSection]:
    """The sections of which a document was produced, each in the version of then."""
    then = Q(pk__in=[])
    for section, version in produced.made_of.items():
        then |= Q(section=section, version=version)
    return SavedSection.objects.filter(then, draft_id=produced.draft_id)


@dataclass(frozen=True, slots=True)
class Told:
    """A finding with what was said at its steps."""

    finding: Finding
    said: Mapping[str, str] = field(default_factory=dict)


def findings_told(subject: Subject) -> Sequence[Told]:
    """The findings about a file in the order in which they were raised, each with request, last response and conclusion."""
    types = {f"{Finding.procedure.key}.{step}": name for name, steps in SAYING.items() for step in steps}
    acts = Event.objects.filter(subject_type=Finding.procedure.key, subject_id=OuterRef("pk"), type__in=types).order_by("id")
    spoken = ArraySubquery(acts.values(told=JSONObject(type="type", inputs="data__inputs")))
    found = cast("Iterable[Any]", findings_about([(subject.procedure.key, subject.pk)]).annotate(spoken=spoken))
    return [Told(one, {types[act["type"]]: _said(act, types) for act in one.spoken}) for one in found]


def _said(act: Mapping[str, Any], types: Mapping[str, str]) -> str:
    return str((act["inputs"] or {}).get(types[act["type"]], ""))
