"""What must be true of a file before it moves."""

from __future__ import annotations

from apps.core.errors import Problem
from apps.workflow.fsm import Act
from tests.bench.models import File


def title_is_given(subject: File, act: Act) -> list[Problem]:
    """A file has a name."""
    return [] if subject.title else [Problem("BEN-01", "the title is missing")]


def file_has_begun(subject: File, act: Act) -> list[Problem]:
    """A file moves after it was opened."""
    return [] if subject.opened_at <= act.at else [Problem("BEN-02", "the file is not open yet")]
