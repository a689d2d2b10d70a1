"""What the pages of the portal show, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from apps.accounts.models import Membership
from apps.documents.models import DocumentVersion
from apps.documents.selectors import newest_of
from apps.events.models import Event
from apps.issuance.selectors import Line, rounds_of
from apps.projects.models import Project
from apps.projects.selectors import visible_to
from apps.workflow.models import Deadline, Subject

RECENT = 20
LONGEST_KEY = 18


@dataclass(frozen=True, slots=True)
class File:
    """A project with everything that its page shows."""

    project: Project
    rounds: Sequence[Line]
    deadlines: Sequence[Deadline]
    papers: Sequence[DocumentVersion]
    events: Sequence[Event]
    acts: int

    @property
    def subjects(self) -> dict[tuple[str, int], Subject]:
        """The project and its rounds, by procedure and key."""
        return {(one.procedure.key, one.pk): one for one in subjects_of(self.project, self.rounds)}


def find(name: str, membership: Membership | None) -> Project | None:
    """A project by its number, or one without by `file-12`; None where the reader may not know of it."""
    prefix, _dash, digits = name.partition("-")
    by_key = prefix == "file" and digits.isdecimal() and len(digits) <= LONGEST_KEY
    files = visible_to(membership).filter(Q(pk=int(digits), reference="") if by_key else Q(reference=name))
    return (
        files.select_related("focal_point", "validator__organisation", "supersedes")
        .prefetch_related(
            "participants__organisation",
            "sites",
            "methodologies_applied__version__methodology",
            "methodologies_applied__proposal__bases__version__methodology",
        )
        .first()
    )


def file_of(project: Project, *, whole_history: bool = False) -> File:
    """A project with its rounds, running deadlines, public papers and newest events."""
    rounds = rounds_of([project.pk]).get(project.pk, [])
    named = [(one.procedure.key, one.pk) for one in subjects_of(project, rounds)]
    about = _about(named)
    events = Event.objects.filter(about).order_by("-id")
    return File(
        project=project,
        rounds=rounds,
        deadlines=list(Deadline.objects.filter(about, closed_at=None).order_by("due_at", "id")),
        papers=[one for one in newest_of(named) if not one.confidential],
        events=list(events if whole_history else events[:RECENT]),
        acts=project.version + sum(line.round.version for line in rounds),
    )


def subjects_of(project: Project, rounds: Iterable[Line]) -> list[Subject]:
    """The files of a project: its own and one per round."""
    return [project, *(line.round for line in rounds)]


def _about(named: Iterable[tuple[str, int]]) -> Q:
    about = Q(pk__in=[])
    for subject_type, subject_id in named:
        about |= Q(subject_type=subject_type, subject_id=subject_id)
    return about
