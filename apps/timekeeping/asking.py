"""What the pages of steps about time ask for: a list of holidays begins with the one that stands."""

from __future__ import annotations

from apps.timekeeping.models import HolidayYear
from apps.workflow.asking import Answers, Asked, plain
from apps.workflow.models import Subject
from apps.workflow.table import Step


def asked(subject: Subject, row: Step, _query: Answers) -> Asked:
    """The row's own inputs, filled in with the days as they stand."""
    found = plain(subject, row)
    if not isinstance(subject, HolidayYear):
        return found
    return Asked(found.inputs, {"holidays": "\n".join(f"{day} {name}" for day, name in subject.days)})
