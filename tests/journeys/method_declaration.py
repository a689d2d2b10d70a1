"""How to bring the declaration of a methodology into each of its states."""

from __future__ import annotations

from typing import Any

from apps.core.clock import Rehearsal
from apps.methodologies.models import MethodologyVersion
from apps.monitoring.models import MethodDeclaration
from apps.monitoring.procedure import PROCEDURE, State
from apps.workflow.services import open_file, perform
from tests.journeys import methodology
from tests.journeys.editions import EDITION, in_each
from tests.journeys.walker import Need
from tests.people import Cast, actor

GROUNDS = "Section F of the approved text."


def proposed(
    people: Cast, time: Rehearsal, *, version: MethodologyVersion | None = None, declared: Any = "waste_heat_power"
) -> MethodDeclaration:
    """Proposed by the Japanese secretariat."""
    version = version or MethodologyVersion.objects.get(bases__proposal=methodology.approved(people, time))
    found = open_file(
        MethodDeclaration,
        "propose",
        actor=actor(people.secretariat_japan),
        edition=EDITION.get(),
        title="Formulas of section F",
        methodology_version=version,
        declared=declared,
        grounds=GROUNDS,
    )
    assert isinstance(found, MethodDeclaration)
    return found


def in_use(people: Cast, time: Rehearsal, **given: Any) -> MethodDeclaration:
    """Agreed by the Indian secretariat."""
    file = proposed(people, time, **given)
    perform(file, "agree", actor=actor(people.secretariat_host))
    return file.reload()


def replaced(people: Cast, time: Rehearsal) -> MethodDeclaration:
    """Replaced by a later one of the same version."""
    file = in_use(people, time)
    in_use(people, time, version=file.methodology_version, declared="solar_pv")
    return file.reload()


def declined(people: Cast, time: Rehearsal) -> MethodDeclaration:
    """Declined by the Indian secretariat."""
    file = proposed(people, time)
    perform(file, "decline", actor=actor(people.secretariat_host), grounds="The factor is another one.")
    return file.reload()


def withdrawn(people: Cast, time: Rehearsal) -> MethodDeclaration:
    """Taken back by the Japanese secretariat."""
    file = proposed(people, time)
    perform(file, "withdraw", actor=actor(people.secretariat_japan))
    return file.reload()


WAYS = {
    State.PROPOSED: proposed,
    State.IN_USE: in_use,
    State.REPLACED: replaced,
    State.DECLINED: declined,
    State.WITHDRAWN: withdrawn,
}
BY_EDITION = in_each(PROCEDURE.tables, WAYS)
NEEDS = {
    "agree": Need(by=lambda people: people.secretariat_host),
    "decline": Need({"grounds": GROUNDS}, by=lambda people: people.secretariat_host),
    "withdraw": Need(by=lambda people: people.secretariat_japan),
}
