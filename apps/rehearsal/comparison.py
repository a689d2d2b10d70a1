"""What another edition of the rules would have made of past cases: file by file the same, later, or another end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from heapq import heappop, heappush
from itertools import count

from apps.committee.procedure import PROCEDURE as BALLOT
from apps.public_inputs.models import PublicInput
from apps.rehearsal.again import Refused, play_again
from apps.rehearsal.scratch import Theatre
from apps.rehearsal.script import Key, Past, Script, Standing, asked_about
from apps.rules.models import EditionChange
from apps.workflow import registry
from apps.workflow.fsm import NEW
from apps.workflow.table import Procedure, Step


class Kind(StrEnum):
    """How a file fares under another edition."""

    SAME = "same"
    LATER = "later"
    SOONER = "sooner"
    DIFFERENTLY = "differently"
    NOT_REHEARSED = "not rehearsed"


@dataclass(frozen=True, slots=True)
class Case:
    """One file: where it stood, where it would stand, and what stands between.

    `days` is by how many days the end moves. `refused` is the first step that the edition refuses, `refusals` how
    many there are. `needs` are the steps of the edition that nobody took on the way to where the file stood.
    """

    past: Past
    kind: Kind
    stands: Standing | None = None
    days: int = 0
    refused: Refused | None = None
    refusals: int = 0
    waits_for: Step | None = None
    needs: tuple[Step, ...] = ()
    why: str = ""

    @property
    def procedure(self) -> Procedure:
        return registry.procedure(self.past.key[0])


def compare(script: Script, edition: str, stages: Theatre) -> list[Case]:
    """Perform a script under an edition on a scratch site of its own, and compare file by file, in the order of the script."""
    why = {past.key: reason for past in script.files.values() if (reason := _not_rehearsed(past, edition))}
    why |= dict.fromkeys(_asking_nothing(script, why), "all that it asks is about files that are not rehearsed")
    with stages.site(*script.partner):
        stood, refused = play_again(script, edition, frozenset(why))
    return [_case(past, edition, stood, refused, why) for past in script.files.values()]


def _not_rehearsed(past: Past, edition: str) -> str:
    procedure = registry.procedure(past.key[0])
    if past.key[0] == EditionChange.procedure.key:
        return "it changes the edition in force; the rehearsal holds one edition in force throughout"
    if procedure.key == PublicInput.procedure.key:
        return "what the public wrote is not in the log"
    return "" if edition in procedure.tables else f"{edition} does not know {procedure.key}"


def _asking_nothing(script: Script, left_out: Mapping[Key, str]) -> Iterator[Key]:
    """Ballots without a question that is about a file of the rehearsal or stands for itself."""
    asked: dict[Key, set[Key | None]] = defaultdict(set)
    for line in script.lines:
        if line.file[0] == BALLOT.key and line.step == "add_item":
            asked[line.file].add(asked_about(line))
    yield from (ballot for ballot, files in asked.items() if files <= left_out.keys())


def _case(
    past: Past,
    edition: str,
    stood: Mapping[Key, Standing],
    refused: Mapping[Key, list[Refused]],
    why: Mapping[Key, str],
) -> Case:
    if past.key in why:
        return Case(past, Kind.NOT_REHEARSED, why=why[past.key])
    stands, found = stood.get(past.key), refused.get(past.key, [])
    kind, days = _kind(past.stood, stands)
    first = min(found, key=lambda one: one.on, default=None)
    if kind != Kind.DIFFERENTLY:
        return Case(past, kind, stands, days, first, len(found))
    rows = registry.procedure(past.key[0]).rows(edition)
    state = stands.state if stands else NEW
    way = way_between(rows, state, past.stood.state, past.took)
    needs = tuple(row for row in way if row.key not in past.took)
    waits_for = way[0] if way else next((row for row in _leaving(rows, state) if not row.voluntary), None)
    return Case(past, kind, stands, days, first, len(found), waits_for, needs)


def _kind(then: Standing, now: Standing | None) -> tuple[Kind, int]:
    if now is None or now.state != then.state:
        return Kind.DIFFERENTLY, 0
    days = (now.on - then.on).days
    return (Kind.LATER if days > 0 else Kind.SOONER if days < 0 else Kind.SAME), days


def way_between(rows: Iterable[Step], here: str, there: str, taken: frozenset[str]) -> tuple[Step, ...]:
    """The way from one state to another that adds the fewest steps to those taken; empty where there is none."""
    rows, order = tuple(rows), count()
    paths: list[tuple[int, int, int, str, tuple[Step, ...]]] = [(0, 0, next(order), here, ())]
    seen: set[str] = set()
    while paths:
        added, length, _nth, state, way = heappop(paths)
        if state == there:
            return way
        if state in seen:
            continue
        seen.add(state)
        for row in _leaving(rows, state):
            more = added + (row.key not in taken)
            heappush(paths, (more, length + 1, next(order), str(row.target), (*way, row)))
    return ()


def _leaving(rows: Iterable[Step], state: str) -> Iterator[Step]:
    for row in rows:
        leaves = row.opens if state == NEW else state in row.source
        if leaves and row.target is not None and str(row.target) != state:
            yield row
