"""How to bring a finding into each of its states, by real steps under a rehearsed clock."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from apps.core.clock import Rehearsal
from apps.findings.kinds import FindingKind
from apps.findings.models import Finding
from apps.findings.procedure import State
from apps.projects.models import Project
from apps.workflow.services import perform
from tests.findings.raising import about_a_project
from tests.issuance.walk import Course
from tests.journeys.editions import EDITION, in_each
from tests.journeys.walker import Need, Scene
from tests.people import Cast, actor
from tests.projects.walk import World

Journey = Callable[[Cast, Rehearsal], Finding]


def waiting(people: Cast, time: Rehearsal, *, kind: FindingKind = FindingKind.CAR) -> Finding:
    """Raised in a validation."""
    return about_a_project(World(people, time, EDITION.get()), kind)


def responded(people: Cast, time: Rehearsal) -> Finding:
    """Answered by the participants."""
    finding = waiting(people, time)
    perform(finding, "respond", actor=actor(people.participant_host), response="Section B.3 now counts both boilers.")
    return finding.reload()


def closed(people: Cast, time: Rehearsal) -> Finding:
    """Answered, and found to be answered."""
    finding = responded(people, time)
    perform(finding, "close", actor=actor(people.tpe), conclusion="Both boilers are counted.")
    return finding.reload()


def withdrawn(people: Cast, time: Rehearsal) -> Finding:
    """Raised in error."""
    finding = waiting(people, time)
    perform(finding, "withdraw", actor=actor(people.tpe), grounds="The drawing was an old one.")
    return finding.reload()


def lapsed(people: Cast, time: Rehearsal) -> Finding:
    """Of a project that is withdrawn."""
    finding = waiting(people, time)
    perform(finding.file, "withdraw", actor=actor(people.participant_host))
    return finding.reload()


def taken_up(people: Cast, time: Rehearsal) -> Finding:
    """A forward action request at the first verification."""
    finding = waiting(people, time, kind=FindingKind.FAR)
    project = Project.objects.get(pk=finding.subject_id)
    course = Course(World(people, time, EDITION.get()))
    course.world.made["entity"] = project.validator
    course.in_verification(course.open(project))
    return finding.reload()


JOURNEYS: dict[State, Journey] = {
    State.RAISED: waiting,
    State.RESPONDED: responded,
    State.CARRIED: partial(waiting, kind=FindingKind.FAR),
    State.CLOSED: closed,
    State.WITHDRAWN: withdrawn,
    State.LAPSED: lapsed,
}
BY_EDITION = in_each(Finding.procedure.tables, JOURNEYS)


def its_round(scene: Scene) -> dict[str, object]:
    """The round at whose verification it is taken up."""
    return {"taken_up_by": scene.file.file}


RESPONSE = Need({"response": "Section B.3 now counts both boilers."})
NEEDS = {
    "respond": RESPONSE,
    "respond_with_evidence": RESPONSE,
    "send_back": Need({"missing": "The capacity of the second boiler"}),
    "close": Need({"conclusion": "Both boilers are counted."}),
    "take_up": Need(its_round, reach=taken_up),
    "carry_on": Need({"statement": "The meter is calibrated next spring."}, reach=taken_up),
    "withdraw": Need({"grounds": "The drawing was an old one."}),
}
