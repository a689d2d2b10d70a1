"""What a project's steps refuse: exact codes, nothing recorded."""

from datetime import date
from typing import Any

import pytest

from apps.accounts.models import Membership
from apps.accounts.roles import Side
from apps.core.errors import NotAllowed, NotNow, NotReady
from apps.documents.kinds import Kind
from apps.projects.models import Project
from apps.projects.procedure import State
from apps.rehearsal.acts.stage import itemised
from apps.workflow.actors import Actor
from apps.workflow.options import available_steps, whose_move, worklist
from apps.workflow.services import perform
from tests.decision import decide
from tests.people import actor, organisation
from tests.projects.walk import BY_DECISION, SUBMISSION, World, upload
from tests.refused import refused


def reasons(project: Project, membership: Membership, step: str) -> list[str]:
    """The codes that a page shows beside a step."""
    option = next(one for one in available_steps(project.reload(), membership) if one.row.key == step)
    return [problem.code for problem in option.problems]


# --- Opening --------------------------------------------------------------------------------------


def test_only_participants_open_projects_and_only_their_own(jcm: World) -> None:
    people, version = jcm.people, jcm.usual_version
    for outsider in (people.tpe, people.secretariat_host, people.government_host, people.co_chair_japan):
        with refused(NotAllowed, "DOOR-00"):
            jcm.open(actor=actor(outsider), versions=[version])
    with refused(NotReady, "PRJ-01"):
        jcm.open(actor=actor(people.stranger), versions=[version])


def test_a_project_needs_a_title_and_readable_particulars(jcm: World) -> None:
    version = jcm.usual_version
    for changes, code in (
        ({"title": "  "}, "DOOR-07"),
        ({"activity": "IN62-99"}, "DOOR-08"),
        ({"expected_tonnes_per_year": "12.5"}, "DOOR-08"),
        ({"sites": [{"place": ""}]}, "DOOR-08"),
        ({"sites": [{"place": "A", "latitude": "91", "longitude": "0"}]}, "DOOR-08"),
        ({"versions": [10**9]}, "DOOR-08"),
        ({"focal_point": 10**9}, "DOOR-08"),
        ({"focal_point": None}, "PRJ-02"),
    ):
        with refused(NotReady, code):
            jcm.open(**{"versions": [version], **changes})


def test_an_organisation_takes_part_for_its_own_country_and_once(jcm: World) -> None:
    people, version = jcm.people, jcm.usual_version
    host, japan, neither = people.participant_host.organisation, people.participant_japan.organisation, organisation("Fund")
    with refused(NotReady, "PRJ-03"):
        jcm.open(participants=[(japan, Side.HOST)], versions=[version])
    with refused(NotReady, "PRJ-03", "PRJ-03"):
        jcm.open(participants=[(neither, "host"), (neither, "japan"), (japan, "japan")], versions=[version])
    assert jcm.open(participants=[(host, "host"), (neither, "host"), (japan, "japan")]).participants.count() == 3
    project = jcm.open()
    with refused(NotReady, "PRJ-03", "PRJ-03"):
        perform(project, "amend", actor=actor(people.participant_host), japan_participants=[host])


def test_a_project_takes_the_place_of_an_own_withdrawn_one_and_once(jcm: World) -> None:
    people, old = jcm.people, jcm.reach(State.REQUESTED)
    with refused(NotReady, "PRJ-04"):
        jcm.open(supersedes=old)
    upload(old, people.participant_japan, Kind.REGISTRATION_WITHDRAWAL)
    perform(old, "withdraw_request", actor=actor(people.participant_japan))
    alone = {"participants": [(people.stranger.organisation, "host")], "focal_point": people.stranger.organisation}
    with refused(NotReady, "PRJ-04"):
        jcm.open(actor=actor(people.stranger), supersedes=old, **alone)
    jcm.open(supersedes=old)
    with refused(NotReady, "PRJ-18"):
        jcm.open(supersedes=old)


# --- Submission and publication -------------------------------------------------------------------


def test_a_submission_names_everything_that_is_missing(india: World) -> None:
    people = india.people
    project = india.open(participants=[(people.participant_japan.organisation, "japan")], versions=[], activity="", proposals=[])
    upload(project, people.participant_japan, *SUBMISSION[:2], confidential=True)
    with refused(NotReady, "DOOR-05", "DOOR-05", "PRJ-05", "PRJ-06", "PRJ-09", "PRJ-09", "PRJ-08"):
        india.submit(project)


def test_india_asks_for_an_approved_methodology_before_publication_and_the_first_generation_does_not(world: World) -> None:
    project = world.open(proposals=[world.proposal()])
    upload(project, world.people.participant_japan, *SUBMISSION)
    if world.edition == "jcm_2013":
        world.submit(project)
        assert project.reload().state == "submitted"
        return
    with refused(NotReady, "PRJ-07"):
        world.submit(project)


def test_strangers_and_the_wrong_roles_are_kept_out(india: World) -> None:
    people, project = india.people, india.reach(State.SUBMITTED)
    for outsider in (people.stranger, people.participant_host, people.tpe, people.co_chair_host, people.government_host):
        with refused(NotAllowed, "DOOR-00"):
            perform(project, "publish", actor=actor(outsider))
    with refused(NotAllowed, "DOOR-00"):
        perform(project, "withdraw", actor=actor(people.stranger))
    with refused(NotAllowed, "DOOR-00"):
        perform(project, "publish", actor=BY_DECISION)


def test_a_number_is_a_whole_number_from_one(jcm: World) -> None:
    project = jcm.reach(State.SUBMITTED)
    for number in ("0", "-1", "1.5", "IN004", "100000"):
        with refused(NotReady, "DOOR-08"):
            perform(project, "publish", actor=actor(jcm.people.secretariat_host), number=number)


def test_a_stale_page_and_a_repeated_step_are_refused(jcm: World) -> None:
    project, secretariat = jcm.reach(State.SUBMITTED), actor(jcm.people.secretariat_host)
    with refused(NotNow, "DOOR-04"):
        perform(project, "publish", actor=secretariat, version=project.version - 1)
    perform(project, "publish", actor=secretariat, version=project.version)
    with refused(NotNow, "DOOR-02"):
        perform(project, "publish", actor=secretariat)


# --- Validation -----------------------------------------------------------------------------------


def test_an_entity_without_the_scope_is_not_named(jcm: World) -> None:
    people, project = jcm.people, jcm.reach(State.INPUTS_CLOSED, versions=[jcm.version(1), jcm.version(3)])
    half = jcm.entity(people.other_tpe, scopes=[1])
    with refused(NotReady, "PRJ-10"):
        perform(project, "assign_validator", actor=actor(people.participant_japan), validator=half)
    whole = jcm.entity(people.tpe, scopes=[1, 3])
    perform(project, "assign_validator", actor=actor(people.participant_japan), validator=whole)
    assert project.reload().validator == whole


def test_an_entity_that_takes_part_is_not_named(jcm: World) -> None:
    people, entity = jcm.people, jcm.usual_entity
    participants = [(people.participant_host.organisation, "host"), (people.tpe.organisation, "host")]
    project = jcm.reach(State.INPUTS_CLOSED, participants=participants)
    with refused(NotReady, "PRJ-11"):
        perform(project, "assign_validator", actor=actor(people.participant_host), validator=entity)


def test_an_entity_that_came_to_take_part_does_not_report(jcm: World) -> None:
    people, project = jcm.people, jcm.in_validation()
    upload(project, people.tpe, Kind.VALIDATION_REPORT)
    with refused(NotReady, "PRJ-19"):
        perform(project, "amend_in_validation", actor=actor(people.participant_host), focal_point=people.tpe.organisation)
    perform(project, "amend_in_validation", actor=actor(people.participant_japan), focal_point=people.tpe.organisation)
    with refused(NotReady, "PRJ-11"):
        jcm.report(project)
    with refused(NotReady, "PRJ-11"):
        perform(project, "report_negative", actor=actor(people.tpe), grounds="No")


def test_a_scope_that_ended_between_naming_and_report_stops_the_report(world: World) -> None:
    people = world.people
    project = world.reach(State.INPUTS_CLOSED)
    world.made["entity"] = world.entity(ends_on=date(2027, 4, 20))
    project = world.in_validation(project)
    upload(project, people.tpe, Kind.VALIDATION_REPORT)
    assert reasons(project, people.tpe, "report_positive") == []
    world.days(6)
    assert world.today == date(2027, 4, 21)
    with refused(NotReady, "PRJ-10"):
        world.report(project)
    assert reasons(project, people.tpe, "report_positive") == ["PRJ-10"]
    assert reasons(project, people.tpe, "report_negative") == ["PRJ-10"]


def test_the_last_day_of_a_scope_still_counts(jcm: World) -> None:
    project = jcm.reach(State.INPUTS_CLOSED)
    jcm.made["entity"] = jcm.entity(ends_on=date(2027, 4, 20))
    project = jcm.reach(State.VALIDATION, project)
    jcm.days(5)
    assert jcm.reach(State.VALIDATED, project).validated_on == date(2027, 4, 20)


def test_a_report_is_not_dated_into_a_day_without_the_scope(jcm: World) -> None:
    project = jcm.reach(State.INPUTS_CLOSED)
    jcm.made["entity"] = jcm.entity(ends_on=date(2027, 4, 20))
    project = jcm.in_validation(project)
    upload(project, jcm.people.tpe, Kind.VALIDATION_REPORT)
    with refused(NotReady, "PRJ-10"):
        jcm.report(project, effective_on=date(2027, 4, 21))


def test_a_withdrawn_designation_stops_the_report_from_the_next_day(jcm: World) -> None:
    project = jcm.in_validation()
    upload(project, jcm.people.tpe, Kind.VALIDATION_REPORT)
    decide(jcm.people, jcm.usual_entity, "open_review", grounds="No accreditation")
    perform(jcm.usual_entity, "answer_review", actor=actor(jcm.people.tpe), statement="It has lapsed")
    decide(jcm.people, jcm.usual_entity, "withdraw_designation", grounds="No accreditation")
    jcm.days(1)
    with refused(NotReady, "PRJ-10"):
        jcm.report(project)


def test_only_the_entity_that_was_named_reports_and_on_its_own_report(jcm: World) -> None:
    people, project = jcm.people, jcm.in_validation()
    with refused(NotReady, "DOOR-05"):
        jcm.report(project)
    upload(project, people.participant_host, Kind.VALIDATION_REPORT)
    with refused(NotAllowed, "DOOR-00"):
        jcm.report(project, by=people.other_tpe)
    with refused(NotReady, "PRJ-12"):
        jcm.report(project)


def test_what_was_judged_at_submission_is_not_amended_in_validation(world: World) -> None:
    project, japan = world.reach(State.VALIDATION), actor(world.people.participant_japan)
    with refused(NotReady, "DOOR-09"):
        perform(project, "amend_in_validation", actor=japan, activity="IN62-01")
    with refused(NotNow, "DOOR-02"):
        perform(project, "amend", actor=japan, title="Another title")
    perform(project, "amend_in_validation", actor=japan, title="Another title", operation_starts_on="2026-01-31")
    assert (project.reload().title, project.reload().activity, project.reload().state) == (
        "Another title",
        "IN62-02",
        "validation",
    )


def test_india_takes_no_unapproved_methodology_in_validation(india: World) -> None:
    project, proposal = india.reach(State.VALIDATION), india.proposal()
    with refused(NotReady, "DOOR-09"):
        perform(project, "amend_in_validation", actor=actor(india.people.participant_japan), proposals=[proposal])


# --- Allocation and prior approval ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "allowed"),
    [
        ("2028-04-01", "2038-03-31", True),
        ("2028-04-01", "2038-04-01", False),
        ("2028-04-01", "2028-03-31", False),
        ("2028-04-01", "2028-04-01", True),
        ("2028-02-29", "2038-02-28", True),
        ("2028-02-29", "2038-03-01", False),
    ],
)
def test_the_crediting_period_is_ten_years_at_most(india: World, starts_on: str, ends_on: str, allowed: object) -> None:
    project = india.reach(State.VALIDATED)
    period = {"crediting_starts_on": starts_on, "crediting_ends_on": ends_on}
    if allowed:
        india.propose(project, **period)
        assert project.reload().crediting_ends_on == date.fromisoformat(ends_on)
        return
    upload(project, india.people.participant_japan, Kind.CREDIT_ALLOCATION)
    with refused(NotReady, "PRJ-15"):
        india.propose(project, **period)


@pytest.mark.parametrize("share", ["-1", "100.01", "40.123", "forty", "NaN", "1e999", True])
def test_a_share_is_a_percentage(india: World, share: Any) -> None:
    project = india.reach(State.VALIDATED)
    upload(project, india.people.participant_japan, Kind.CREDIT_ALLOCATION)
    with refused(NotReady, "DOOR-08"):
        india.propose(project, host_percent=share)


def test_india_needs_a_participant_of_japan_before_the_governments_are_asked(india: World) -> None:
    people = india.people
    host = people.participant_host.organisation
    project = india.reach(State.VALIDATED, participants=[(host, "host")], focal_point=people.participant_japan.organisation)
    upload(project, people.participant_japan, Kind.CREDIT_ALLOCATION)
    with refused(NotReady, "PRJ-14"):
        india.propose(project)


def test_each_government_answers_for_itself_and_once(india: World) -> None:
    people, project = india.people, india.reach(State.ALLOCATION_PROPOSED)
    host, japan = actor(people.government_host), actor(people.government_japan)
    for step, wrong in (("approve_registration_host", japan), ("approve_registration_japan", host)):
        with refused(NotAllowed, "DOOR-00"):
            perform(project, step, actor=wrong)
    for step, wrong in (("refuse_registration_host", japan), ("refuse_registration_japan", host)):
        with refused(NotAllowed, "DOOR-00"):
            perform(project, step, actor=wrong, grounds="No")
    with refused(NotReady, "DOOR-07"):
        perform(project, "refuse_registration_host", actor=host)
    with refused(NotReady, "PRJ-17", "PRJ-17"):
        perform(project, "conclude_approvals", actor=Actor.clock())


@pytest.mark.parametrize("side", ["host", "japan"])
def test_an_answer_is_given_once_and_not_taken_back(india: World, side: str) -> None:
    project, own = india.reach(State.ALLOCATION_PROPOSED), actor(getattr(india.people, f"government_{side}"))
    perform(project, f"approve_registration_{side}", actor=own)
    with refused(NotReady, "PRJ-16"):
        perform(project, f"approve_registration_{side}", actor=own)
    with refused(NotReady, "PRJ-16"):
        perform(project, f"refuse_registration_{side}", actor=own, grounds="Second thoughts")
    with refused(NotReady, "PRJ-17"):
        perform(project, "conclude_approvals", actor=Actor.clock())


def test_a_file_waits_for_the_government_that_has_not_answered(india: World) -> None:
    people, project = india.people, india.reach(State.ALLOCATION_PROPOSED)
    assert worklist(people.government_host) == [project]
    perform(project, "approve_registration_host", actor=actor(people.government_host))
    moves = [row.key for row in whose_move(project.reload())]
    assert moves == ["approve_registration_japan", "refuse_registration_japan"]
    assert (worklist(people.government_host), worklist(people.government_japan)) == ([], [project])


def test_nothing_is_requested_before_both_governments_approved(india: World) -> None:
    people, project = india.people, india.reach(State.ALLOCATION_PROPOSED)
    perform(project, "approve_registration_japan", actor=actor(people.government_japan))
    upload(project, people.participant_japan, Kind.REGISTRATION_REQUEST)
    with refused(NotNow, "DOOR-02"):
        perform(project, "request_registration", actor=actor(people.participant_japan))


def test_the_first_generation_knows_no_prior_approval(jcm: World) -> None:
    project = jcm.reach(State.VALIDATED)
    with refused(NotNow, "DOOR-03"):
        perform(project, "propose_allocation", actor=actor(jcm.people.participant_japan))


# --- Request and decision -------------------------------------------------------------------------


def test_the_focal_point_alone_requests_with_the_whole_dossier(world: World) -> None:
    state = State.GOVERNMENTS_APPROVED if world.edition == "india_2026" else State.VALIDATED
    people, project = world.people, world.reach(state)
    with refused(NotAllowed, "DOOR-00"):
        perform(project, "request_registration", actor=actor(people.participant_host))
    with refused(NotReady, "DOOR-05"):
        perform(project, "request_registration", actor=actor(people.participant_japan))


def test_the_design_that_was_validated_is_the_one_that_is_requested(world: World) -> None:
    state = State.GOVERNMENTS_APPROVED if world.edition == "india_2026" else State.VALIDATED
    people, project = world.people, world.reach(state)
    upload(project, people.participant_host, Kind.PDD, Kind.MONITORING_PLAN, text="altered")
    upload(project, people.participant_japan, Kind.REGISTRATION_REQUEST, Kind.MOC_STATEMENT)
    with refused(NotReady, "PRJ-13", "PRJ-13"):
        perform(project, "request_registration", actor=actor(people.participant_japan))
    upload(project, people.participant_host, Kind.PDD, Kind.MONITORING_PLAN)
    perform(project, "request_registration", actor=actor(people.participant_japan))
    upload(project, people.participant_host, Kind.PDD, text="altered again")
    given = itemised(project, "request_completion", {"missing": "Annex 2"})
    perform(project, "request_completion", actor=actor(people.secretariat_host), **given)
    with refused(NotReady, "PRJ-13"):
        perform(project, "resubmit", actor=actor(people.participant_japan))


def test_nobody_but_the_committee_registers_or_refuses(world: World) -> None:
    people, project = world.people, world.reach(State.CONSIDERATION)
    for outsider in (people.co_chair_host, people.secretariat_japan, people.government_host, people.participant_japan):
        with refused(NotAllowed, "DOOR-00"):
            perform(project, "register", actor=actor(outsider))
    with refused(NotAllowed, "DOOR-00"):
        perform(project, "register", actor=Actor.clock())
    with refused(NotReady, "DOOR-07"):
        perform(project, "reject", actor=BY_DECISION)
    decide(people, project, "register")
    with refused(NotNow, "DOOR-02"):
        perform(project, "register", actor=BY_DECISION)


def test_a_request_is_withdrawn_before_the_decision_with_its_form(world: World) -> None:
    people, project = world.people, world.reach(State.CONSIDERATION)
    with refused(NotReady, "DOOR-05"):
        perform(project, "withdraw_request", actor=actor(people.participant_japan))
    with refused(NotNow, "DOOR-02"):
        perform(project, "withdraw", actor=actor(people.participant_japan))
    upload(project, people.participant_japan, Kind.REGISTRATION_WITHDRAWAL)
    with refused(NotAllowed, "DOOR-00"):
        perform(project, "withdraw_request", actor=actor(people.participant_host))
    decide(people, project, "register")
    with refused(NotNow, "DOOR-02"):
        perform(project, "withdraw_request", actor=actor(people.participant_japan))
