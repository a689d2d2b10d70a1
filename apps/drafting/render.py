"""A form as it is read: section by section on a page, and as a tagged PDF on its official form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _

from apps.accounts.render import side_name
from apps.core import clock
from apps.core.canonical import canonical, sha256
from apps.core.render import paper
from apps.documents.kinds import Kind
from apps.drafting.inputs import OfficialForm, Question, Section, SectionForm, Table, Typed, filled
from apps.drafting.kinds import Shown
from apps.drafting.selectors import Told, findings_told
from apps.events.selectors import began_rehearsed
from apps.sustainability.inputs import PLAN
from apps.sustainability.selectors import planned_lines
from apps.workflow import registry
from apps.workflow.catalogue import OfficialForm as Entry
from apps.workflow.catalogue import current_version, form_of
from apps.workflow.models import Subject
from apps.workflow.render import Fact, facts_of

STATES = {"closed": "done", "withdrawn": "aside", "lapsed": "aside", "carried": "attn"}


# --- What the file knows --------------------------------------------------------------------------


def known_about(subject: Subject) -> dict[str, Fact]:
    """What a file knows that its forms repeat, by the name under which they would ask for it.

    The function `on_forms` in the `render` module of its app, else the facts of the file.
    """
    of_app = getattr(registry.part_if_any(subject.procedure, "render"), "on_forms", None)
    own: Mapping[str, Fact] = of_app(subject) if of_app else {f"fact_{n}": one for n, one in enumerate(facts_of(subject))}
    first = {"title": Fact(_("Title"), subject.title)}
    if subject.reference:
        first["reference"] = Fact(_("Reference number"), subject.reference)
    return {**first, **{name: _in_words(one) for name, one in own.items()}}


def _in_words(fact: Fact) -> Fact:
    """A fact with what holds for each side as text."""
    if not fact.sides:
        return fact
    return Fact(fact.term, _("; ").join(f"{side_name(side)} {words}" for side, words in fact.sides.items()))


# --- A form in sections ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it is read: its columns, and its rows of answers."""

    table: Table
    columns: list[str]
    rows: list[list[str]]

    @property
    def cells(self) -> list[list[tuple[str, str]]]:
        """The rows, each answer with the head of its column."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Part:
    """One section as it is read."""

    section: Section
    form: SectionForm
    facts: Sequence[Fact]
    findings: Sequence[Told]

    @property
    def answers(self) -> list[tuple[str, str]]:
        """The questions with their answers; an empty one for none."""
        asked = [one for one in self.section.asks if isinstance(one, Question)]
        return [(str(self.form.fields[one.name].label), self.form.answer(one.name, one)) for one in asked]

    @property
    def grids(self) -> list[Grid]:
        """The tables, without their empty rows."""
        return [self._grid(one) for one in self.section.asks if isinstance(one, Table)]

    def _grid(self, table: Table) -> Grid:
        numbers = [number for number in range(self.form.rows_of(table)) if not self.form.is_blank(table, number)]
        rows = [[self.form.answer(table.cell(number, one), one) for one in table.columns] for number in numbers]
        return Grid(table, [str(one.field().label) for one in table.columns], [*rows, *self._total(table, numbers)])

    def _total(self, table: Table, numbers: Sequence[int]) -> Iterator[list[str]]:
        """One more row, in which the numbers of a column are added up; none where there is nothing to add."""
        added = [one for one in table.columns if one.name == table.total and len(numbers) > 1]
        for column in added:
            said = [self.form.cleaned_data.get(table.cell(number, column)) for number in numbers]
            if None not in said:
                yield [_("Total") if place == 0 else "" for place in range(len(table.columns) - 1)] + [column.words(sum(said))]


def sections_of(form: OfficialForm, subject: Subject) -> list[Section]:
    """The sections of a form of a file, without what the file knows already."""
    return form.sections(subject.rules, known_about(subject))


def parts(form: OfficialForm, subject: Subject, typed: Mapping[str, Typed]) -> list[Part]:
    """A form with what was typed in it and what the file knows, in the language in force."""
    known = known_about(subject)
    forms = filled(form.sections(subject.rules, known), typed)
    told = findings_told(subject) if any(one.section.shows_findings for one in forms) else ()
    return [Part(one.section, one, *shown_in(one.section, subject, known, told)) for one in forms]


def shown_in(
    section: Section, subject: Subject, known: Mapping[str, Fact], told: Iterable[Told]
) -> tuple[list[Fact], list[Told]]:
    """What the file knows and a section shows: facts, findings."""
    if section.shows == Shown.FILE:
        return list(known.values()), []
    if section.shows == Shown.PLAN:
        return list(_planned_for(subject)), []
    if section.shows == Shown.FINDINGS:
        return [], list(told)
    return [], [one for one in told if section.requirement is not None and one.finding.requirement == section.requirement]


def _planned_for(round_: Any) -> Iterator[Fact]:
    """What the newest plan of a round's project says, which the report on the round answers."""
    if lines := planned_lines(round_.project_id):
        yield Fact(_("Indicators of the plan"), PLAN.words(lines))


# --- On paper -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a form: its name, code and version by the catalogue, and the day of completion."""

    kind: Kind
    entry: Entry | None
    version: str
    completed_on: date

    @property
    def name(self) -> str:
        """What the form is called in the partner country, else what its kind is called."""
        return self.entry.name if self.entry and self.entry.name else str(self.kind.label)

    @property
    def code(self) -> str:
        """Code and version: "F_Val_Rep 05.0"; empty for no official form."""
        return f"{self.entry.code} {self.version}".strip() if self.entry and self.entry.code else ""


def head_of(subject: Subject, kind: Kind) -> Head:
    """The head of a form that is produced today."""
    today, partner = clock.today(), settings.JCM_PARTNER["code"]
    entry = form_of(subject.edition, kind, partner, today)
    return Head(kind, entry, current_version(subject.edition, kind, partner, today), today)


def markup(form: OfficialForm, subject: Subject, typed: Mapping[str, Typed], language: str, *, is_draft: bool) -> str:
    """A form as HTML, in a language."""
    with override(language):
        context: dict[str, Any] = {
            "subject": subject,
            "head": head_of(subject, form.kind),
            "parts": (found := parts(form, subject, typed)),
            "ticks": [(one.section, one.answers[-1][1]) for one in found if one.section.requirement],
            "language": language,
            "is_draft": is_draft,
            "is_sample": began_rehearsed(),
            "site": settings.SITE_URL,
        }
        return render_to_string("drafting/paper.html", context)


def pdf(form: OfficialForm, subject: Subject, typed: Mapping[str, Typed], language: str, *, is_draft: bool) -> bytes:
    """A form as a tagged PDF. It is kept nowhere but in the file that it is handed in to. Raises NoPapers."""
    page = markup(form, subject, typed, language, is_draft=is_draft)
    return paper(page, sha256(canonical([subject.procedure.key, str(subject.pk), form.kind.value, dict(typed)])), keeps=False)


def file_name(subject: Subject, kind: Kind, language: str) -> str:
    """What the document is called: "VAL-IN001-en.pdf"."""
    stem = "".join(one if one.isalnum() else "-" for one in subject.reference or f"{subject.procedure.key}-{subject.pk}")
    return f"{kind.value}-{stem}-{language}.pdf"


def languages() -> Iterator[tuple[str, str]]:
    """The languages in which a form can be produced, each in its own words."""
    yield from ((code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES)
