"""How to bring a project into each of its states, in each edition, by real steps under a rehearsed clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from apps.core.clock import Rehearsal
from apps.documents.kinds import Kind
from apps.findings.kinds import rows_of_form
from apps.projects.models import Participant, Project
from apps.projects.procedure import State
from apps.rehearsal.acts.stage import itemised
from apps.workflow.services import perform
from tests.decision import decide
from tests.journeys.walker import Need, Scene
from tests.people import Cast, actor
from tests.projects.walk import FOUND_ADDITIONAL, PLAN, World, signed, upload

Journey = Callable[[Cast, Rehearsal], Project]
Way = Callable[[World], Project]

GROUNDS = "The baseline is not conservative."
QUESTIONS = "Why is the load factor 0.9 in every year?"
ANSWER = "It is the factor of the supplier's warranty."


def straight(state: State, world: World) -> Project:
    """Straight ahead."""
    return world.reach(state)


def not_validated(world: World) -> Project:
    """After a negative opinion."""
    project = world.reach(State.VALIDATION)
    world.accept(project)
    upload(project, world.people.tpe, Kind.VALIDATION_REPORT)
    perform(project, "report_negative", actor=actor(world.people.tpe), grounds=GROUNDS)
    return project.reload()


def government_refused(world: World) -> Project:
    """After the Government of Japan refused its prior approval."""
    project = world.reach(State.ALLOCATION_PROPOSED)
    perform(project, "refuse_registration_japan", actor=actor(world.people.government_japan), grounds=GROUNDS)
    return project.reload()


def allocation_refused(world: World) -> Project:
    """After the Government of Japan refused the allocation."""
    project = world.reach(State.ALLOCATION_PROPOSED)
    perform(project, "refuse_allocation_japan", actor=actor(world.people.government_japan), grounds=GROUNDS)
    return project.reload()


def incomplete(world: World) -> Project:
    """Request sent back for completion."""
    project = world.reach(State.REQUESTED)
    given = itemised(project, "request_completion", {"missing": "A signature"})
    perform(project, "request_completion", actor=actor(world.people.secretariat_host), **given)
    return project.reload()


def not_registered(world: World) -> Project:
    """After the committee refused."""
    project = world.reach(State.CONSIDERATION)
    decide(world.people, project, "reject", grounds=GROUNDS)
    return project.reload()


def under_review(world: World) -> Project:
    """Sent to review by the committee."""
    project = world.reach(State.CONSIDERATION)
    decide(world.people, project, "send_to_review", questions=QUESTIONS)
    return project.reload()


def request_withdrawn(world: World) -> Project:
    """Request withdrawn before the decision."""
    project = world.reach(State.CONSIDERATION)
    upload(project, world.people.participant_japan, Kind.REGISTRATION_WITHDRAWAL)
    perform(project, "withdraw_request", actor=actor(world.people.participant_japan))
    return project.reload()


def withdrawn(world: World) -> Project:
    """Withdrawn in validation."""
    project = world.reach(State.VALIDATION)
    perform(project, "withdraw", actor=actor(world.people.participant_host))
    return project.reload()


def withdrawn_registered(world: World) -> Project:
    """Withdrawn after registration, signed by all."""
    project = world.reach(State.REGISTERED)
    upload(project, world.people.participant_japan, Kind.PROJECT_WITHDRAWAL)
    both = [one.organisation_id for one in project.participants.all()]
    perform(project, "withdraw_registered", actor=actor(world.people.participant_japan), signed_by=both)
    return project.reload()


ASIDE: dict[State, Way] = {
    State.NOT_VALIDATED: not_validated,
    State.GOVERNMENT_REFUSED: government_refused,
    State.ALLOCATION_REFUSED: allocation_refused,
    State.INCOMPLETE: incomplete,
    State.NOT_REGISTERED: not_registered,
    State.UNDER_REVIEW: under_review,
    State.REQUEST_WITHDRAWN: request_withdrawn,
    State.WITHDRAWN: withdrawn,
    State.WITHDRAWN_REGISTERED: withdrawn_registered,
}


def _journey(edition: str, way: Way, people: Cast, time: Rehearsal) -> Project:
    return way(World(people, time, edition))


def _journeys(edition: str) -> dict[State, Journey]:
    states = {state for row in Project.procedure.rows(edition) for state in (*row.source, row.target) if state is not None}
    ways = {state: ASIDE.get(state) or partial(straight, state) for state in State if state in states}
    return {state: partial(_journey, edition, way) for state, way in ways.items()}


BY_EDITION: Mapping[str, Mapping[State, Journey]] = {edition: _journeys(edition) for edition in Project.procedure.tables}
# The edition that knows most states.
JOURNEYS = BY_EDITION["india_2026"]


def another_entity(scene: Scene) -> dict[str, int]:
    """Another verifier, designated in the meantime."""
    return {"validator": World(scene.people, scene.time, scene.edition).entity(scene.people.other_tpe).pk}


def a_new_statement(scene: Scene) -> None:
    """A communication statement that no earlier step rests on."""
    upload(scene.file, scene.people.participant_japan, Kind.MOC_STATEMENT, text="as changed")


def another_indian_participant_too(scene: Scene) -> None:
    """A new statement, and somebody who remains."""
    a_new_statement(scene)
    Participant.objects.create(project=scene.file, organisation=scene.people.stranger.organisation, side="host")


def the_indian_one(scene: Scene) -> dict[str, Any]:
    """The Indian participant."""
    return {"organisation": scene.people.participant_host.organisation}


def both(scene: Scene) -> dict[str, Any]:
    """All participants."""
    return {"signed_by": [scene.people.participant_host.organisation, scene.people.participant_japan.organisation]}


def a_plan_and_signatories(scene: Scene) -> dict[str, Any]:
    """A plan of sustainable development and who signs, where the edition cannot do without."""
    return {**({"sd_plan": PLAN} if scene.edition == "india_2026" else {}), **signed(scene.file)}


def accepted(scene: Scene) -> None:
    """The entity has accepted its assignment."""
    World(scene.people, scene.time, scene.edition).accept(scene.file)


def every_row(scene: Scene) -> dict[str, Any]:
    """Every row of the form ticked."""
    is_validated = scene.procedure.key == "project" and scene.file.rules.gate("additionality_gate")
    found = FOUND_ADDITIONAL if is_validated else {}
    return {"requirements": rows_of_form(scene.file.assessment, scene.file.rules), "examination": "site_visit", **found}


GROUNDED = Need({"grounds": GROUNDS})
ACCEPTANCE = Need({"declaration": "no_conflict"})
ALLOCATION = {"host_percent": 40, "crediting_starts_on": "2028-04-01", "crediting_ends_on": "2038-03-31"}
NEEDS = {
    "amend": Need({"title": "Solar heat for two dairies"}),
    "change_contacts": Need({"signatories": "Solar India; primary; Asha Rao; Director; rao@example.org"}, a_new_statement),
    "amend_in_validation": Need({"title": "Solar heat for two dairies"}),
    "submit_pdd": Need(a_plan_and_signatories),
    "return_pdd": Need({"missing": "Section B"}),
    "assign_validator": Need(another_entity),
    "change_validator": Need(another_entity),
    "accept_assignment": ACCEPTANCE,
    "decline_assignment": GROUNDED,
    "report_positive": Need(every_row, before=accepted),
    "report_negative": Need({"grounds": GROUNDS}, before=accepted),
    "propose_allocation": Need(ALLOCATION),
    "refuse_registration_host": GROUNDED,
    "refuse_registration_japan": GROUNDED,
    "refuse_allocation_host": GROUNDED,
    "refuse_allocation_japan": GROUNDED,
    "conclude_agreement": Need(follows="agree_allocation_japan"),
    "conclude_approvals": Need(follows="approve_registration_japan"),
    "request_completion": Need({"missing": "A signature"}),
    "reject": GROUNDED,
    "send_to_review": Need({"questions": QUESTIONS}),
    "answer_review": Need({"answer": ANSWER}),
    "answer_review_with_evidence": Need({"answer": ANSWER}),
    "change_focal_point": Need(lambda scene: {"successor": scene.people.participant_host.organisation}, a_new_statement),
    "add_participant": Need(lambda scene: {"organisation": scene.people.stranger.organisation, "side": "host"}, a_new_statement),
    "rename_participant": Need(lambda scene: {**the_indian_one(scene), "new_name": "Solar India Renewables"}, a_new_statement),
    "withdraw_participant": Need(the_indian_one, another_indian_participant_too),
    "withdraw_defunct_participant": Need(
        the_indian_one, another_indian_participant_too, by=lambda people: people.participant_japan
    ),
    "withdraw_registered": Need(both),
}
