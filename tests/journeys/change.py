"""How to bring a change of a project into each of its states, in each edition, by real steps under a rehearsed clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from apps.core.clock import Rehearsal
from apps.project_changes.models import Change
from apps.project_changes.procedure.change import State
from apps.third_party_entities.models import ThirdPartyEntity
from tests.journeys.editions import EDITION
from tests.journeys.walker import Need, Scene
from tests.people import Cast
from tests.project_changes.walk import MINOR, Later
from tests.projects.walk import World

Journey = Callable[[Cast, Rehearsal], Change]


def _journey(edition: str, state: State, people: Cast, time: Rehearsal) -> Change:
    return Later(World(people, time, edition)).reach(state)


BY_EDITION: Mapping[str, Mapping[State, Journey]] = {
    edition: {state: partial(_journey, edition, state) for state in State} for edition in Change.procedure.tables
}


def the_change(scene: Scene) -> dict[str, Any]:
    """A minor one now."""
    return {**MINOR, "entity": ThirdPartyEntity.objects.get(organisation=scene.people.tpe.organisation).pk}


def a_minor_one(people: Cast, time: Rehearsal) -> Change:
    """What an entity may confirm by itself."""
    return Later(World(people, time, EDITION.get())).change(**MINOR)


NEEDS = {
    "amend": Need(the_change),
    "confirm_minor": Need(reach=a_minor_one),
    "request_completion": Need({"missing": "The clean version"}),
    "deny": Need({"grounds": "The larger plant is not additional."}),
}
