"""What the pages of findings and opinions ask for: an opinion begins with the rows that the entity has ticked."""

from __future__ import annotations

from apps.findings.models import Assessed
from apps.findings.selectors import ticked
from apps.workflow.asking import Answers, Asked, plain
from apps.workflow.models import Subject
from apps.workflow.table import Step

TICKS = "requirements"


def asked(subject: Subject, row: Step, _query: Answers) -> Asked:
    """The row's own inputs."""
    return plain(subject, row)


def with_ticks(subject: Subject, row: Step) -> Asked:
    """The row's own inputs; where the rows of the form are among them, ticked as the entity's checklist stands."""
    found = plain(subject, row)
    rows = ticked(subject) if TICKS in row.inputs and isinstance(subject, Assessed) else []
    return Asked(found.inputs, {TICKS: rows}) if rows else found
