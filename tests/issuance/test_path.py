"""The straight path in the editions: states, days, events, deadlines, and who is waited for."""

from __future__ import annotations

from datetime import date

import pytest

from apps.accounts.roles import Side
from apps.core import clock
from apps.core.errors import NotAllowed, NotNow, NotReady
from apps.documents.kinds import Kind
from apps.events.models import Event
from apps.issuance.models import Round
from apps.issuance.procedure import PROCEDURE, State
from apps.issuance.selectors import reconcile
from apps.issuance.services import open_round
from apps.projects.procedure import State as ProjectState
from apps.registry.models import Block
from apps.workflow.audit import differences
from apps.workflow.models import Deadline
from apps.workflow.options import available_steps, whose_move, worklist
from tests.issuance.walk import ENDS_ON, STARTS_ON, Course
from tests.people import actor
from tests.projects.walk import upload
from tests.refused import refused


def steps_of(one: Round) -> list[str]:
    events = Event.objects.filter(subject_type="round", subject_id=one.pk).order_by("version")
    return [event.type.partition(".")[2] for event in events]


def test_first_generation_from_monitoring_to_both_sides_credits(jcm: Course) -> None:
    one = jcm.reach(State.CLOSED)
    assert steps_of(one) == [
        "open_round", "report", "assign_verifier", "accept_assignment", "verify_positive", "request_issuance",
        "accept_as_complete", "notify", "issue_host", "issue_japan", "close",
    ]  # fmt: skip
    assert (one.reference, one.number, one.edition) == ("IN001-R1", 1, "jcm_2013")
    assert (one.verified_tonnes, one.decided_tonnes, one.host_tonnes, one.japan_tonnes) == (9000, 8947, 1789, 7158)
    assert one.host_issued_on == one.japan_issued_on == one.closed_on == date(2028, 10, 1)
    assert differences() == []
    assert reconcile() == []


def test_india_asks_both_governments_before_the_committee(india: Course) -> None:
    one = india.reach(State.CLOSED)
    assert steps_of(one) == [
        "open_round", "report", "assign_verifier", "accept_assignment", "verify_positive", "request_issuance",
        "accept_as_complete", "approve_issuance_host", "approve_issuance_japan", "conclude_approvals", "notify", "issue_host",
        "issue_japan", "close",
    ]  # fmt: skip
    assert (one.host_approved_on, one.japan_approved_on, one.edition) == (date(2028, 10, 1), date(2028, 10, 1), "india_2026")
    assert differences() == []
    assert reconcile() == []


def test_a_round_opens_under_the_edition_in_force_with_the_projects_title(india: Course) -> None:
    project = india.project()
    one = open_round(project=project, actor=actor(india.people.participant_japan), starts_on=STARTS_ON, ends_on=ENDS_ON)
    assert (one.edition, one.title, one.project_id) == ("india_2026", project.title, project.pk)
    assert (one.period_starts_on, one.period_ends_on, one.claims_period) == (STARTS_ON, ENDS_ON, False)
    event = Event.objects.get(subject_type="round", subject_id=one.pk)
    assert event.data["inputs"] == {
        "project": project.pk, "period_starts_on": "2028-04-01", "period_ends_on": "2028-09-30",
    }  # fmt: skip
    assert (event.subject_ref, event.clause, event.capacity) == ("IN001-R1", "2.11", "participant")


def test_awkward_case_6_rounds_of_a_project_are_numbered_and_run_side_by_side(jcm: Course) -> None:
    first = jcm.reach(State.VERIFICATION)
    second = jcm.open(first.project, date(2028, 10, 1), date(2028, 12, 31))
    assert (first.reference, second.reference) == ("IN001-R1", "IN001-R2")
    assert (first.state, second.state) == (State.VERIFICATION, State.MONITORING)


def test_the_period_may_be_changed_until_it_is_reported_on(jcm: Course) -> None:
    one = jcm.open()
    period = {"period_starts_on": date(2028, 5, 1), "period_ends_on": date(2028, 8, 31)}
    jcm.act(one, "change_period", jcm.people.participant_japan, **period)
    assert (one.reload().period_starts_on, one.reload().period_ends_on) == (date(2028, 5, 1), date(2028, 8, 31))
    one = jcm.reach(State.REPORTED, one)
    with refused(NotNow, "DOOR-02"):
        jcm.act(one, "change_period", jcm.people.participant_japan, **period)


def test_awkward_case_9_verification_may_run_before_registration_but_issuance_may_not_be_asked_for(course: Course) -> None:
    project = course.world.reach(ProjectState.VALIDATED)
    one = course.reach(State.VERIFIED, course.open(project))
    upload(one, course.people.participant_japan, Kind.ISSUANCE_REQUEST)
    with refused(NotReady, "ISS-08"):
        course.act(one, "request_issuance", course.people.participant_japan)
    course.world.reach(ProjectState.REGISTERED, project)
    course.act(one, "request_issuance", course.people.participant_japan)
    assert one.reload().claims_period is True


def test_another_verifier_can_be_named_and_the_first_one_is_out(jcm: Course) -> None:
    one = jcm.reach(State.VERIFICATION)
    other = jcm.world.entity(jcm.people.other_tpe)
    jcm.act(one, "change_verifier", jcm.people.participant_host, verifier=other)
    upload(one, jcm.people.other_tpe, Kind.VERIFICATION_REPORT)
    with refused(NotAllowed, "DOOR-00"):
        jcm.verify(one)
    jcm.world.accept(one, by=jcm.people.other_tpe)
    jcm.verify(one, by=jcm.people.other_tpe, verified_tonnes=5)
    assert (one.reload().verified_tonnes, one.reload().verifier) == (5, other)


def test_after_a_negative_opinion_the_report_is_revised_and_verified_again(course: Course) -> None:
    one = course.reach(State.NOT_VERIFIED)
    upload(one, course.people.participant_host, *course.reported, text="corrected")
    course.act(one, "revise", course.people.participant_host)
    assert course.reach(State.VERIFIED, one.reload()).verified_tonnes == 9000


def test_completion_is_asked_for_and_the_request_is_resubmitted(course: Course) -> None:
    one = course.reach(State.INCOMPLETE)
    assert one.claims_period is True
    course.act(one, "resubmit", course.people.participant_japan)
    assert one.reload().state == State.REQUESTED


@pytest.mark.parametrize("state", sorted(PROCEDURE.final - {State.CLOSED}))
def test_a_round_that_comes_to_nothing_lets_its_days_go(india: Course, state: State) -> None:
    one = india.reach(state)
    assert (one.state, one.claims_period, one.ended_on) == (state, False, clock.today())
    assert whose_move(one) == []


@pytest.mark.parametrize("state", [State.INCOMPLETE, State.COMPLETE, State.GOVERNMENTS_APPROVED])
def test_a_request_is_withdrawn_at_any_time_before_the_decision(india: Course, state: State) -> None:
    assert india.request_withdrawn(india.reach(state)).state == State.REQUEST_WITHDRAWN


def test_a_decided_request_cannot_be_withdrawn(course: Course) -> None:
    one = course.reach(State.NOTIFIED)
    upload(one, course.people.participant_japan, Kind.ISSUANCE_WITHDRAWAL)
    with refused(NotNow, "DOOR-02"):
        course.act(one, "withdraw_request", course.people.participant_japan)


def test_the_completeness_check_has_seven_days(course: Course) -> None:
    one = course.reach(State.REQUESTED)
    (deadline,) = Deadline.objects.filter(subject_type="round", subject_id=one.pk, closed_at=None)
    assert (deadline.step, deadline.days, deadline.last_day, deadline.by_clock) == (
        "accept_as_complete", 7, date(2028, 10, 8), False,
    )  # fmt: skip


def test_each_side_has_a_deadline_of_its_own_that_only_alarms(jcm: Course) -> None:
    one = jcm.reach(State.NOTIFIED)
    running = Deadline.objects.filter(subject_type="round", subject_id=one.pk, closed_at=None).order_by("step")
    assert [(row.step, row.days, row.last_day, row.by_clock) for row in running] == [
        ("issue_host", 60, date(2028, 11, 30), False),
        ("issue_japan", 60, date(2028, 11, 30), False),
    ]
    jcm.world.days(10)
    jcm.act(one, "issue_japan", jcm.people.registry_japan)
    assert [(row.step, row.outcome) for row in Deadline.objects.filter(subject_type="round", step__startswith="issue_")] == [
        ("issue_host", ""), ("issue_japan", "met"),
    ]  # fmt: skip
    jcm.world.days(51)
    jcm.act(one, "issue_host", jcm.people.registry_host)
    assert Deadline.objects.get(step="issue_host").outcome == "late"
    assert one.reload().state == State.CLOSED


def test_a_side_with_nothing_to_issue_has_no_deadline_and_is_not_waited_for(jcm: Course) -> None:
    one = jcm.decided(host=1, japan=0)
    assert [row.key for row in whose_move(one)] == ["issue_host"]
    assert list(Deadline.objects.filter(closed_at=None).values_list("step", flat=True)) == ["issue_host"]
    assert one not in worklist(jcm.people.registry_japan)
    assert one in worklist(jcm.people.registry_host)


def test_a_side_that_has_issued_is_not_waited_for_any_more(jcm: Course) -> None:
    one = jcm.reach(State.NOTIFIED)
    assert [row.key for row in whose_move(one)] == ["issue_host", "issue_japan"]
    jcm.act(one, "issue_japan", jcm.people.registry_japan)
    assert [row.key for row in whose_move(one.reload())] == ["issue_host"]
    assert worklist(jcm.people.registry_japan) == []


def test_the_government_that_has_approved_is_not_waited_for_any_more(india: Course) -> None:
    one = india.reach(State.COMPLETE)
    india.act(one, "approve_issuance_japan", india.people.government_japan)
    assert [row.key for row in whose_move(one.reload())] == ["approve_issuance_host", "refuse_issuance_host"]
    assert one.reload().state == State.COMPLETE
    india.act(one, "approve_issuance_host", india.people.government_host)
    assert one.reload().state == State.GOVERNMENTS_APPROVED


def test_nothing_for_either_side_closes_at_the_decision(jcm: Course) -> None:
    one = jcm.decided(host=0, japan=0)
    assert (one.state, one.decided_tonnes, one.closed_on) == (State.CLOSED, 0, clock.today())
    assert not Block.objects.exists()


def test_the_book_of_each_side_is_told_in_the_event(jcm: Course) -> None:
    one = jcm.reach(State.NOTIFIED)
    event = jcm.act(one, "issue_host", jcm.people.registry_host)
    block = Block.objects.get(side=Side.HOST)
    (transfer,) = block.transfers.all()
    assert event.data["serials"] == [1, 1789]
    assert event.data["parts"] == [[transfer.credit_id, 1789]]
    assert (block.act_id, transfer.act_id, transfer.at) == (event.act_id, event.act_id, event.acted_at)


def test_a_repeated_issuance_books_once(jcm: Course) -> None:
    one = jcm.reach(State.NOTIFIED)
    first = jcm.act(one, "issue_host", jcm.people.registry_host, idempotency_key="issue-1")
    again = jcm.act(one, "issue_host", jcm.people.registry_host, idempotency_key="issue-1")
    assert first.pk == again.pk
    assert Block.objects.count() == 1


def test_a_page_shows_why_a_step_is_not_open(india: Course) -> None:
    first = india.reach(State.REQUESTED)
    second = india.reach(State.VERIFIED, india.open(first.project, date(2028, 9, 30), date(2028, 12, 31)))
    upload(second, india.people.participant_japan, Kind.ISSUANCE_REQUEST)
    options = {option.row.key: option for option in available_steps(second.reload(), india.people.participant_japan)}
    assert [problem.code for problem in options["request_issuance"].problems] == ["ISS-07"]
    assert "IN001-R1" in options["request_issuance"].problems[0].text
    assert options["withdraw"].is_open


def test_a_decision_cannot_be_taken_by_a_person(course: Course) -> None:
    one = course.reach(course.before_decision)
    for member in course.people.committee:
        with refused(NotAllowed, "DOOR-00"):
            course.act(one, "notify", member, host_tonnes=1, japan_tonnes=1)
    course.decide(one, "notify", host_tonnes=1, japan_tonnes=1, decided_tonnes=2)
    assert one.reload().decided_tonnes == 2
