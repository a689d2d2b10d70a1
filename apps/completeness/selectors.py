"""What the system finds by itself of a file's completeness, and what completion was last asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from apps.completeness.inputs import NAME, Outcomes
from apps.completeness.kinds import Item, Items, Outcome
from apps.documents.models import DocumentVersion
from apps.documents.render import form_doubt, form_words, scan_words
from apps.documents.selectors import newest_versions
from apps.events.models import Event
from apps.workflow.models import Subject
from apps.workflow.table import Step

# The check by which a row is known that asks for completion.
ASKING = "something_is_missing"
EMPTY: tuple[Any, ...] = (None, "", [], (), {})


@dataclass(frozen=True, slots=True)
class Found:
    """How the system finds an item: with what it saw, and whether nobody can find otherwise."""

    outcome: Outcome
    words: str
    is_final: bool = False


def input_of(subject: Subject) -> Outcomes | None:
    """The input of a file's completeness check; None where its procedure has none."""
    found = subject.procedure.inputs.get(NAME)
    return found if isinstance(found, Outcomes) else None


def items_of(subject: Subject) -> Items:
    """The list of a file's edition; empty where there is none."""
    asked = input_of(subject)
    return asked.of_edition(subject.edition) if asked else ()


def found_by_system(subject: Subject) -> dict[str, Found]:
    """How the system finds the items that it looks at by itself, by item; one query."""
    items = items_of(subject)
    kinds = [one.document for one in items if one.document is not None]
    papers = {one.kind: one for one in newest_versions(subject.procedure.key, subject.pk, kinds)} if kinds else {}
    return {one.key: _found(subject, one, papers.get(one.document or "")) for one in items if one.is_looked_at}


def _found(subject: Subject, item: Item, paper: DocumentVersion | None) -> Found:
    if item.document is not None:
        return _document(paper)
    empty = [name for name in item.filled if getattr(subject, name) in EMPTY]
    return Found(Outcome.WRONG, _("not filled in")) if empty else Found(Outcome.IN_ORDER, _("filled in"))


def _document(paper: DocumentVersion | None) -> Found:
    if paper is None:
        return Found(Outcome.WRONG, _("not handed in"), is_final=True)
    if paper.is_infected:
        return Found(Outcome.WRONG, scan_words(paper), is_final=True)
    if doubt := form_doubt(paper):
        return Found(Outcome.WRONG, doubt)
    there = _("version %(number)s is there") % {"number": paper.number}
    return Found(Outcome.IN_ORDER, _("; ").join(filter(None, (there, form_words(paper), scan_words(paper)))))


def asked_for(files: Iterable[Subject]) -> dict[tuple[str, int], Event]:
    """Of files whose last change of state asked for completion, the event by which it did; one query, and none without a file."""
    wanted = [(one, row) for one in files if (row := asking_row(one)) and row.target == one.state]
    about = Q(pk__in=[])
    for one, row in wanted:
        about |= Q(subject_type=one.procedure.key, subject_id=one.pk, type=one.procedure.event_type(row))
    events = Event.objects.filter(about).order_by("id") if wanted else ()
    return {(event.subject_type, event.subject_id): event for event in events}


def asking_row(subject: Subject) -> Step | None:
    """The row by which completion is asked for in a file's edition; None where there is none."""
    return next((row for row in subject.procedure.rows(subject.edition) if ASKING in row.checks), None)
