"""The table that a lawyer can read: frozen rows, no code, no queries.

A procedure is a tuple of `Step` rows per edition. It refuses to load when it is broken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Model, TextChoices
from django.utils.functional import Promise

from apps.accounts.roles import Capacity, Role, Side
from apps.documents.kinds import Kind
from apps.workflow.editions import EDITIONS
from apps.workflow.inputs import Input

Text = str | Promise


# What `perform` and `open_file` call their own arguments; an input of such a name could not be given.
THE_DOORS_OWN = frozenset(
    {"subject", "step", "model", "actor", "edition", "effective_on", "reason", "idempotency_key", "version", "fields"}
)


class BrokenTable(ValueError):
    """A procedure table contradicts itself; the project does not start with it."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit of a row: so many days of the edition's parameter, opened when the state is entered.

    `since` names a date field of the subject to count from; empty means the day the state is
    entered. `only_in` restricts the limit to one of the row's source states. With `both_ends` the first
    day counts (published windows); without, counting starts on the day after. It stands still while its
    file's clock is stopped unless not `stops`, and both secretariats may extend it unless not `extends`.
    """

    parameter: str
    both_ends: bool = False
    since: str = ""
    only_in: str = ""
    stops: bool = True
    extends: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """One row: clause, key, title, from, to, who, and what else the rulebook asks for.

    No source means that the step opens a new file. No target means that the file stays in its state.
    `where_needed` are documents that it asks for as well where the file needs them (`Subject.needs`).
    `checks` name sentences that must be true, `effects` further writes of the same transaction, `then`
    steps that the rule takes by itself as soon as their checks hold. A `voluntary` step may be taken
    but nobody waits for it. One that `restarts` enters its target anew even from there, so that time limits begin
    again. One taken `in_person` asks whoever takes it to show anew, just before, that it is them. `into` names the
    edition whose table the file goes on under, in the target state.
    """

    clause: str
    key: str
    title: Text
    source: tuple[TextChoices, ...]
    target: TextChoices | None
    who: tuple[Capacity, ...]
    documents: tuple[Kind, ...] = ()
    where_needed: tuple[Kind, ...] = ()
    limit: tuple[Limit, ...] = ()
    told: tuple[Capacity, ...] = ()
    checks: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    then: tuple[str, ...] = ()
    voluntary: bool = False
    restarts: bool = False
    in_person: bool = False
    into: str = ""

    @property
    def opens(self) -> bool:
        return not self.source

    @property
    def sides(self) -> list[Side]:
        """The sides whose step this is; empty for steps of either side."""
        return [capacity.side for capacity in self.who if capacity.side is not None]

    def limit_in(self, state: str) -> Limit | None:
        """The time limit that entering a state opens for this step."""
        if state not in self.source:
            return None
        return next((limit for limit in self.limit if limit.only_in in ("", state)), None)

    def is_for(self, role: Role) -> bool:
        return any(capacity.role == role for capacity in self.who)


class Table:
    """The rows of one edition, found by key, and their time limits, found by the state that opens them."""

    def __init__(self, rows: tuple[Step, ...]) -> None:
        self.by_key = {row.key: row for row in rows}
        states = {str(state.value) for row in rows for state in row.source}
        self.by_state = {state: tuple(row for row in rows if state in row.source) for state in states}
        self.limits = {
            state: tuple((row, limit) for row in rows if (limit := row.limit_in(state)) is not None) for state in states
        }
        self.awaits_clock = {state for state, limits in self.limits.items() if any(row.is_for(Role.CLOCK) for row, _ in limits)}


@dataclass(frozen=True)
class Procedure:
    """A procedure of the rulebook: its states and, per edition, its rows.

    Raises BrokenTable with a duplicate step, an unreachable state, a state without a way out that is
    not final, a final one with a way out, a key that is an attribute of every Django model, an input,
    a parameter or a following step that does not exist, or an input that the clock would have to fill in.
    """

    key: str
    app: str
    model: str
    title: Text
    states: type[TextChoices]
    final: frozenset[TextChoices]
    tables: Mapping[str, tuple[Step, ...]]
    inputs: Mapping[str, Input] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for edition, rows in self.tables.items():
            for complaint in self._complaints(edition, rows):
                raise BrokenTable(f"{self.key} ({edition}): {complaint}")

    def rows(self, edition: str) -> tuple[Step, ...]:
        """The rows of an edition. Raises KeyError when the edition does not know this procedure."""
        return self.tables[edition]

    def rows_in(self, edition: str, state: str) -> tuple[Step, ...]:
        """The rows of an edition by which a file may leave a state, or act in it."""
        return self._tables[edition].by_state.get(state, ())

    def row(self, edition: str, key: str) -> Step | None:
        """A row by its key; None when the edition has none of that name."""
        table = self._tables.get(edition)
        return table.by_key.get(key) if table else None

    def limits_in(self, edition: str, state: str) -> tuple[tuple[Step, Limit], ...]:
        """The time limits that entering a state opens, each with its row."""
        return self._tables[edition].limits.get(state, ())

    def awaits_clock(self, edition: str, state: str) -> bool:
        """Whether a step falls due in a state that the clock performs."""
        return state in self._tables[edition].awaits_clock

    @cached_property
    def _tables(self) -> dict[str, Table]:
        return {edition: Table(rows) for edition, rows in self.tables.items()}

    def steps(self) -> dict[str, tuple[Step, ...]]:
        """Every key with its rows over all editions."""
        keys = dict.fromkeys(row.key for rows in self.tables.values() for row in rows)
        return {key: tuple(row for rows in self.tables.values() for row in rows if row.key == key) for key in keys}

    def inputs_of(self, row: Step) -> tuple[Input, ...]:
        return tuple(self.inputs[name] for name in row.inputs)

    def event_type(self, row: Step) -> str:
        return f"{self.key}.{row.key}"

    def _complaints(self, edition: str, rows: tuple[Step, ...]) -> Iterator[str]:
        yield from _duplicates(rows)
        yield from _names(rows)
        yield from _limits(edition, rows)
        yield from self._taken_over(edition, rows)
        yield from _graph(rows, self.final)
        for row in rows:
            yield from (f"step {row.key}: input {name} is not declared" for name in row.inputs if name not in self.inputs)
            yield from (f"step {row.key}: input {name} is a word of the door" for name in row.inputs if name in THE_DOORS_OWN)
        yield from self._left_to_the_clock(rows)

    def _taken_over(self, edition: str, rows: tuple[Step, ...]) -> Iterator[str]:
        """A file goes on under a later edition, in a state that it can leave there."""
        for row in rows:
            if not row.into:
                continue
            there = {state for other in self.tables.get(row.into, ()) for state in other.source}
            if row.into not in EDITIONS or EDITIONS[row.into].in_force_from <= EDITIONS[edition].in_force_from:
                yield f"step {row.key}: {row.into} is no later edition"
            elif row.target not in there:
                yield f"step {row.key}: the edition {row.into} does not go on from {row.target}"

    def _left_to_the_clock(self, rows: tuple[Step, ...]) -> Iterator[str]:
        by_key = {row.key: row for row in rows}
        for row in rows:
            if row.is_for(Role.CLOCK) and any(one.required for one in self.inputs_of(row)):
                yield f"step {row.key}: the clock cannot fill in what it asks for"
            for name in row.then:
                if name not in by_key:
                    yield f"step {row.key}: step {name} does not exist"
                elif not by_key[name].is_for(Role.CLOCK):
                    yield f"step {row.key}: step {name} is not the clock's to take"


def _duplicates(rows: tuple[Step, ...]) -> Iterator[str]:
    for key, count in Counter(row.key for row in rows).items():
        if count > 1:
            yield f"step {key} stands twice"


def _names(rows: tuple[Step, ...]) -> Iterator[str]:
    for row in rows:
        if hasattr(Model, row.key):
            yield f"step {row.key} is an attribute of every Django model"
        if not row.who:
            yield f"step {row.key} is open to nobody"


def _limits(edition: str, rows: tuple[Step, ...]) -> Iterator[str]:
    if edition not in EDITIONS:
        yield f"there is no edition {edition}"
        return
    known = EDITIONS[edition].parameters
    for row in rows:
        for limit in row.limit:
            if limit.parameter not in known:
                yield f"step {row.key}: the edition has no parameter {limit.parameter}"
            if limit.only_in and limit.only_in not in row.source:
                yield f"step {row.key}: limit in {limit.only_in}, which is no state of its"


def _graph(rows: tuple[Step, ...], final: frozenset[TextChoices]) -> Iterator[str]:
    reached = {row.target for row in rows if row.opens and row.target is not None}
    if not reached:
        yield "no step opens a file"
    mentioned = {state for row in rows for state in (*row.source, row.target) if state is not None}
    frontier = set(reached)
    while frontier:
        frontier = {
            row.target for row in rows if row.target is not None and frontier & set(row.source) and row.target not in reached
        }
        reached |= frontier
    left = {state for row in rows if row.target is not None for state in row.source}
    left_behind = {row.target for row in rows if row.into}
    for state in sorted(mentioned - reached):
        yield f"state {state} cannot be reached"
    for state in sorted(mentioned - left - final - left_behind):
        yield f"state {state} has no way out and is not final"
    for state in sorted(final & left):
        yield f"final state {state} has a way out"
