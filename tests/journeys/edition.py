"""How to bring a change of edition into each of its states."""

from __future__ import annotations

from typing import Any

from apps.core.clock import Rehearsal
from apps.rules.models import EditionChange
from apps.rules.procedure.edition import PROCEDURE, State
from apps.workflow.services import open_file, perform
from tests.decision import decide
from tests.journeys.editions import EDITION, in_each
from tests.journeys.walker import Need
from tests.people import Cast, actor


def proposed(people: Cast, _time: Rehearsal | None = None, **inputs: Any) -> EditionChange:
    """Proposed by the Indian secretariat: the second generation, from its adoption on."""
    given = {"new_edition": "jcm_2022", "title": "Rules of the second generation", "edition": EDITION.get(), **inputs}
    opened = open_file(EditionChange, "propose", actor=actor(people.secretariat_host), **given)
    assert isinstance(opened, EditionChange)
    return opened


def adopted(people: Cast, _time: Rehearsal | None = None, **inputs: Any) -> EditionChange:
    """Adopted by the committee."""
    change = proposed(people, **inputs)
    decide(people, change, "adopt")
    return change.reload()


def refused(people: Cast, _time: Rehearsal | None = None) -> EditionChange:
    """Refused by the committee."""
    change = proposed(people)
    decide(people, change, "refuse", grounds="The forms are not ready.")
    return change.reload()


def withdrawn(people: Cast, _time: Rehearsal | None = None) -> EditionChange:
    """Taken back."""
    change = proposed(people)
    perform(change, "withdraw", actor=actor(people.co_chair_japan))
    return change.reload()


WAYS = {State.PROPOSED: proposed, State.ADOPTED: adopted, State.REFUSED: refused, State.WITHDRAWN: withdrawn}
BY_EDITION = in_each(PROCEDURE.tables, WAYS)
NEEDS = {"refuse": Need({"grounds": "The forms are not ready."})}
