"""What waits for the committee: files in a state that only the committee ends."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from apps.accounts.roles import Role
from apps.committee.kinds import LONGEST_TITLE
from apps.committee.models import BallotItem
from apps.workflow import registry
from apps.workflow.models import Subject
from apps.workflow.one_query import in_one_query
from apps.workflow.options import longest_waiting, whose_move
from apps.workflow.table import Procedure, Step

MOST_PROPOSED = 200
# No table of a site has more rows.
MOST_DIGITS = 18

# A file: procedure and key.
File = tuple[str, int | None]


@dataclass(frozen=True, slots=True)
class Case:
    """A step of a file that the committee could decide."""

    subject: Subject
    row: Step

    @property
    def file(self) -> File:
        return self.subject.procedure.key, self.subject.pk

    @property
    def key(self) -> str:
        """What a page calls it: project:3:register."""
        return f"{self.subject.procedure.key}:{self.subject.pk}:{self.row.key}"

    @property
    def name(self) -> str:
        """The file by its number and title."""
        return f"{self.subject.reference or self.subject.procedure.title}: {self.subject.title}"

    @property
    def line(self) -> str:
        """What its adoption does, and the file."""
        return f"{self.row.title} · {self.name}"

    @property
    def question(self) -> str:
        """What the members are asked unless other words are found."""
        return f"{self.row.title}: {self.subject.reference or self.subject.title}"[:LONGEST_TITLE]

    @property
    def asks(self) -> bool:
        """Whether the step must be given something, such as tonnes."""
        return any(one.required for one in self.subject.procedure.inputs_of(self.row))


def cases() -> list[Case]:
    """The files that stand before the committee, the longest waiting first, each with the first step that it waits for."""
    found = ((subject, _first(subject)) for subject in sorted(_files(), key=longest_waiting))
    return [Case(subject, row) for subject, row in found if row]


def case_named(key: str) -> Case | None:
    """The step of a file that a page calls so; None unless the committee can decide it as the file stands."""
    procedure, _first_colon, rest = key.partition(":")
    pk, _second_colon, step = rest.partition(":")
    known = {one.key for one in registry.procedures()}
    if procedure not in known or not (pk.isascii() and pk.isdigit() and len(pk) <= MOST_DIGITS):
        return None
    subject = registry.model_of(procedure)._default_manager.filter(pk=int(pk)).first()
    row = subject.procedure.row(subject.edition, step) if subject else None
    if subject is None or row is None or not row.is_for(Role.COMMITTEE) or subject.state not in row.source:
        return None
    return Case(subject, row)


def before_ballots() -> set[File]:
    """The files on which a ballot that is drafted or runs has an item without outcome."""
    return {*BallotItem.objects.filter(outcome="").exclude(step="").values_list("subject_type", "subject_id")}


def _first(subject: Subject) -> Step | None:
    return next((one for one in whose_move(subject) if one.is_for(Role.COMMITTEE)), None)


def _files() -> list[Subject]:
    """The files of all procedures that stand in a state which the committee ends; one query."""
    return in_one_query([_before(one) for one in registry.procedures() if _is_the_committees(one)])


def _is_the_committees(procedure: Procedure) -> bool:
    return any(row.is_for(Role.COMMITTEE) for rows in procedure.tables.values() for row in rows)


def _before(procedure: Procedure) -> QuerySet[Subject]:
    about = Q(pk__in=[])
    for edition in procedure.tables:
        states = {
            str(state.value)
            for row in procedure.rows(edition)
            if row.is_for(Role.COMMITTEE) and not row.voluntary
            for state in row.source
        }
        about |= Q(edition=edition, state__in=states)
    files: QuerySet[Subject] = registry.model_of(procedure.key)._default_manager.filter(about)
    return files.order_by("state_since", "pk")[:MOST_PROPOSED]
