"""What the pages of a draft tell: its tasks, and where one of two texts differs from the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.core.errors import Problem
from apps.core.templatetags.gazette import reading
from apps.documents.kinds import Kind
from apps.drafting.catalogue import FORMS
from apps.drafting.inputs import Section, SectionForm, Typed, progress_of
from apps.drafting.kinds import SIGNS, Progress
from apps.drafting.models import SavedSection
from apps.drafting.render import Part
from apps.notifications.render import zone_of
from apps.workflow.models import Subject

Difference = tuple[str, str, str]


def address_of(subject: Subject, kind: Kind) -> str:
    """Where the form of a kind is filled in for a file; empty where the site does not know the form."""
    return reverse("draft", args=place_of(subject, kind)) if kind in FORMS else ""


def place_of(subject: Subject, kind: Kind) -> list[Any]:
    """What the addresses of a draft have in common."""
    return [subject.procedure.key, subject.pk, kind.value]


def tasks(subject: Subject, kind: Kind, forms: Iterable[SectionForm]) -> list[dict[str, Any]]:
    """The sections as `_partials/task_list.html` takes them."""
    return [_task(subject, kind, form) for form in forms]


def _task(subject: Subject, kind: Kind, form: SectionForm) -> dict[str, Any]:
    section, progress = form.section, progress_of(form)
    left_out = progress == Progress.NOT_BEGUN and section.may_stay_empty
    return {
        "name": f"{section.number} {section.title}".strip(),
        "url": reverse("draft-section", args=[*place_of(subject, kind), section.key]),
        "hint": _hint(form, progress),
        "kind": SIGNS[progress],
        "words": _("May stay empty") if left_out else progress.label,
    }


def _hint(form: SectionForm, progress: Progress) -> str:
    """What a section shows without asking, or what is missing from it."""
    if not form.section.is_asked:
        return _("Nothing to fill in: taken from the file")
    missing = len([name for name in form.errors if name in form.fields])
    if progress in {Progress.BEGUN, Progress.MISTAKES}:
        # Translators: the number of fields of a section that are missing or wrong.
        return _("To be mended or filled in: %(count)s") % {"count": missing}
    return ""


def to_mend(subject: Subject, kind: Kind, problems: Iterable[Problem]) -> list[tuple[str, Problem]]:
    """Problems of a draft, each with the page on which it is mended."""
    return [(f"{reverse('draft-section', args=[*place_of(subject, kind), one.field])}?mend=1", one) for one in problems]


def saved_words(saved: SavedSection, side: str) -> str:
    """When a section was saved, on the clock of a side."""
    _day, at, zone = reading(saved.saved_at, zone_of(side), ends=False)
    return _("Saved at %(time)s %(zone)s") % {"time": at, "zone": zone}


def after(sections: list[Section], section: Section) -> Section | None:
    """The section that comes next; None after the last."""
    keys = [one.key for one in sections]
    place = keys.index(section.key) + 1
    return sections[place] if place < len(sections) else None


def differences(section: Section, saved: Typed, typed: Typed) -> list[Difference]:
    """Where two texts of a section differ: the question, as it was saved, as it was typed."""
    theirs, mine = dict(_read(section, saved)), dict(_read(section, typed))
    return [(label, theirs[label], mine[label]) for label in theirs if theirs[label] != mine[label]]


def _read(section: Section, typed: Typed) -> Iterator[tuple[str, str]]:
    form = SectionForm(section, typed)
    form.full_clean()
    part = Part(section, form, (), ())
    yield from part.answers
    for grid in part.grids:
        yield str(grid.table.label), "\n".join(" · ".join(filter(None, row)) for row in grid.rows)
