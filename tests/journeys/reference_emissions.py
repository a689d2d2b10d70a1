"""How to bring an assessment of reference emissions into each of its states, in each edition, by real steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from apps.core.clock import Rehearsal
from apps.reference_emissions.models import ReferenceAssessment
from apps.reference_emissions.procedure import State
from tests.journeys.walker import Need, Scene
from tests.people import Cast
from tests.projects.walk import World
from tests.reference_emissions.walk import GROUNDS, LEVELS, Assessing

Journey = Callable[[Cast, Rehearsal], ReferenceAssessment]


def _journey(edition: str, state: State, people: Cast, time: Rehearsal) -> ReferenceAssessment:
    return Assessing(World(people, time, edition)).bring(state)


BY_EDITION: Mapping[str, Mapping[State, Journey]] = {
    edition: {state: partial(_journey, edition, state) for state in State} for edition in ReferenceAssessment.procedure.tables
}


def lower(scene: Scene) -> dict[str, Any]:
    """A lower level under the same methodology."""
    assert isinstance(scene.file, ReferenceAssessment)
    return {"methodology": scene.file.methodology, **LEVELS, "reference_tonnes": 10_000}


def new_form(scene: Scene) -> None:
    """The form with the lower level."""
    assert isinstance(scene.file, ReferenceAssessment)
    Assessing(World(scene.people, scene.time, scene.edition)).hand_in(scene.file, "with the lower level")


GROUNDED = Need({"grounds": GROUNDS})
NEEDS = {
    "amend": Need(lower),
    "request_completion": Need({"missing": "The invoices of 2026"}),
    "confirm": GROUNDED,
    "adjust": GROUNDED,
    "refuse": GROUNDED,
    "file_adjusted": Need(lower, before=new_form),
}
