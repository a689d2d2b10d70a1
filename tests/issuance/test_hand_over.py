"""An entity that stops leaves open work behind: it cannot report, and naming another entity is the way out (rules 2.18)."""

from __future__ import annotations

import pytest

from apps.core.errors import NotReady
from apps.documents.kinds import Kind
from apps.findings.kinds import rows_of_form
from apps.issuance.procedure import State
from apps.projects.procedure import State as ProjectState
from apps.third_party_entities.models import ThirdPartyEntity
from apps.third_party_entities.render import notes
from apps.workflow.services import perform
from tests.decision import decide
from tests.issuance.walk import Course
from tests.people import actor
from tests.projects.walk import World, upload
from tests.refused import refused

pytestmark = pytest.mark.django_db

OPEN_WORK = "The validation of one project, which the second verifier goes on with."


def withdraw(world: World, entity: ThirdPartyEntity, successor: ThirdPartyEntity) -> None:
    """By notice, with another entity that takes over; a day later the scopes are gone."""
    perform(entity, "withdraw", actor=actor(world.people.tpe), open_work=OPEN_WORK, successor=successor)
    world.days(1)


def suspend(world: World, entity: ThirdPartyEntity, _successor: ThirdPartyEntity) -> None:
    """By decision after a hearing, until it is lifted."""
    decide(world.people, entity, "open_review", grounds="Copied reports")
    perform(entity, "answer_review", actor=actor(world.people.tpe), statement="A mistake")
    decide(world.people, entity, "suspend", grounds="Copied reports")


WAYS = pytest.mark.parametrize("stop", [withdraw, suspend])


@WAYS
def test_a_validation_is_handed_over_by_naming_another_entity(jcm: Course, stop: object) -> None:
    world, people = jcm.world, jcm.people
    project, other = world.in_validation(), world.entity(jcm.people.other_tpe)
    every_row = {"requirements": rows_of_form(project.assessment, project.rules), "examination": "site_visit"}
    upload(project, people.tpe, Kind.VALIDATION_REPORT)
    stop(world, world.usual_entity, other)  # type: ignore[operator] # reason: one of the two above
    for step, given in (("report_positive", every_row), ("report_negative", {"grounds": "Not conservative"})):
        with refused(NotReady, "PRJ-10"):
            perform(project, step, actor=actor(people.tpe), **given)
    with refused(NotReady, "PRJ-10"):
        perform(project, "change_validator", actor=actor(people.participant_japan), validator=world.usual_entity)
    perform(project, "change_validator", actor=actor(people.participant_japan), validator=other)
    world.accept(project, people.other_tpe)
    upload(project, people.other_tpe, Kind.VALIDATION_REPORT)
    perform(project, "report_positive", actor=actor(people.other_tpe), **every_row)
    assert (project.reload().state, project.reload().validator) == (ProjectState.VALIDATED, other)


@WAYS
def test_a_verification_is_handed_over_by_naming_another_entity(jcm: Course, stop: object) -> None:
    people, one = jcm.people, jcm.in_verification()
    other = jcm.world.entity(people.other_tpe)
    upload(one, people.tpe, Kind.VERIFICATION_REPORT)
    stop(jcm.world, jcm.world.usual_entity, other)  # type: ignore[operator] # reason: one of the two above
    with refused(NotReady, "ISS-10"):
        jcm.verify(one)
    with refused(NotReady, "ISS-10"):
        jcm.act(one, "verify_negative", people.tpe, grounds="None")
    with refused(NotReady, "ISS-10"):
        jcm.act(one, "change_verifier", people.participant_host, verifier=jcm.world.usual_entity)
    jcm.act(one, "change_verifier", people.participant_host, verifier=other)
    jcm.world.accept(one, people.other_tpe)
    upload(one, people.other_tpe, Kind.VERIFICATION_REPORT)
    jcm.verify(one, people.other_tpe)
    assert (one.reload().state, one.reload().verifier) == (State.VERIFIED, other)


def test_a_withdrawal_says_what_is_open_and_who_takes_over(jcm: Course) -> None:
    world, people = jcm.world, jcm.people
    entity, other = world.usual_entity, world.entity(people.other_tpe)
    with refused(NotReady, "DOOR-07"):
        perform(entity, "withdraw", actor=actor(people.tpe))
    withdraw(world, entity, other)
    found = entity.reload()
    assert (found.state, found.successor) == ("withdrawn_voluntarily", other)
    assert {fact.term: fact.words for fact in notes(found)}["Open work taken over by"] == str(other)


def test_work_is_taken_over_by_another_entity_that_may_work(jcm: Course) -> None:
    world, people = jcm.world, jcm.people
    entity, other = world.usual_entity, world.entity(people.other_tpe)
    with refused(NotReady, "TPE-10"):
        perform(entity, "withdraw", actor=actor(people.tpe), open_work=OPEN_WORK, successor=entity)
    decide(people, other, "open_review", grounds="Copied reports")
    perform(other, "answer_review", actor=actor(people.other_tpe), statement="A mistake")
    decide(people, other, "suspend", grounds="Copied reports")
    with refused(NotReady, "TPE-10"):
        perform(entity, "withdraw", actor=actor(people.tpe), open_work=OPEN_WORK, successor=other)
    perform(other, "withdraw", actor=actor(people.other_tpe), open_work="None")
    with refused(NotReady, "TPE-10"):
        perform(entity, "withdraw", actor=actor(people.tpe), open_work=OPEN_WORK, successor=other)
    perform(entity, "withdraw", actor=actor(people.tpe), open_work="None")
    assert entity.reload().successor is None
