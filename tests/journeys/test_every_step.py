"""For each procedure, edition and state: what the table forbids is refused, what it allows is performed.

Every step is tried by everybody in the states where it is open, and elsewhere by some in turn (in the long run by
everybody); whoever or whenever the table does not name is refused with the code that says why, and nothing is recorded.
Every row is performed: one event, what the rule lets follow, and exactly the deadlines that the rows state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from apps.accounts.models import Membership
from apps.core import clock
from apps.core.errors import NotAllowed, NotNow, Refusal
from apps.events.selectors import history
from apps.workflow.actors import Actor
from apps.workflow.audit import judge
from apps.workflow.options import option
from apps.workflow.services import perform, sweep
from apps.workflow.table import Procedure, Step
from tests.journeys.editions import under
from tests.journeys.walker import (
    Need,
    Scene,
    everybody,
    followers,
    journeys,
    ledger_of,
    needs,
    opens_to,
    performer,
    procedures,
    recorded,
    roles,
    states_of,
    take,
    undone,
)
from tests.people import actor, cast
from tests.untouched import books

NOON = datetime(2027, 3, 1, 3, tzinfo=UTC)
TABLES = [(procedure, edition) for procedure in procedures() for edition in procedure.tables]
BROUGHT_OTHERWISE = [
    (procedure, edition, row.key)
    for procedure, edition in TABLES
    for row in procedure.rows(edition)
    if row.opens or needs(procedure).get(row.key, Need()).reach or needs(procedure).get(row.key, Need()).follows
]
STATES = [(procedure, edition, state) for procedure, edition in TABLES for state in states_of(procedure, edition)]


def repeats(procedure: Procedure, edition: str) -> bool:
    """Whether the second generation has no other rows than the first and India have; its own run is then a long one."""
    others = (procedure.tables.get(one) for one in ("jcm_2013", "india_2026"))
    return edition == "jcm_2022" and procedure.tables[edition] in others


def is_elsewhere(edition: str, place: int) -> bool:
    """Whether a state is left to the long run, since its edition is in force in other countries alone; every other one is."""
    return not edition.startswith("india") and bool(place % 2)


QUICK = [
    pytest.param(*one, marks=[pytest.mark.long] if repeats(*one[:2]) or is_elsewhere(one[1], place) else [])
    for place, one in enumerate(STATES)
]


def named(value: object) -> str:
    """How a test names a procedure."""
    return value.key if isinstance(value, Procedure) else str(value)


@pytest.fixture
def scene(procedure: Procedure, edition: str, state: str, settings: Any, tmp_path: Path, db: None) -> Iterator[Scene]:  # noqa: ARG001 - rows
    """A file in the state, with nothing overdue."""
    settings.DOCUMENT_ROOT = tmp_path / "documents"
    people = cast()
    with clock.rehearse(NOON) as time:
        file = journeys(procedure, edition)[state](people, time)
        sweep()
        yield Scene(people, time, edition, file.reload())


@pytest.mark.parametrize(("procedure", "edition"), TABLES, ids=named)
def test_the_journeys_name_every_state_and_the_needs_only_steps(procedure: Procedure, edition: str) -> None:
    assert set(journeys(procedure, edition)) == set(states_of(procedure, edition))
    assert set(needs(procedure)) <= set(procedure.steps())


@pytest.mark.parametrize(("procedure", "edition", "state"), QUICK, ids=named)
def test_the_table_is_kept(procedure: Procedure, edition: str, state: str, scene: Scene) -> None:
    assert (scene.file.state, scene.file.edition) == (state, edition)
    assert judge(scene.file, history(procedure.key, scene.file.pk)) is None
    agree(scene)
    refuse_what_is_not_named(scene, some_of_everybody)
    perform_what_is_named(scene)


@pytest.mark.long
@pytest.mark.parametrize(("procedure", "edition", "state"), STATES, ids=named)
def test_the_table_is_kept_against_everybody(scene: Scene) -> None:
    refuse_what_is_not_named(scene, lambda scene, _row: everybody(scene.people))


def some_of_everybody(scene: Scene, row: Step | None) -> list[Membership | Actor]:
    """Everybody for a step of the state; for another some by turns, so that over the states each step meets everybody."""
    people, states = everybody(scene.people), states_of(scene.procedure, scene.edition)
    if row is not None and scene.file.state in row.source:
        return people
    at_once = -(-len(people) // len(states))
    first = states.index(scene.file.state) * at_once
    return [people[(first + turn) % len(people)] for turn in range(at_once)]


def refuse_what_is_not_named(scene: Scene, who: Callable[[Scene, Step | None], list[Membership | Actor]]) -> None:
    """Try every step by those whom the table does not name for it, or at another time; nothing is recorded."""
    before, held = books(), {one: roles(scene.file, one) for one in everybody(scene.people)}
    for key in scene.procedure.steps():
        row = scene.procedure.row(scene.edition, key)
        for one in who(scene, row):
            expected = forbidden(row, scene.file.state, one, held[one])
            if expected:
                assert (key, str(one), answer(scene, key, one)) == (key, str(one), expected)
    assert books() == before


def perform_what_is_named(scene: Scene) -> None:
    """Perform every row of the state, each as if the others never were."""
    for row in scene.procedure.rows(scene.edition):
        need = needs(scene.procedure).get(row.key, Need())
        if scene.file.state in row.source and not need.follows and not need.reach:
            with undone(scene) as own:
                performed(row, own, need)


def row_of(procedure: Procedure, edition: str, key: str) -> Step:
    """A row that is there."""
    row = procedure.row(edition, key)
    assert row is not None
    return row


def forbidden(row: Step | None, state: str, one: Membership | Actor, held: set[str]) -> tuple[type[Refusal], str] | None:
    """How the table says no; None where it says yes."""
    if row is None:
        return NotNow, "DOOR-03"
    if not opens_to(row, one, held):
        return NotAllowed, "DOOR-00"
    return None if state in row.source else (NotNow, "DOOR-02")


def answer(scene: Scene, key: str, one: Membership | Actor) -> tuple[type[Refusal], str] | str:
    """How the door says no."""
    try:
        perform(scene.file, key, actor=actor(one) if isinstance(one, Membership) else one)
    except Refusal as refusal:
        return type(refusal), " ".join(refusal.codes)
    return "performed"


@pytest.mark.parametrize(("procedure", "edition", "key"), BROUGHT_OTHERWISE, ids=named)
def test_a_row_that_opens_follows_or_needs_a_file_of_its_own_is_performed(
    procedure: Procedure,
    edition: str,
    key: str,
    settings: Any,
    tmp_path: Path,
    db: None,  # noqa: ARG001 - rows
) -> None:
    settings.DOCUMENT_ROOT = tmp_path / "documents"
    row, need, people = row_of(procedure, edition, key), needs(procedure).get(key, Need()), cast()
    with clock.rehearse(NOON) as time:
        reach = partial(under, edition, need.reach) if need.reach else journeys(procedure, edition)[row.target or row.source[0]]
        scene = Scene(people, time, edition, reach(people, time).reload())
        agree(scene)
        told = [event.type.partition(".")[2] for event in history(procedure.key, scene.file.pk)]
        if row.opens:
            assert told[0] == key
        elif need.follows:
            assert key in told[told.index(need.follows) + 1 :]
            assert key in followers(procedure, edition, row_of(procedure, edition, need.follows))
        else:
            performed(row, scene, need)
        connection.check_constraints()


def performed(row: Step, scene: Scene, need: Need) -> None:
    """Perform a row and compare what was recorded with what the table says."""
    if need.before:
        need.before(scene)
    scene.file = scene.file.reload()
    version, state = scene.file.version, scene.file.state
    asks_before_it_complains(row, scene, need)
    event = take(row, scene, need)
    file = scene.file = scene.file.reload()
    new = list(history(scene.procedure.key, file.pk).filter(version__gt=version))
    assert new[0] == event
    assert (event.type, event.clause, event.edition) == (scene.procedure.event_type(row), row.clause, scene.edition)
    assert (event.from_state, event.to_state) == (state, state if row.target is None else row.target.value)
    following = {one.type.partition(".")[2] for one in new[1:]}
    assert following <= followers(scene.procedure, scene.edition, row)
    assert {one.actor for one in new[1:]} <= {"clock"}
    assert [one.version for one in new] == list(range(version + 1, file.version + 1))
    assert judge(file, history(scene.procedure.key, file.pk)) is None
    agree(scene)


def asks_before_it_complains(row: Step, scene: Scene, need: Need) -> None:
    """The page of a step says nothing against answers that nobody has given yet."""
    by = performer(row, scene, need)
    if isinstance(by, Membership):
        told = option(scene.file, row, by).problems
        assert [problem for problem in told if problem.field in row.inputs] == []


def agree(scene: Scene) -> None:
    """The deadlines of a file are exactly those that its rows state."""
    stated, found = ledger_of(scene.file), recorded(scene.file)
    assert found.open == stated.open
    assert found.outcomes == sorted(stated.outcomes)
