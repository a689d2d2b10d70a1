"""What other apps look at in documents of a kind before they are kept, such as whether a workbook is the one that was made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeAlias

from apps.core.errors import Problem
from apps.documents.kinds import Kind
from apps.documents.services.subjects import Subject

# Takes the file that a document is for and what came in; gives what is wrong with it.
Examiner: TypeAlias = Callable[[Subject, Path], Iterable[Problem]]

_examiners: dict[Kind, Examiner] = {}


def examine(kind: Kind, examiner: Examiner) -> None:
    """Have documents of a kind examined when they come in, after their structure was found in order."""
    _examiners[kind] = examiner


def examined(subject: Subject, kind: Kind, path: Path) -> list[Problem]:
    """What is wrong with a document of a kind, as its app sees it; nothing for kinds that nobody examines."""
    examiner = _examiners.get(kind)
    return list(examiner(subject, path)) if examiner else []
