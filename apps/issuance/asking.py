"""What the pages of a round's steps ask for: an opinion begins with the ticked rows, a completeness check goes item by item."""

from __future__ import annotations

from dataclasses import replace

from apps.completeness.asking import with_items
from apps.findings.asking import with_ticks
from apps.issuance.models import Round
from apps.workflow.asking import Answers, Asked
from apps.workflow.models import Subject
from apps.workflow.table import Step

EXPLANATIONS = "explanations"


def asked(subject: Subject, row: Step, _query: Answers) -> Asked:
    """The row's own inputs; differences are explained only where something is calculated."""
    found = with_items(with_ticks(subject, row), subject, row)
    if isinstance(subject, Round) and not subject.bases:
        return replace(found, inputs=[one for one in found.inputs if one.name != EXPLANATIONS])
    return found
