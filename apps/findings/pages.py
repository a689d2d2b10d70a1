"""What the pages of findings show: the thread of one, and the assessment of a file by its entity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.accounts.models import Membership
from apps.accounts.roles import Capacity, Role
from apps.core.errors import Problem
from apps.core.templatetags.gazette import day_words
from apps.documents.models import DocumentVersion
from apps.documents.policies import can_see, closed_to, may_open
from apps.events.models import Event
from apps.findings.kinds import Requirement, rows_of_form
from apps.findings.models import Assessed, Finding, RowNote
from apps.findings.policies import may_read_notes
from apps.findings.procedure import UNSETTLED, State
from apps.findings.render import STATUS, counts_words, day_of_end, rounds_words, who_moves
from apps.findings.selectors import acts_on, count_states, of_files, papers_about, row_notes, somebody_of
from apps.workflow import policies
from apps.workflow.options import judged, option
from apps.workflow.render.history import entry
from apps.workflow.table import Step

# A finding's acts by which another round of request and response begins.
NEXT_ROUND = frozenset({"finding.send_back", "finding.carry_on"})
TICKS = "requirements_are_ticked"


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, and the capacities that they hold towards the file."""

    membership: Membership | None
    held: frozenset[Capacity]

    @property
    def is_entity(self) -> bool:
        return any(one.role == Role.TPE for one in self.held)


# --- Threads ----------------------------------------------------------------------------------------


def thread(finding: Finding, events: Iterable[Event], papers: Iterable[DocumentVersion], reader: Reader) -> list[dict[str, Any]]:
    """What was asked and answered about a finding, oldest first, each with its round and what came with it of `papers`."""
    own = [one for one in papers if (one.subject_type, one.subject_id) == (finding.procedure.key, finding.pk)]
    found, number = [], 1
    for event in events:
        if (event.subject_type, event.subject_id) != (finding.procedure.key, finding.pk):
            continue
        found.append(_entry(event, number, _enclosed_with(event, own, reader)))
        number += event.type in NEXT_ROUND
    return found


def _entry(event: Event, number: int, papers: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    told = entry(event, {event.organisation_id or 0: getattr(event, "organisation_name", None) or ""})
    return {**told, "by": [*told["by"], _("round %(number)s") % {"number": number}], "papers": papers}


def _enclosed_with(event: Event, papers: Iterable[DocumentVersion], reader: Reader) -> list[dict[str, str]]:
    hashes = set(event.documents)
    return [_evidence(one, reader) for one in papers if one.sha256 in hashes]


def _evidence(version: DocumentVersion, reader: Reader) -> dict[str, str]:
    words = {"document": version.get_kind_display(), "number": version.number, "name": version.name}
    url = version.get_absolute_url() if version.is_cleared or may_open(version, reader.membership) else ""
    return {"url": url, "title": _("%(document)s, version %(number)s (%(name)s)") % words}


def first_of(versions: Iterable[DocumentVersion]) -> list[DocumentVersion]:
    """The first of each kind."""
    first: dict[str, DocumentVersion] = {}
    for one in versions:
        first.setdefault(one.kind, one)
    return list(first.values())


def newest(versions: Iterable[DocumentVersion], reader: Reader) -> list[DocumentVersion]:
    """The newest version of each kind that somebody may read, of versions of one file, the newest of each kind first."""
    return readable(first_of(versions), reader)


def readable(versions: Iterable[DocumentVersion], reader: Reader) -> list[DocumentVersion]:
    """Those of some versions that somebody may read, in their order."""
    found = [one for one in versions if can_see(one, reader.held)]
    closed = closed_to(reader.membership, found)
    return [one for one in found if one.pk not in closed]


# --- The assessment of a file -----------------------------------------------------------------------


@dataclass(frozen=True)
class Assessment:
    """A file's assessment as one reader sees it."""

    file: Assessed
    reader: Reader
    findings: Sequence[Finding]
    events: Sequence[Event]
    versions: Sequence[DocumentVersion]
    notes: Mapping[int, RowNote]

    @property
    def opinion(self) -> Event | None:
        """The opinion that stands; None while the entity is at work."""
        given = [one for one in self.events if one.subject_type == self.file.procedure.key]
        return given[-1] if given and self.file.is_reported else None

    @property
    def is_positive(self) -> bool:
        return self.opinion is not None and self.opinion.type.endswith(f".{self.file.opinions[0]}")

    @property
    def ticks(self) -> set[int]:
        """The rows that are ticked: in the opinion, else by the entity so far."""
        if self.opinion is not None:
            return set(self.opinion.data.get("inputs", {}).get("requirements", ()))
        return {number for number, note in self.notes.items() if note.is_met}

    @property
    def shows_ticks(self) -> bool:
        return self.opinion is not None or may_read_notes(self.reader.held)

    @cached_property
    def papers(self) -> list[DocumentVersion]:
        """The newest versions of what an opinion rests on and of the report, those that the reader may read."""
        kinds = self._positive.documents if self._positive else ()
        own = newest((one for one in self.versions if one.subject_type == self.file.procedure.key), self.reader)
        return [one for kind in kinds for one in own if one.kind == kind.value]

    @property
    def what(self) -> str:
        """What the entity does with the file."""
        return str(self.file.assessment.label)

    @property
    def entity(self) -> str:
        """The entity by number and name."""
        return str(getattr(self.file, self.file.assessed_by))

    @property
    def say(self) -> str:
        """Where the assessment stands, in one sentence."""
        if self.opinion is not None:
            words = {"day": day_words(self.opinion.effective_on)}
            if self.is_positive:
                return _("The entity reported a positive opinion on %(day)s.") % words
            return _("The entity reported a negative opinion on %(day)s.") % words
        if self.file.state not in self.file.assessed_in:
            return ""
        if self.file.accepted_on is None:
            return _("The entity has not yet accepted the assignment.")
        return _("The entity is at work.")

    @property
    def counts(self) -> str:
        """How many findings wait for whom, and how many have ended."""
        return counts_words(count_states(self.findings))

    @property
    def judges(self) -> bool:
        """Whether it is told what stands in the way of a positive opinion."""
        return self.file.state in self.file.assessed_in and may_read_notes(self.reader.held)

    @property
    def may_note(self) -> bool:
        return self.may_raise

    @property
    def _positive(self) -> Step | None:
        return self.file.procedure.row(self.file.edition, self.file.opinions[0])

    def obstacles(self) -> list[Problem]:
        """What still stands in the way of a positive opinion: the engine's own answer to the entity; none out of its turn."""
        row, file = self._positive, self.file
        if row is None or file.assessor_id is None or not self.judges:
            return []
        asked = self.reader.membership if self.reader.is_entity else somebody_of(file)
        papers = first_of(one for one in self.versions if one.subject_type == file.procedure.key)
        return list(option(file, row, asked, papers=papers).problems)

    def unticked(self) -> list[Problem]:
        """What the same check as at the opinion has against the rows that are ticked so far."""
        row = self._positive if self.judges else None
        return judged(self.file, row, TICKS, {"requirements": sorted(self.ticks)}) if row else []

    @property
    def own_steps(self) -> list[dict[str, str]]:
        """The entity's steps in the present state."""
        if not self.reader.is_entity:
            return []
        rows = self.file.procedure.rows(self.file.edition)
        now = [row for row in rows if self.file.state in row.source and policies.acting_as(row, self.reader.held)]
        theirs = [row for row in now if row.is_for(Role.TPE) and (row.voluntary or self.file.waits_for(row))]
        return [{"title": str(row.title), "url": self.file.step_url(row)} for row in theirs]

    @property
    def may_raise(self) -> bool:
        return self.reader.is_entity and self.file.is_being_assessed

    def about(self, requirement: Requirement) -> list[Finding]:
        """The findings about a row."""
        return [one for one in self.findings if one.requirement == requirement.value]

    def threads(self) -> list[dict[str, Any]]:
        """Each finding with its thread, the open ones first."""
        found = sorted(self.findings, key=lambda one: one.state in Finding.procedure.final)
        papers = readable(self.versions, self.reader)
        return [{**finding_words(one), "thread": thread(one, self.events, papers, self.reader)} for one in found]


def assessment_of(file: Assessed, reader: Reader) -> Assessment:
    """Everything that the page of an assessment needs, in a number of queries that does not grow with the findings."""
    findings = of_files([file])[(file.procedure.key, file.pk)]
    papers = papers_about(findings, file)
    file.known_findings = findings
    file.known_papers = [one for one in papers if one.subject_type == file.procedure.key]
    notes = row_notes(file) if may_read_notes(reader.held) else {}
    return Assessment(file, reader, findings, acts_on(findings, file), papers, notes)


def finding_words(finding: Finding) -> dict[str, Any]:
    """A finding as the pages name it."""
    return {
        "finding": finding,
        "kind": finding.get_kind_display(),
        "requirement": finding.get_requirement_display(),
        "status": STATUS[State(finding.state)],
        "rounds": rounds_words(finding),
        "ended": day_of_end(finding),
        "who": who_moves(finding),
    }


def checklist(page: Assessment) -> list[dict[str, Any]]:
    """The rows of the form under the file's edition: ticked or not, the findings about each, what may be raised."""
    return [_line(page, one) for one in rows_of_form(page.file.assessment, page.file.rules)]


def _line(page: Assessment, row: Requirement) -> dict[str, Any]:
    findings = page.about(row)
    kind, words = _tick(page, row, findings)
    note = page.notes.get(row.value)
    return {
        "row": row,
        "kind": kind,
        "words": words,
        "findings": [finding_words(one) for one in findings],
        "note": note.text if note else "",
        "raise": list(_raising(page.file, row)) if page.may_raise else [],
    }


def _tick(page: Assessment, row: Requirement, findings: Iterable[Finding]) -> tuple[str, str]:
    """How a row stands: a status and its words."""
    is_open = any(one.state in UNSETTLED for one in findings)
    if page.opinion is not None:
        return ("done", _("Ticked")) if row.value in page.ticks else ("stop", _("Not ticked"))
    if not page.shows_ticks:
        return ("attn", _("A request is open")) if is_open else ("wait", _("No request is open"))
    if row.value in page.ticks:
        return ("attn", _("Ticked, but a request is open")) if is_open else ("done", _("Ticked"))
    return ("wait", _("Not ticked") if row.value in page.notes else _("Not looked at yet"))


def _raising(file: Assessed, row: Requirement) -> Iterator[dict[str, str]]:
    """The openings of findings about a row, each with file and row filled in."""
    about = {"about": file.reference, "requirement": str(row.value)}
    for key, words in {"raise_request": _("Raise a CAR or CL"), "raise_forward": _("Raise a FAR")}.items():
        if Finding.procedure.row(file.edition, key):
            yield {"title": words, "url": f"{reverse('opening', args=[Finding.procedure.key, key])}?{urlencode(about)}"}
