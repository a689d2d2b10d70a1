"""Findings in a validation: who raises and answers them, and what they stand in the way of."""

from __future__ import annotations

from datetime import date

import pytest

from apps.accounts.models import Membership
from apps.core.errors import NotAllowed, NotReady
from apps.documents.kinds import Kind
from apps.events.models import Event
from apps.findings.kinds import FindingKind, Requirement, rows_of_form
from apps.findings.models import Finding
from apps.projects.procedure import State
from apps.workflow.holding import Holding, holding_of
from apps.workflow.models import Subject
from apps.workflow.options import worklist
from apps.workflow.policies import held_by, may_know
from apps.workflow.services import open_file, perform
from tests.findings.raising import raised
from tests.people import actor
from tests.projects.walk import World, upload
from tests.refused import refused

CAR, CL, FAR = FindingKind.CAR, FindingKind.CL, FindingKind.FAR


def holding(membership: Membership, on: date) -> Holding:
    found = holding_of(membership, on)
    assert found
    return found


def steps_of(file: Subject) -> list[str]:
    events = Event.objects.filter(subject_type=file.procedure.key, subject_id=file.pk).order_by("version")
    return [event.type.partition(".")[2] for event in events]


# --- The assignment -------------------------------------------------------------------------------


def test_an_entity_accepts_once_and_reports_only_then(jcm: World) -> None:
    project, people = jcm.reach(State.VALIDATION), jcm.people
    upload(project, people.tpe, Kind.VALIDATION_REPORT)
    assert worklist(people.tpe) == [project]
    with refused(NotReady, "PRJ-24"):
        jcm.report(project)
    with refused(NotReady, "PRJ-24"):
        perform(project, "report_negative", actor=actor(people.tpe), grounds="The baseline is not conservative.")
    with refused(NotReady, "DOOR-07"):
        perform(project, "accept_assignment", actor=actor(people.tpe))
    jcm.accept(project)
    assert project.reload().accepted_on == date(2027, 4, 15)
    with refused(NotReady, "PRJ-25"):
        perform(project, "accept_assignment", actor=actor(people.tpe), declaration="no_conflict")
    assert jcm.report(project).data["inputs"]["requirements"] == [*range(101, 112)]


def test_an_entity_that_takes_part_cannot_declare_that_it_has_no_conflict(jcm: World) -> None:
    project, people = jcm.reach(State.VALIDATION), jcm.people
    perform(project, "amend_in_validation", actor=actor(people.participant_japan), focal_point=people.tpe.organisation)
    with refused(NotReady, "PRJ-11"):
        perform(project, "accept_assignment", actor=actor(people.tpe), declaration="no_conflict")


def test_an_entity_that_declines_makes_way_for_another(jcm: World) -> None:
    project, people = jcm.reach(State.VALIDATION), jcm.people
    perform(project, "decline_assignment", actor=actor(people.tpe), grounds="We advised the focal point.")
    project = project.reload()
    assert (project.state, project.validator) == ("inputs_closed", None)
    other = jcm.entity(people.other_tpe)
    perform(project, "assign_validator", actor=actor(people.participant_host), validator=other)
    with refused(NotAllowed, "DOOR-00"):
        perform(project, "accept_assignment", actor=actor(people.tpe), declaration="no_conflict")
    jcm.accept(project, by=people.other_tpe)
    assert project.reload().accepted_on == jcm.today


def test_another_entity_accepts_anew_and_acts_on_what_the_first_has_raised(jcm: World) -> None:
    project, people = jcm.in_validation(), jcm.people
    finding = raised(project, people.tpe)
    perform(project, "change_validator", actor=actor(people.participant_host), validator=jcm.entity(people.other_tpe))
    assert project.reload().accepted_on is None
    with refused(NotAllowed, "DOOR-00"):
        perform(finding, "withdraw", actor=actor(people.tpe), grounds="No longer ours")
    perform(finding, "withdraw", actor=actor(people.other_tpe), grounds="The drawing was an old one.")
    assert (finding.reload().state, finding.reload().raised_by) == ("withdrawn", people.tpe.organisation)


# --- Raising --------------------------------------------------------------------------------------


def test_findings_are_numbered_by_kind_at_their_file(jcm: World) -> None:
    project, entity = jcm.in_validation(), jcm.people.tpe
    found = [raised(project, entity, kind) for kind in (CAR, CL, CAR, FAR)]
    assert [one.reference for one in found] == ["IN001-CAR1", "IN001-CL1", "IN001-CAR2", "IN001-FAR1"]
    assert [one.state for one in found] == ["raised", "raised", "raised", "carried"]
    assert (found[0].requirement, found[0].file, found[0].rounds) == (Requirement.EMISSIONS, project, 1)


def test_only_the_entity_of_the_file_raises(jcm: World) -> None:
    project, people = jcm.in_validation(), jcm.people
    jcm.entity(people.other_tpe)
    with refused(NotReady, "FND-01"):
        raised(project, people.other_tpe)
    with refused(NotAllowed, "DOOR-00"):
        raised(project, people.participant_host)


def test_nothing_is_raised_before_acceptance_or_after_the_opinion(jcm: World) -> None:
    project, entity = jcm.reach(State.VALIDATION), jcm.people.tpe
    with refused(NotReady, "FND-02"):
        raised(project, entity)
    project = jcm.reach(State.VALIDATED, project)
    with refused(NotReady, "FND-02"):
        raised(project, entity, FAR)


@pytest.mark.parametrize("requirement", [Requirement.CALIBRATION, Requirement.SD_PLAN])
def test_a_finding_is_about_a_row_of_its_form(jcm: World, requirement: Requirement) -> None:
    project = jcm.in_validation()
    with refused(NotReady, "FND-03"):
        raised(project, jcm.people.tpe, requirement=requirement)


def test_the_form_of_the_later_generations_has_more_rows(india: World) -> None:
    project = india.in_validation()
    assert raised(project, india.people.tpe, requirement=Requirement.SD_PLAN).reference == "IN001-CAR1"
    assert len(rows_of_form(project.assessment, project.rules)) == 14


def test_a_file_is_named_by_its_number_and_an_unknown_one_refused(jcm: World) -> None:
    project, entity = jcm.in_validation(), jcm.people.tpe
    assert raised(project, entity, about=project).file == project
    given = {"title": "Boilers", "requirement": "104", "finding": "One is missing.", "kind": "cl"}
    by_number = open_file(Finding, "raise_request", actor=actor(entity), edition="jcm_2013", about="IN001", **given)
    assert (by_number.subject_type, by_number.subject_id) == ("project", project.pk)
    for about in ("IN999", "tpe:1", "project:999999", f"project:{jcm.open().pk}", "\x00"):
        with refused(NotReady, "DOOR-08"):
            open_file(Finding, "raise_request", actor=actor(entity), edition="jcm_2013", about=about, **given)


# --- Answering ------------------------------------------------------------------------------------


def test_rounds_of_responses_end_with_a_conclusion(jcm: World) -> None:
    people, finding = jcm.people, raised(jcm.in_validation(), jcm.people.tpe, CL)
    assert finding in worklist(people.participant_japan)
    perform(finding, "respond", actor=actor(people.participant_host), response="There is one boiler.")
    assert finding in worklist(people.tpe)
    assert finding not in worklist(people.participant_host)
    perform(finding, "send_back", actor=actor(people.tpe), missing="A photograph")
    upload(finding, people.participant_japan, Kind.FINDING_EVIDENCE)
    answered = perform(finding, "respond_with_evidence", actor=actor(people.participant_japan), response="See the photograph.")
    perform(finding, "close", actor=actor(people.tpe), conclusion="One boiler only.")
    finding = finding.reload()
    assert (finding.state, finding.rounds, finding.ended_on) == ("closed", 2, jcm.today)
    assert steps_of(finding) == ["raise_request", "respond", "send_back", "respond_with_evidence", "close"]
    assert len(answered.documents) == 1


def test_evidence_is_asked_for_where_it_is_announced(jcm: World) -> None:
    finding = raised(jcm.in_validation(), jcm.people.tpe)
    with refused(NotReady, "DOOR-05"):
        perform(finding, "respond_with_evidence", actor=actor(jcm.people.participant_host), response="See the photograph.")


def test_only_a_forward_action_request_is_carried_on(jcm: World) -> None:
    finding = raised(jcm.in_validation(), jcm.people.tpe)
    with refused(NotReady, "FND-04"):
        perform(finding, "carry_on", actor=actor(jcm.people.tpe), statement="Next year")


# --- The opinion ----------------------------------------------------------------------------------


def test_a_positive_opinion_waits_for_every_request_and_not_for_forward_ones(jcm: World) -> None:
    project, people = jcm.in_validation(), jcm.people
    corrective, clarification = raised(project, people.tpe), raised(project, people.tpe, CL)
    raised(project, people.tpe, FAR)
    upload(project, people.tpe, Kind.VALIDATION_REPORT)
    with pytest.raises(NotReady) as caught:
        jcm.report(project)
    assert caught.value.codes == ("PRJ-22", "PRJ-22")
    assert caught.value.problems[0].text == (
        "IN001-CAR1 is open (Waits for a response); close it, or withdraw it if it was raised in error"
    )
    perform(corrective, "withdraw", actor=actor(people.tpe), grounds="The drawing was an old one.")
    perform(clarification, "respond", actor=actor(people.participant_host), response="It is the capacity in winter.")
    with refused(NotReady, "PRJ-22"):
        jcm.report(project)
    perform(clarification, "close", actor=actor(people.tpe), conclusion="Clear.")
    jcm.report(project)
    assert project.reload().state == "validated"


def test_a_positive_opinion_needs_every_row_of_the_form(india: World) -> None:
    project, people = india.in_validation(), india.people
    upload(project, people.tpe, Kind.VALIDATION_REPORT)
    rows = [one.value for one in rows_of_form(project.assessment, project.rules)]
    with pytest.raises(NotReady) as caught:
        india.report(project, requirements=rows[:-2])
    assert [(one.code, one.text) for one in caught.value.problems] == [
        ("PRJ-23", f"“{name}” is not ticked; a positive opinion needs every row of the form")
        for name in ("Assessment of reference emissions", "Consistency with the project idea note")
    ]
    with refused(NotReady, "DOOR-07"):
        india.report(project, requirements=[])
    with refused(NotReady, "DOOR-08"):
        india.report(project, requirements=[*rows, 201])
    event = india.report(project, examination="site_visit")
    assert (event.data["inputs"]["requirements"], event.data["inputs"]["examination"]) == (rows, "site_visit")


def test_a_negative_opinion_needs_no_tick_and_leaves_requests_open(jcm: World) -> None:
    project, people = jcm.in_validation(), jcm.people
    finding = raised(project, people.tpe)
    upload(project, people.tpe, Kind.VALIDATION_REPORT)
    perform(project, "report_negative", actor=actor(people.tpe), grounds="IN001-CAR1 is open")
    assert (project.reload().state, finding.reload().state) == ("not_validated", "raised")


def test_requests_end_with_a_project_that_is_withdrawn(jcm: World) -> None:
    project, people = jcm.in_validation(), jcm.people
    found = [raised(project, people.tpe, kind) for kind in (CAR, FAR)]
    perform(project, "withdraw", actor=actor(people.participant_host))
    assert [(one.reload().state, one.reload().ended_on) for one in found] == [("lapsed", jcm.today)] * 2
    assert worklist(people.participant_host) == []


# --- Who knows ------------------------------------------------------------------------------------


def test_a_finding_is_known_to_those_whom_it_concerns(jcm: World) -> None:
    finding, people = raised(jcm.in_validation(), jcm.people.tpe), jcm.people
    knowing = {one.pk for one in people.everybody if may_know(finding, held_by(holding(one, jcm.today), finding))}
    concerned = [
        people.tpe, people.participant_host, people.participant_japan, people.secretariat_host, people.secretariat_japan,
        *people.committee,
    ]  # fmt: skip
    assert knowing == {one.pk for one in concerned}
