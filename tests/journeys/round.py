"""How to bring a round into each of its states, in each edition, by real steps under a rehearsed clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from apps.core.calendar import legal_day, start_of
from apps.core.clock import Rehearsal
from apps.issuance.models import Round
from apps.issuance.procedure import State
from apps.third_party_entities.models import ThirdPartyEntity
from tests.issuance.walk import DECIDED, VERIFIED, Course
from tests.journeys.project import ACCEPTANCE, accepted, every_row
from tests.journeys.walker import Need, Scene
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


def the_period_ends(scene: Scene) -> None:
    """The day after the last monitored one."""
    scene.time.move_to(start_of(scene.file.period_ends_on + timedelta(days=1)))


def the_entity(scene: Scene) -> dict[str, int]:
    """The verifier that validated the project."""
    return {"verifier": ThirdPartyEntity.objects.get(organisation=scene.people.tpe.organisation).pk}


def another_entity(scene: Scene) -> dict[str, int]:
    """Another verifier, designated in the meantime."""
    return {"verifier": World(scene.people, scene.time, scene.edition).entity(scene.people.other_tpe).pk}


def every_row_and_a_visit(scene: Scene) -> dict[str, Any]:
    """Every row of the form ticked, and the site visited on the day before."""
    visited_on = legal_day(scene.time.moment) - timedelta(days=1)
    return {"verified_tonnes": VERIFIED, "visited_on": visited_on, **every_row(scene)}


GROUNDED = Need({"grounds": "The meters were not calibrated."})
NEEDS = {
    "change_period": Need({"period_starts_on": "2028-04-01", "period_ends_on": "2028-12-31"}),
    "report": Need(before=the_period_ends),
    "assign_verifier": Need(the_entity),
    "change_verifier": Need(another_entity),
    "accept_assignment": ACCEPTANCE,
    "decline_assignment": GROUNDED,
    "take_up_forwards": Need(before=accepted),
    "verify_positive": Need(every_row_and_a_visit, before=accepted),
    "verify_negative": Need({"grounds": "The meters were not calibrated."}, before=accepted),
    "request_completion": Need({"missing": "The signature"}),
    "refuse_issuance_host": GROUNDED,
    "refuse_issuance_japan": GROUNDED,
    "conclude_approvals": Need(follows="approve_issuance_japan"),
    "notify": Need(DECIDED),
    "close": Need(follows="issue_japan"),
    "reject": GROUNDED,
}
