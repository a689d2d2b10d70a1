"""Findings in a verification: forward action requests from validation to round, site visit, who verifies."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from apps.core.errors import NotReady
from apps.documents.kinds import Kind
from apps.findings.kinds import FindingKind, rows_of_form
from apps.findings.models import Finding
from apps.findings.services import take_up
from apps.issuance.models import Round
from apps.issuance.procedure import State
from apps.projects.models import Project
from apps.projects.procedure import State as ProjectState
from apps.workflow import editions
from apps.workflow.actors import Actor
from apps.workflow.editions import Mark, Parameter
from apps.workflow.services import perform
from tests.findings.raising import raised
from tests.issuance.walk import ENDS_ON, Course
from tests.journeys import measure as special_measure
from tests.people import actor
from tests.projects.walk import World, upload
from tests.refused import refused

CAR, FAR = FindingKind.CAR, FindingKind.FAR
NEXT = (ENDS_ON + timedelta(days=1), ENDS_ON + timedelta(days=90))


def registered_with(course: Course, kind: FindingKind = FAR) -> tuple[Project, Finding]:
    """A registered project about which a forward action request was raised in the validation."""
    project = course.world.in_validation()
    finding = raised(project, course.people.tpe, kind)
    return course.world.reach(ProjectState.REGISTERED, project), finding


def reported(course: Course, one: Round) -> Round:
    """With the verifier's report."""
    upload(one, course.people.tpe, Kind.VERIFICATION_REPORT)
    return one


# --- The assignment -------------------------------------------------------------------------------


def test_a_verifier_accepts_once_and_reports_only_then(course: Course) -> None:
    one = reported(course, course.reach(State.VERIFICATION))
    for attempt in (course.verify, lambda one: course.act(one, "verify_negative", course.people.tpe, grounds="None")):
        with refused(NotReady, "ISS-23"):
            attempt(one)
    with refused(NotReady, "ISS-23"):
        course.act(one, "take_up_forwards", course.people.tpe)
    course.world.accept(one)
    with refused(NotReady, "ISS-24"):
        course.act(one, "accept_assignment", course.people.tpe, declaration="no_conflict")


def test_a_verifier_that_declines_makes_way_for_another(course: Course) -> None:
    one = course.in_verification()
    course.act(one, "decline_assignment", course.people.tpe, grounds="We advised the focal point.")
    one = one.reload()
    assert (one.state, one.verifier, one.accepted_on) == ("reported", None, None)
    assert course.reach(State.VERIFIED, one).verifier == course.world.usual_entity


def test_the_entity_that_validated_verifies_only_where_the_edition_lets_it(course: Course, monkeypatch: Any) -> None:
    one = course.reach(State.REPORTED)
    rules = editions.JCM_2013
    forbidden = {**rules.parameters, "same_entity_may_verify": Parameter(value=False, mark=Mark.RECALLED, source="a test")}
    monkeypatch.setattr(editions.Edition, "gate", lambda _rules, name: bool(forbidden[name].value))
    with refused(NotReady, "ISS-25"):
        course.act(one, "assign_verifier", course.people.participant_host, verifier=course.world.usual_entity)
    other = course.world.entity(course.people.other_tpe)
    course.act(one, "assign_verifier", course.people.participant_host, verifier=other)
    monkeypatch.undo()
    course.act(one, "change_verifier", course.people.participant_host, verifier=course.world.usual_entity)
    assert one.reload().verifier == one.project.validator


# --- Requests and rows ----------------------------------------------------------------------------


def test_a_positive_opinion_waits_for_requests_and_rows(course: Course) -> None:
    one = reported(course, course.in_verification())
    finding = raised(one, course.people.tpe)
    assert finding.reference == "IN001-R1-CAR1"
    rows = rows_of_form(one.assessment, one.rules)
    assert [int(row) for row in rows] == [201, 202, 203, 204, 205, 206]
    with refused(NotReady, "ISS-21", "ISS-22"):
        course.verify(one, requirements=rows[1:])
    perform(finding, "respond", actor=actor(course.people.participant_host), response="The certificate is enclosed.")
    perform(finding, "close", actor=actor(course.people.tpe), conclusion="The meter was calibrated.")
    assert course.verify(one).data["inputs"]["requirements"] == [201, 202, 203, 204, 205, 206]


def test_a_negative_opinion_needs_neither(course: Course) -> None:
    one = reported(course, course.in_verification())
    raised(one, course.people.tpe)
    course.act(one, "verify_negative", course.people.tpe, grounds="IN001-R1-CAR1 is open")
    assert one.reload().state == "not_verified"


def test_requests_end_with_a_round_that_is_given_up_and_forward_ones_wait(course: Course) -> None:
    one = course.in_verification()
    corrective, forward = raised(one, course.people.tpe), raised(one, course.people.tpe, FAR)
    course.act(one, "withdraw", course.people.participant_host)
    assert [corrective.reload().state, forward.reload().state] == ["lapsed", "carried"]


# --- Forward action requests ----------------------------------------------------------------------


def test_a_forward_request_is_taken_up_at_the_first_verification_and_closed_there(course: Course) -> None:
    project, finding = registered_with(course)
    other = course.world.entity(course.people.other_tpe)
    one = course.reach(State.REPORTED, course.open(project))
    course.act(one, "assign_verifier", course.people.participant_host, verifier=other)
    assert finding.reload().state == "carried"
    course.world.accept(one, by=course.people.other_tpe)
    assert (finding.reload().state, finding.reload().file) == ("raised", one)
    upload(one, course.people.other_tpe, Kind.VERIFICATION_REPORT)
    with pytest.raises(NotReady) as caught:
        course.verify(one, by=course.people.other_tpe)
    assert [str(problem) for problem in caught.value.problems] == [
        "ISS-21 IN001-FAR1 is open (Waits for a response); close it, or carry it on with a statement"
    ]
    perform(finding, "respond", actor=actor(course.people.participant_host), response="The meter is installed.")
    perform(finding, "close", actor=actor(course.people.other_tpe), conclusion="Seen on site.")
    course.verify(one, by=course.people.other_tpe)
    assert (finding.reload().state, one.reload().state) == ("closed", "verified")


def test_a_forward_request_may_be_carried_on_to_the_next_round(course: Course) -> None:
    project, finding = registered_with(course)
    first = reported(course, course.in_verification(course.open(project)))
    perform(finding, "carry_on", actor=actor(course.people.tpe), statement="The meter comes next spring.")
    course.verify(first)
    second = course.in_verification(course.open(project, *NEXT))
    finding = finding.reload()
    assert (finding.state, finding.file, finding.rounds) == ("raised", second, 2)


def test_a_forward_request_of_a_round_that_was_given_up_waits_for_the_next(course: Course) -> None:
    project, finding = registered_with(course)
    first = course.in_verification(course.open(project))
    course.act(first, "withdraw", course.people.participant_host)
    second = course.in_verification(course.open(project))
    assert (finding.reload().state, finding.reload().file) == ("raised", second)


def test_rounds_that_are_verified_side_by_side_do_not_take_each_others_requests(course: Course) -> None:
    project, finding = registered_with(course)
    first = course.in_verification(course.open(project))
    second = reported(course, course.in_verification(course.open(project, *NEXT)))
    assert finding.reload().file == first
    course.verify(second)
    assert finding.reload().file == first


def test_what_is_raised_in_a_validation_that_still_runs_is_taken_up_as_well(course: Course) -> None:
    project = course.world.in_validation()
    one = reported(course, course.in_verification(course.open(project)))
    finding = raised(project, course.people.tpe, FAR)
    with refused(NotReady, "ISS-27"):
        course.verify(one)
    taken = course.act(one, "take_up_forwards", course.people.tpe)
    assert taken.data["taken_up"] == ["IN001-FAR1"]
    perform(finding, "carry_on", actor=actor(course.people.tpe), statement="It concerns the second year.")
    course.verify(one)
    assert finding.reload().state == "carried"


def test_only_forward_requests_are_taken_up_and_only_at_a_round(course: Course) -> None:
    project = course.world.in_validation()
    corrective, forward = raised(project, course.people.tpe), raised(project, course.people.tpe, FAR)
    with refused(NotReady, "FND-04", "FND-05"):
        take_up([corrective], at=project)
    with refused(NotReady, "FND-05"):
        take_up([forward], at=project)
    with refused(NotReady, "FND-05"):
        perform(forward, "take_up", actor=Actor.clock())


# --- The site visit -------------------------------------------------------------------------------


def test_the_first_verification_visits_the_site(course: Course) -> None:
    one = reported(course, course.in_verification())
    with refused(NotReady, "ISS-26"):
        course.verify(one, visited_on=None)
    with refused(NotReady, "ISS-26"):
        course.verify(one, visited_on=course.world.today + timedelta(days=1))
    with refused(NotReady, "ISS-26"):
        course.verify(one, examination="other_techniques", techniques="Video")
    assert course.verify(one).data["inputs"]["visited_on"] == course.world.today.isoformat()


def test_a_later_verification_may_do_without(course: Course) -> None:
    first = course.reach(State.VERIFIED)
    second = reported(course, course.in_verification(course.open(first.project, *NEXT)))
    event = course.verify(second, examination="other_techniques", visited_on=None)
    assert "special_measure" not in event.data


def test_a_special_measure_lets_a_first_verification_do_without_if_it_is_justified(course: Course) -> None:
    today = course.world.today.isoformat()
    assert special_measure.adopted(course.people, starts_on=today, ends_on="2038-12-31").reference == "IN_SM001"
    one = reported(course, course.in_verification())
    with refused(NotReady, "ISS-26"):
        course.verify(one, examination="other_techniques", visited_on=None)
    event = course.verify(one, examination="other_techniques", visited_on=None, techniques="Video; borders are closed.")
    assert event.data["special_measure"] == "IN_SM001"


# --- Validation and verification at once ----------------------------------------------------------


@pytest.mark.parametrize("edition", ["jcm", "india"])
def test_a_round_is_verified_in_validation_and_requested_after_registration(edition: str, request: pytest.FixtureRequest) -> None:
    world: World = request.getfixturevalue(edition)
    course = Course(world)
    project = world.in_validation()
    one = course.reach(State.VERIFIED, course.open(project))
    assert project.reload().state == "validation"
    upload(one, course.people.participant_japan, Kind.ISSUANCE_REQUEST)
    with refused(NotReady, "ISS-08"):
        course.act(one, "request_issuance", course.people.participant_japan)
    if world.edition == "jcm_2013":
        world.reach(ProjectState.REGISTERED, project)
        course.act(one, "request_issuance", course.people.participant_japan)
        assert one.reload().state == "requested"
