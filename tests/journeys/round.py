"""How to bring a round into each of its states, in each edition, by real steps under a rehearsed clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from apps.core.clock import Rehearsal
from apps.issuance.models import Round
from apps.issuance.procedure import State
from tests.issuance.walk import Course
from tests.people import Cast
from tests.projects.walk import World

Journey = Callable[[Cast, Rehearsal], Round]


def _journey(edition: str, state: State, people: Cast, time: Rehearsal) -> Round:
    return Course(World(people, time, edition)).reach(state)


def _journeys(edition: str) -> dict[State, Journey]:
    states = {state for row in Round.procedure.rows(edition) for state in (*row.source, row.target) if state is not None}
    return {state: partial(_journey, edition, state) for state in State if state in states}


BY_EDITION: Mapping[str, Mapping[State, Journey]] = {edition: _journeys(edition) for edition in Round.procedure.tables}
# The edition that knows every state.
JOURNEYS = BY_EDITION["india_2026"]
