"""How to bring a renewal into each of its states, in each edition, by real steps under a rehearsed clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from apps.core.clock import Rehearsal
from apps.project_changes.models import Renewal
from apps.project_changes.procedure.renewal import State
from apps.third_party_entities.models import ThirdPartyEntity
from tests.journeys.walker import Need, Scene
from tests.people import Cast
from tests.project_changes.renewing import GROUNDS, Renewing
from tests.projects.walk import World

Journey = Callable[[Cast, Rehearsal], Renewal]


def _journey(edition: str, state: State, people: Cast, time: Rehearsal) -> Renewal:
    return Renewing(World(people, time, edition)).bring(state)


def _journeys(edition: str) -> dict[State, Journey]:
    states = {state for row in Renewal.procedure.rows(edition) for state in (*row.source, row.target) if state is not None}
    return {state: partial(_journey, edition, state) for state in State if state in states}


BY_EDITION: Mapping[str, Mapping[State, Journey]] = {edition: _journeys(edition) for edition in Renewal.procedure.tables}


def the_renewal(scene: Scene) -> dict[str, Any]:
    """A shorter one now."""
    return {"ends_on": "2037-03-31", "entity": ThirdPartyEntity.objects.get(organisation=scene.people.tpe.organisation).pk}


GROUNDED = Need({"grounds": GROUNDS})
NEEDS = {
    "amend": Need(the_renewal),
    "request_completion": Need({"missing": "A signature"}),
    "report_negative": GROUNDED,
    "refuse_renewal_host": GROUNDED,
    "refuse_renewal_japan": GROUNDED,
    "conclude_approvals": Need(follows="approve_renewal_japan"),
    "deny": GROUNDED,
}
