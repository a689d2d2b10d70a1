"""What the pages of a project's steps ask for: an opinion begins with the ticked rows, a completeness check goes item by item."""

from __future__ import annotations

from apps.completeness.asking import with_items
from apps.findings.asking import with_ticks
from apps.workflow.asking import Answers, Asked
from apps.workflow.models import Subject
from apps.workflow.table import Step


def asked(subject: Subject, row: Step, _query: Answers) -> Asked:
    """The row's own inputs."""
    return with_items(with_ticks(subject, row), subject, row)
