"""An official form as data: sections of questions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace

from apps.documents.kinds import Kind
from apps.drafting.inputs.questions import Asked, Label, Table
from apps.drafting.kinds import Shown
from apps.findings.kinds import Assessment, Requirement, rows_of_form
from apps.workflow.editions import Edition


@dataclass(frozen=True, slots=True)
class Section:
    """One page of a form: questions, and what the file knows beside them.

    `number` is how the official form numbers it, where that was found; `requirement` the row that it is about.
    """

    key: str
    title: Label
    asks: tuple[Asked, ...] = ()
    lead: Label = ""
    number: str = ""
    shows: Shown = Shown.NOTHING
    requirement: Requirement | None = None

    @property
    def is_asked(self) -> bool:
        """Whether it asks for anything; else there is nothing to be filled in."""
        return bool(self.asks)

    @property
    def shows_findings(self) -> bool:
        """Whether findings belong here, also when there are none."""
        return self.shows in {Shown.FINDINGS, Shown.REQUIREMENT}

    @property
    def may_stay_empty(self) -> bool:
        """Whether it may be left out."""
        return not any(one.least if isinstance(one, Table) else one.required for one in self.asks)


@dataclass(frozen=True, slots=True)
class RequirementRows:
    """Stands for one section per requirement row of a report, under the edition of the file."""

    assessment: Assessment
    section: Callable[[Requirement], Section]


@dataclass(frozen=True, slots=True)
class OfficialForm:
    """The form that a kind of document is written on, section by section. `source`: where its fields were found."""

    kind: Kind
    parts: tuple[Section | RequirementRows, ...]
    source: str

    def sections(self, rules: Edition, known: Collection[str] = ()) -> list[Section]:
        """Its sections under an edition of the rules, without what the file knows already."""
        asked = [replace(one, asks=tuple(ask for ask in one.asks if ask.known_as not in known)) for one in self._sections(rules)]
        return [one for one in asked if one.asks or one.shows]

    def _sections(self, rules: Edition) -> Iterator[Section]:
        for part in self.parts:
            if isinstance(part, Section):
                yield part
            else:
                yield from map(part.section, rows_of_form(part.assessment, rules))
