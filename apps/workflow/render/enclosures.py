"""What other apps add to the page of a file, or to an item of a ballot about it: a table each, such as its findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from apps.accounts.models import Membership
from apps.accounts.roles import Capacity
from apps.core import clock
from apps.workflow import policies
from apps.workflow.holding import holding_of
from apps.workflow.models import Subject

Key = tuple[str, int]
# Files, each with the capacities of its reader towards it.
Read = Sequence[tuple[Subject, frozenset[Capacity]]]


@dataclass(frozen=True, slots=True)
class EnclosedRow:
    """A row of an enclosure: its name, with an address where the reader may go there, a line below, and its cells.

    A cell is the head of its column and two lines, the second perhaps empty.
    """

    name: str
    url: str
    text: str
    cells: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A table about a file: its heads, rows, and the page that says more, where the reader may open it."""

    anchor: str
    heading: str
    caption: str
    columns: Sequence[str]
    rows: Sequence[EnclosedRow]
    url: str = ""
    more: str | Promise = ""


# Takes files and gives the enclosures that it has for them; in a number of queries that does not grow with the files.
Encloser = Callable[[Read], Mapping[Key, Enclosure]]

_enclosers: list[Encloser] = []


def enclose(encloser: Encloser) -> None:
    """Make a function known that adds something to the pages of files."""
    if encloser not in _enclosers:
        _enclosers.append(encloser)


def enclosures_of(subjects: Iterable[Subject], membership: Membership | None) -> dict[Key, list[Enclosure]]:
    """What is added to the pages of some files for a reader, by procedure and key."""
    holding = holding_of(membership, clock.today()) if membership else None
    return enclosed([(one, policies.held_by(holding, one) if holding else frozenset()) for one in subjects])


def enclosed(read: Read) -> dict[Key, list[Enclosure]]:
    """The same where the reader's capacities are known."""
    found: dict[Key, list[Enclosure]] = {}
    for encloser in _enclosers:
        for key, one in encloser(read).items():
            found.setdefault(key, []).append(one)
    return found
