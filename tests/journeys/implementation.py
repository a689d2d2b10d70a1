"""How to bring an implementation report into each of its states, in each edition, by real steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from apps.core.clock import Rehearsal
from apps.project_changes.models import ImplementationReport
from apps.project_changes.procedure.implementation import State
from tests.journeys.walker import Need
from tests.people import Cast
from tests.project_changes.reporting import Reporting
from tests.projects.walk import World

Journey = Callable[[Cast, Rehearsal], ImplementationReport]


def _journey(edition: str, state: State, people: Cast, time: Rehearsal) -> ImplementationReport:
    return Reporting(World(people, time, edition)).bring(state)


BY_EDITION: Mapping[str, Mapping[State, Journey]] = {
    edition: {state: partial(_journey, edition, state) for state in State} for edition in ImplementationReport.procedure.tables
}
NEEDS = {
    "amend": Need({"progress": "stopped", "deviations": "Work was interrupted."}),
    "return_report": Need({"missing": "The photographs"}),
}
