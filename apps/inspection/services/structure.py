"""What a file that is handed in holds, looked at before it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from apps.core.errors import Problem
from apps.inspection.checks import problem_of
from apps.inspection.confined.findings import Found
from apps.inspection.services.confinement import Unreadable, confined

JOBS = {".pdf": "apps.inspection.confined.pdf:check", ".xlsx": "apps.inspection.confined.workbook:check"}


def structure_problems(path: Path, name: str, ending: str, field: str) -> Iterator[Problem]:
    """What is wrong with what a file of this ending (`.pdf`, `.xlsx`) holds: INS-01 to INS-20, at the given field.

    Each kind of problem once. The file is read by a child behind walls; one that takes too much, or that the
    child dies of, is refused too.
    """
    for one in _found(path, ending):
        yield problem_of(one, name, field)


def _found(path: Path, ending: str) -> list[Found]:
    try:
        found: list[Found] = confined(JOBS[ending], path)
    except Unreadable as error:
        return [{"check": "too_much" if error.too_much else "broken"}]
    return found
