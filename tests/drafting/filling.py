"""Filling in forms, for tests: an answer to every question of a section, and whole drafts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.accounts.models import Membership
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion
from apps.drafting.catalogue import FORMS
from apps.drafting.inputs import Choice, Day, Mail, Number, Question, Section, Table, Tick, Year
from apps.drafting.models import SavedSection
from apps.drafting.render import sections_of
from apps.drafting.selectors import sections_saved
from apps.drafting.services import produce, save_section, seen
from apps.workflow.models import Subject

# Answers that agree with their file, where any answer would not do: the plan of a project of the walk, and its results.
FITTING: dict[str, dict[str, dict[str, str]]] = {
    "SDIP": {
        "indicators": {
            "plan-rows": "3",
            **{f"plan-{row}-{name}": said
               for row, line in enumerate((
                   ("people_trained", "0", "24", "attendance lists"),
                   ("local_maintenance", "2", "10", "payroll; contracts"),
                   ("investment_japan_subsidy", "0", "120,000,000", "grant decision"),
               ))
               for name, said in (
                   *zip(("indicator", "baseline", "target", "method"), line, strict=True),
                   ("target_on_day", "31"), ("target_on_month", "3"), ("target_on_year", "2030"), ("note", ""),
               )},
        },
    },
    "SDIR": {
        "indicators": {
            "results-rows": "2",
            "results-0-indicator": "people_trained", "results-0-result": "12", "results-0-note": "", "results-0-unplanned": "",
            "results-1-indicator": "local_benefits", "results-1-result": "yes", "results-1-note": "A road;\nlit at night",
            "results-1-unplanned": "on",
        },
    },
}  # fmt: skip


@dataclass
class Desk:
    """The form of a kind of document of a file, and whoever writes it."""

    subject: Subject
    letters: str
    membership: Membership

    @property
    def kind(self) -> Kind:
        return Kind(self.letters)

    @property
    def sections(self) -> list[Section]:
        return sections_of(FORMS[self.kind], self.subject)

    @property
    def saved(self) -> dict[str, SavedSection]:
        return sections_saved(self.subject, self.kind, self.membership.organisation_id)

    def at(self, *more: str) -> str:
        """The address of a page of the draft."""
        return "/".join(["", self.subject.procedure.key, str(self.subject.pk), "forms", self.letters, *more, ""])

    def save(
        self, section: str, typed: Mapping[str, str], version: int | None = None, by: Membership | None = None
    ) -> SavedSection:
        """Save a section over its newest version, or over another."""
        over = (self.saved[section].version if section in self.saved else 0) if version is None else version
        return save_section(
            subject=self.subject, kind=self.kind, membership=by or self.membership, section=section, typed=typed, version=over
        )

    def fill(self, **changes: Mapping[str, str]) -> None:
        """Save an answer to every question; `changes` are other answers by section, with _ for -."""
        other = {**FITTING.get(self.letters, {}), **{name.replace("_", "-"): typed for name, typed in changes.items()}}
        for one in self.sections:
            if one.is_asked:
                self.save(one.key, {**answered(one), **other.get(one.key, {})})

    def produce(self, language: str = "en", *, confidential: bool = False, checked: str | None = None) -> DocumentVersion:
        """Produce the document and hand it in."""
        return produce(
            subject=self.subject,
            kind=self.kind,
            membership=self.membership,
            language=language,
            confidential=confidential,
            checked=seen(self.saved) if checked is None else checked,
        )


def answered(section: Section) -> dict[str, str]:
    """An answer to every question of a section, one row in every table, or as many as there must be."""
    found: dict[str, str] = {}
    for one in section.asks:
        if isinstance(one, Table):
            rows = max(one.least, 1)
            found[one.size] = str(rows)
            for number in range(rows):
                for column in one.columns:
                    found |= answer(column, one.cell(number, column))
        else:
            found |= answer(one, one.name)
    return found


def answer(question: Question, name: str) -> dict[str, str]:
    """An answer to one question."""
    if isinstance(question, Day):
        return {f"{name}_day": "1", f"{name}_month": "3", f"{name}_year": "2027"}
    if isinstance(question, Choice):
        return {name: question.choices[0][0]}
    plain: dict[type[Question], Any] = {Tick: "on", Mail: "asha.rao@example.org", Year: "2028"}
    if isinstance(question, Number):
        return {name: {"host": "40", "japan": "60"}.get(question.name, "12")}
    if question.name in {"baseline", "target", "result"}:
        return {name: "12"}
    return {name: plain.get(type(question), f"{question.label} as written")}
