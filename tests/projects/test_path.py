"""The straight path in the editions, and the ways back: states, days, numbers, events, deadlines."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.test import Client

from apps.accounts.roles import Side
from apps.committee.kinds import Form
from apps.committee.models import Ballot
from apps.committee.services import about, circulate, open_ballot, take_positions
from apps.core.errors import NotAllowed, NotNow, NotReady
from apps.documents.kinds import Kind
from apps.events.models import Event
from apps.events.selectors import history
from apps.projects.models import MethodologyApplied, Project
from apps.projects.procedure import State
from apps.rehearsal.acts.stage import itemised
from apps.workflow.actors import Actor
from apps.workflow.audit import judge
from apps.workflow.models import Deadline
from apps.workflow.services import perform, sweep
from tests.decision import decide
from tests.people import actor
from tests.projects.walk import BY_DECISION, DESIGN, SUBMISSION, World, noon, upload
from tests.refused import refused
from tests.workflow.test_step_screens import confirmed, filled


def steps_of(project: Project) -> list[str]:
    return [event.type.removeprefix("project.") for event in history("project", project.pk)]


def last_event(project: Project) -> Event:
    return history("project", project.pk).reverse()[0]


def deadline(project: Project, step: str) -> Deadline:
    return Deadline.objects.get(subject_type="project", subject_id=project.pk, step=step)


# --- Straight through -----------------------------------------------------------------------------


def test_first_generation_runs_from_draft_to_registration(jcm: World) -> None:
    project = jcm.reach(State.REGISTERED)
    assert steps_of(project) == [
        "draft", "submit_pdd", "publish", "close_inputs", "assign_validator", "accept_assignment", "report_positive",
        "request_registration", "accept_as_complete", "register",
    ]  # fmt: skip
    assert (project.reference, project.number, project.version) == ("IN001", 1, 10)
    assert (project.inputs_start_on, project.inputs_end_on) == (date(2027, 3, 16), date(2027, 4, 14))
    assert (project.validated_on, project.decided_on, project.registered_on) == (date(2027, 4, 15),) * 3
    assert (project.host_percent, project.crediting_starts_on, project.host_approved_on) == (None, None, None)
    assert judge(project, history("project", project.pk)) is None


def test_india_has_both_governments_before_the_committee(india: World) -> None:
    project = india.reach(State.REGISTERED)
    assert steps_of(project) == [
        "draft", "submit_pdd", "publish", "close_inputs", "assign_validator", "accept_assignment", "report_positive",
        "propose_allocation", "approve_registration_host", "approve_registration_japan", "conclude_approvals",
        "request_registration", "accept_as_complete", "register",
    ]  # fmt: skip
    assert (project.host_approved_on, project.japan_approved_on) == (date(2027, 4, 15), date(2027, 4, 15))
    assert (project.host_percent, project.japan_percent) == (Decimal("40.00"), Decimal("60.00"))
    assert (project.crediting_starts_on, project.crediting_ends_on) == (date(2028, 4, 1), date(2038, 3, 31))
    assert judge(project, history("project", project.pk)) is None


def test_an_event_says_who_acted_under_which_clause_on_which_documents(india: World) -> None:
    project = india.reach(State.SUBMITTED)
    event = last_event(project)
    assert (event.capacity, event.organisation_id) == ("participant", india.people.participant_japan.organisation_id)
    assert (event.clause, event.edition, event.effective_on) == ("2.5", "india_2026", date(2027, 3, 16))
    assert len(event.documents) == len(SUBMISSION)


# --- Opening --------------------------------------------------------------------------------------


def test_what_a_draft_says_stands_in_the_file_and_in_its_event(india: World) -> None:
    site = {
        "place": "Amul dairy", "district": "Anand", "state_or_province": "Gujarat", "latitude": "22.5645", "longitude": "72.9289",
    }  # fmt: skip
    version = india.usual_version
    project = india.open(sites=[site, {"place": "Second dairy"}], expected_tonnes_per_year=22500)
    people = india.people
    assert project.state == "draft"
    assert {(one.organisation_id, one.side) for one in project.participants.all()} == {
        (people.participant_host.organisation_id, "host"),
        (people.participant_japan.organisation_id, "japan"),
    }
    assert [str(one) for one in project.sites.all()] == ["Amul dairy, Anand, Gujarat", "Second dairy"]
    assert (project.sites.all()[0].latitude, project.sites.all()[1].latitude) == (Decimal("22.564500"), None)
    assert [str(one) for one in project.methodologies_applied.all()] == ["IN_AM001 Ver1.0"]
    assert last_event(project).data == {
        "inputs": {
            "host_participants": [people.participant_host.organisation_id],
            "japan_participants": [people.participant_japan.organisation_id],
            "focal_point": people.participant_japan.organisation_id,
            "versions": [version.pk],
            "activity": "IN62-02",
            "idea_note": project.idea_note_id,
            "expected_tonnes_per_year": 22500,
            **DESIGN,
            "sites": [
                site,
                {"place": "Second dairy", "district": "", "state_or_province": "", "latitude": None, "longitude": None},
            ],
            "estimates": [
                {"year": 2028, "reference_tonnes": 30000, "project_tonnes": 7500},
                {"year": 2029, "reference_tonnes": 30000, "project_tonnes": 7400},
            ],
            "operation_starts_on": "2026-01-01",
        }
    }


def test_a_focal_point_need_not_be_a_participant(jcm: World) -> None:
    people = jcm.people
    project = jcm.open(
        actor=actor(people.stranger),
        participants=[(people.participant_host.organisation, Side.HOST)],
        focal_point=people.stranger.organisation,
    )
    assert project.roles_of(people.stranger.organisation_id) == {"focal_point"}
    assert project.roles_of(people.participant_host.organisation_id) == {"participant"}
    assert project.roles_of(people.participant_japan.organisation_id) == set()


def test_an_amendment_changes_what_it_names_and_leaves_the_rest(jcm: World) -> None:
    people, project = jcm.people, jcm.open(sites=[{"place": "Here"}], expected_tonnes_per_year=100)
    other = jcm.version(3)
    perform(
        project, "amend", actor=actor(people.participant_host), title="Another title", versions=[other],
        host_participants=[people.participant_host.organisation, people.stranger.organisation], operation_starts_on="2026-01-31",
    )  # fmt: skip
    project = project.reload()
    assert (project.title, project.expected_tonnes_per_year, project.activity) == ("Another title", 100, "IN62-02")
    assert project.operation_starts_on == date(2026, 1, 31)
    assert [one.version for one in project.methodologies_applied.all()] == [other]
    assert [str(one) for one in project.sites.all()] == ["Here"]
    assert sorted(one.side for one in project.participants.all()) == ["host", "host", "japan"]
    assert project.state == "draft"


# --- Public inputs --------------------------------------------------------------------------------


def test_public_inputs_last_thirty_days_with_both_ends_and_close_by_themselves(world: World) -> None:
    project = world.reach(State.INPUTS)
    assert (project.inputs_start_on, project.inputs_end_on) == (date(2027, 3, 16), date(2027, 4, 14))
    limit = deadline(project, "close_inputs")
    assert (limit.starts_on, limit.last_day, limit.days, limit.both_ends) == (date(2027, 3, 16), date(2027, 4, 14), 30, True)
    assert limit.due_at == datetime(2027, 4, 14, 15, tzinfo=UTC)
    world.time.move_to(datetime(2027, 4, 14, 14, 59, 59, tzinfo=UTC))
    assert sweep() == 0
    with refused(NotNow, "DOOR-06"):
        perform(project, "close_inputs", actor=Actor.clock())
    world.time.move_to(datetime(2027, 4, 14, 15, tzinfo=UTC))
    assert sweep() == 1
    assert project.reload().state == "inputs_closed"


def test_a_late_sweep_changes_no_day(jcm: World) -> None:
    project = jcm.reach(State.INPUTS)
    jcm.time.move_to(noon(2027, 5, 2))
    perform(project, "assign_validator", actor=actor(jcm.people.participant_japan), validator=jcm.usual_entity)
    assert steps_of(project)[-2:] == ["close_inputs", "assign_validator"]
    closed = history("project", project.pk).get(type="project.close_inputs")
    assert (closed.effective_on, closed.actor) == (date(2027, 4, 14), "clock")


def test_the_secretariats_days_are_shown_and_nothing_lapses(jcm: World) -> None:
    project = jcm.reach(State.SUBMITTED)
    assert (deadline(project, "publish").last_day, deadline(project, "publish").by_clock) == (date(2027, 3, 23), False)
    jcm.time.move_to(noon(2027, 4, 1))
    assert sweep() == 0
    perform(project, "publish", actor=actor(jcm.people.secretariat_host))
    assert deadline(project, "publish").outcome == "late"


def test_a_returned_design_document_is_submitted_again(world: World) -> None:
    project, people = world.reach(State.SUBMITTED), world.people
    perform(project, "return_pdd", actor=actor(people.secretariat_japan), missing="Coordinates of the second site")
    assert (project.reload().state, project.reload().reference) == ("draft", "")
    assert last_event(project).data["inputs"] == {"missing": "Coordinates of the second site"}
    world.submit(project, people.participant_host)
    assert project.reload().state == "submitted"


# --- Validation -----------------------------------------------------------------------------------


def test_a_negative_opinion_is_no_end(world: World) -> None:
    project, people = world.in_validation(), world.people
    upload(project, people.tpe, Kind.VALIDATION_REPORT)
    perform(project, "report_negative", actor=actor(people.tpe), grounds="CAR 2 is open")
    assert (project.reload().state, project.reload().validated_on) == ("not_validated", None)
    perform(project, "revise", actor=actor(people.participant_host))
    assert world.reach(State.VALIDATED, project).validated_on == world.today


def test_a_validated_project_taken_back_loses_what_rested_on_the_opinion(india: World) -> None:
    project = india.reach(State.GOVERNMENTS_APPROVED)
    perform(project, "reopen_validation", actor=actor(india.people.participant_host))
    project = project.reload()
    assert (project.state, project.validated_on) == ("validation", None)
    assert (project.host_approved_on, project.japan_approved_on) == (None, None)
    assert india.reach(State.REGISTERED, project).registered_on == india.today


def test_another_entity_may_be_named_and_the_first_is_out(jcm: World) -> None:
    project, people = jcm.reach(State.VALIDATION), jcm.people
    other = jcm.entity(people.other_tpe)
    perform(project, "change_validator", actor=actor(people.participant_host), validator=other)
    upload(project, people.tpe, Kind.VALIDATION_REPORT)
    with refused(NotAllowed, "DOOR-00"):
        jcm.report(project)
    upload(project, people.other_tpe, Kind.VALIDATION_REPORT, text="by the second verifier")
    jcm.accept(project, by=people.other_tpe)
    jcm.report(project, by=people.other_tpe)
    assert project.reload().validator == other


# --- Prior approval -------------------------------------------------------------------------------


def test_governments_approve_in_either_order_and_the_second_concludes(india: World) -> None:
    project, people = india.reach(State.ALLOCATION_PROPOSED), india.people
    perform(project, "approve_registration_japan", actor=actor(people.government_japan))
    assert (project.reload().state, project.reload().host_approved_on) == ("allocation_proposed", None)
    india.days(3)
    perform(project, "approve_registration_host", actor=actor(people.government_host))
    project = project.reload()
    assert project.state == "governments_approved"
    assert (project.japan_approved_on, project.host_approved_on) == (date(2027, 4, 15), date(2027, 4, 18))


def test_a_refused_approval_leads_to_a_new_proposal_and_both_answer_again(india: World) -> None:
    project, people = india.reach(State.ALLOCATION_PROPOSED), india.people
    perform(project, "approve_registration_host", actor=actor(people.government_host))
    perform(project, "refuse_registration_japan", actor=actor(people.government_japan), grounds="Share too low")
    assert project.reload().state == "government_refused"
    india.propose(project, host_percent="37.5")
    project = project.reload()
    assert (project.host_percent, project.japan_percent) == (Decimal("37.50"), Decimal("62.50"))
    assert (project.state, project.host_approved_on) == ("allocation_proposed", None)
    assert india.reach(State.GOVERNMENTS_APPROVED, project).host_approved_on == india.today


# --- Request and decision -------------------------------------------------------------------------


def test_an_incomplete_request_is_completed_and_checked_in_seven_days(world: World) -> None:
    project, people = world.reach(State.REQUESTED), world.people
    assert (deadline(project, "accept_as_complete").last_day, deadline(project, "accept_as_complete").both_ends) == (
        date(2027, 4, 22),
        False,
    )
    given = itemised(project, "request_completion", {"missing": "The focal point's signature"})
    perform(project, "request_completion", actor=actor(people.secretariat_host), **given)
    assert project.reload().state == "incomplete"
    world.days(10)
    perform(project, "resubmit", actor=actor(people.participant_japan))
    running = Deadline.objects.get(subject_type="project", subject_id=project.pk, closed_at=None)
    assert (running.step, running.last_day) == ("accept_as_complete", date(2027, 5, 2))
    assert world.reach(State.REGISTERED, project).state == "registered"


def test_the_register_may_date_later_than_the_decision(jcm: World) -> None:
    project = jcm.reach(State.CONSIDERATION)
    decide(jcm.people, project, "register", effective_on=date(2027, 5, 25))
    project = project.reload()
    assert (project.decided_on, project.registered_on) == (date(2027, 4, 15), date(2027, 5, 25))
    assert last_event(project).actor == "decision"


def test_a_refused_registration_may_be_requested_again(world: World) -> None:
    project = world.reach(State.CONSIDERATION)
    decide(world.people, project, "reject", grounds="The baseline is not conservative")
    project = project.reload()
    assert (project.state, project.decided_on, project.registered_on) == ("not_registered", world.today, None)
    world.request(project)
    assert world.reach(State.REGISTERED, project).registered_on == world.today


def decided_together(world: World, *items: dict[str, Any]) -> Ballot:
    """Items of one ballot, all adopted, in their order."""
    people = world.people
    secretariat = actor(people.secretariat_host)
    ballot = open_ballot(actor=secretariat, title="Decision", form=Form.UNSTATED, items=items, edition=world.edition)
    circulate(ballot, actor=secretariat)
    for chair in (people.co_chair_host, people.co_chair_japan):
        take_positions(ballot, actor=actor(chair), answers=dict.fromkeys(range(1, len(items) + 1), ("agree", "")))
    return ballot


def test_awkward_case_20_methodology_and_project_in_one_decision_in_this_order(jcm: World) -> None:
    proposal = jcm.proposal(1)
    project = jcm.reach(State.CONSIDERATION, proposals=[proposal])
    with refused(NotReady, "PRJ-07"):
        perform(project, "register", actor=BY_DECISION)
    decided_together(jcm, about(proposal, "approve", "Approve it?"), about(project, "register", "Register it?"))
    applied = MethodologyApplied.objects.get(project=project)
    assert (str(applied.version), applied.proposal) == ("IN_AM001 Ver1.0", None)
    assert project.reload().state == "registered"
    assert last_event(project).data == {"inputs": {}, "methodologies": ["IN_AM001 Ver1.0"]}


def test_in_the_other_order_the_project_waits_for_the_methodology(jcm: World) -> None:
    proposal = jcm.proposal(1)
    project = jcm.reach(State.CONSIDERATION, proposals=[proposal])
    items = about(project, "register", "Register it?"), about(proposal, "approve", "Approve it?")
    ballot = decided_together(jcm, *items)
    assert [[one["code"] for one in item.problems] for item in ballot.items.order_by("number")] == [["PRJ-07"], []]
    assert (project.reload().state, proposal.reload().state) == ("consideration", "approved")
    perform(ballot, "execute", actor=actor(jcm.people.secretariat_host))
    assert project.reload().state == "registered"


def test_two_proposals_that_became_one_version_count_once(jcm: World) -> None:
    first, second = jcm.proposal(1), jcm.proposal(1)
    project = jcm.reach(State.CONSIDERATION, proposals=[first, second])
    decide(jcm.people, first, "approve")
    decide(jcm.people, second, "join", other=first.pk)
    decide(jcm.people, project, "register")
    assert [str(one) for one in project.methodologies_applied.all()] == ["IN_AM001 Ver1.0"]


def test_awkward_case_17_several_methodologies_with_mixed_versions(jcm: World) -> None:
    versions = [jcm.version(1), jcm.version(3), jcm.version(3, 13)]
    jcm.made["entity"] = jcm.entity(scopes=[1, 3, 13])
    project = jcm.reach(State.REGISTERED, versions=versions)
    assert [str(one) for one in project.methodologies_applied.all()] == ["IN_AM001 Ver1.0", "IN_AM002 Ver1.0", "IN_AM003 Ver1.0"]


def test_first_generation_registers_without_a_participant_of_japan(jcm: World) -> None:
    people = jcm.people
    alone = {
        "participants": [(people.participant_host.organisation, "host")],
        "focal_point": people.participant_japan.organisation,
    }
    assert jcm.reach(State.REGISTERED, **alone).state == "registered"


# --- Numbers and withdrawal -----------------------------------------------------------------------


def test_numbers_are_given_at_publication_and_never_again(jcm: World) -> None:
    secretariat = actor(jcm.people.secretariat_host)
    fourth, fifth, late = (jcm.reach(State.SUBMITTED) for _ in range(3))
    perform(fourth, "publish", actor=secretariat, number="4")
    perform(fifth, "publish", actor=secretariat)
    assert (fourth.reload().reference, fifth.reload().reference) == ("IN004", "IN005")
    assert last_event(fourth).subject_ref == "IN004"
    perform(fourth, "withdraw", actor=actor(jcm.people.participant_host))
    with refused(NotReady, "NUM-01"):
        perform(late, "publish", actor=secretariat, number=4)
    perform(late, "publish", actor=secretariat, number=2)
    assert late.reload().reference == "IN002"


def test_a_withdrawn_request_ends_and_a_new_file_takes_its_place(world: World) -> None:
    people, old = world.people, world.reach(State.CONSIDERATION)
    upload(old, people.participant_japan, Kind.REGISTRATION_WITHDRAWAL)
    perform(old, "withdraw_request", actor=actor(people.participant_japan))
    old = old.reload()
    assert (old.state, old.state_label, old.reference) == (
        "request_withdrawn", "Request for registration withdrawn", "IN001",
    )  # fmt: skip
    new = world.reach(State.REGISTERED, supersedes=old)
    assert (new.reference, new.supersedes) == ("IN002", old)
    assert old.superseded_by.get() == new


def test_a_project_can_be_withdrawn_in_every_state_before_its_request(world: World) -> None:
    rows = world.open().procedure.rows(world.edition)
    sources = next(row.source for row in rows if row.key == "withdraw")
    straight = [State.DRAFT, State.SUBMITTED, State.INPUTS, State.INPUTS_CLOSED, State.VALIDATION, State.VALIDATED]
    straight += [State.ALLOCATION_PROPOSED, State.GOVERNMENTS_APPROVED] if world.edition == "india_2026" else []
    assert set(straight) < set(sources)
    for state in straight:
        project = world.reach(state)
        perform(project, "withdraw", actor=actor(world.people.participant_host))
        assert project.reload().state == "withdrawn", state


def test_who_returns_a_design_document_is_led_to_a_page_that_opens(world: World, client: Client) -> None:
    """It is a draft again, which is the participants' business alone."""
    project, secretariat = world.reach(State.SUBMITTED), world.people.secretariat_japan
    client.force_login(secretariat.user)
    address = f"/project/{project.pk}/return_pdd/"
    answer = confirmed(client, address, filled(client, address, missing="Coordinates of the second site"))
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert "Recorded: “Return the PDD for completion”" in client.get("/").content.decode()
