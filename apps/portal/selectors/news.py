"""What the public home tells: the latest decisions, the windows that are open for everybody's comments, and what is new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from apps.committee.models import Decision
from apps.committee.selectors import decisions
from apps.events.models import Event
from apps.workflow.models import Deadline, Subject
from apps.workflow.selectors import About, File, files_of

# The step by which a window for public inputs closes.
WINDOW = "close_inputs"
# What is told as new besides decisions: files that were published, credits that were issued.
NEWS = ("methodology.publish", "project.publish", "round.issue_host", "round.issue_japan")


@dataclass(frozen=True, slots=True)
class Call:
    """A running window for public inputs, with the file that it is about."""

    deadline: Deadline
    subject: Subject

    @property
    def is_project(self) -> bool:
        return self.subject.procedure.key == "project"


@dataclass(frozen=True, slots=True)
class Decided:
    """An adopted item with the file that it is about; None for a text."""

    decision: Decision
    subject: Subject | None


@dataclass(frozen=True, slots=True)
class Front:
    """What the public home tells of: open windows, the latest decisions, and what is new, each with its file."""

    calls: Sequence[Call]
    decided: Sequence[Decided]
    news: Sequence[tuple[Event, Subject]]


def front(most: int) -> Front:
    """The windows that are open, and so many of the latest decisions and of what is new; four queries."""
    windows, adopted = list(_windows()), list(decisions()[:most])
    new = list(Event.objects.filter(type__in=NEWS).order_by("-id")[:most])
    files = files_of([*windows, *new, *(one.item for one in adopted if not one.item.is_text)])
    return Front(
        _calls(windows, files), _decided(adopted, files), [(one, files[_file(one)]) for one in new if _file(one) in files]
    )


def open_calls() -> list[Call]:
    """The windows for public inputs that are open, the one that closes first first; two queries."""
    windows = list(_windows())
    return _calls(windows, files_of(windows))


def with_files(found: Iterable[Decision]) -> list[Decided]:
    """Adopted items with their files; one query for all kinds of files."""
    adopted = list(found)
    return _decided(adopted, files_of([one.item for one in adopted if not one.item.is_text]))


def decided(most: int) -> list[Decided]:
    """The latest adopted items, the newest first; two queries."""
    return with_files(decisions()[:most])


def _windows() -> QuerySet[Deadline]:
    """A file with such a window is published: the window opens with its publication."""
    return Deadline.objects.filter(step=WINDOW, closed_at=None).order_by("due_at", "id")


def _file(about: About) -> File:
    return about.subject_type, about.subject_id or 0


def _calls(windows: Iterable[Deadline], files: Mapping[File, Subject]) -> list[Call]:
    return [Call(one, files[_file(one)]) for one in windows if _file(one) in files]


def _decided(adopted: Iterable[Decision], files: Mapping[File, Subject]) -> list[Decided]:
    return [Decided(one, files.get(_file(one.item))) for one in adopted]
