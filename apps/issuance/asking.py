"""What the pages of a round's steps ask for: an opinion begins with the rows that the entity has ticked."""

from __future__ import annotations

from apps.findings.asking import with_ticks
from apps.workflow.asking import Answers, Asked
from apps.workflow.models import Subject
from apps.workflow.table import Step


def asked(subject: Subject, row: Step, _query: Answers) -> Asked:
    """The row's own inputs."""
    return with_ticks(subject, row)
