"""What a decision about a file rests on, as the file's own app words it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from apps.accounts.roles import Side
from apps.workflow import registry
from apps.workflow.models import Subject


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: a term, and its words (text or safe HTML); or what holds for each side."""

    term: str
    words: str = ""
    sides: dict[Side, str] = field(default_factory=dict)


def facts_of(subject: Subject) -> Sequence[Fact]:
    """The facts of a file: the function `facts` in the `render` module of its app; none where the app words none.

    Reads only what `read_with` and `read_after` bring.
    """
    part = registry.part_if_any(subject.procedure, "render")
    found: Sequence[Fact] = part.facts(subject) if part else ()
    return found


def notes_of(subject: Subject) -> Sequence[Fact]:
    """What the page of one file adds: the function `notes` in the `render` module of its app; nothing where there is none."""
    notes = getattr(registry.part_if_any(subject.procedure, "render"), "notes", None)
    return notes(subject) if notes else ()
