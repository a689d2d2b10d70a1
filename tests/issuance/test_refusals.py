"""What is refused, with its code, and that nothing is recorded then."""

from __future__ import annotations

from datetime import date
from typing import Any

from apps.core import clock
from apps.core.errors import NotAllowed, NotNow, NotReady
from apps.documents.kinds import Kind
from apps.issuance.models import Round
from apps.issuance.procedure import State
from apps.projects.procedure import State as ProjectState
from apps.registry.models import Block
from apps.registry.services import open_account
from apps.workflow.actors import Actor
from apps.workflow.services import open_file, perform
from tests.issuance.walk import Course
from tests.people import actor
from tests.projects.walk import upload
from tests.refused import refused

# Refused before anybody asks which decision it was.
A_DECISION = Actor.decision(1)


def refused_opening(course: Course, code: str, **opening: Any) -> None:
    with refused(NotReady, code):
        course.open(**opening)
    assert not Round.objects.exists()


def test_only_those_of_the_project_open_its_rounds(course: Course) -> None:
    project = course.project()
    refused_opening(course, "ISS-01", project=project, by=course.people.stranger)
    for somebody in (
        course.people.tpe,
        course.people.secretariat_host,
        course.people.government_japan,
        course.people.registry_host,
    ):
        with refused(NotAllowed, "DOOR-00"):
            course.open(project, by=somebody)
    assert course.open(project, by=course.people.participant_japan).state == State.MONITORING


def test_a_project_without_number_takes_no_round(course: Course) -> None:
    refused_opening(course, "ISS-02", project=course.world.reach(ProjectState.SUBMITTED))


def test_a_withdrawn_project_takes_no_round(course: Course) -> None:
    project = course.world.reach(ProjectState.VALIDATION)
    perform(project, "withdraw", actor=actor(course.people.participant_japan))
    refused_opening(course, "ISS-02", project=project)


def test_an_opening_that_cannot_be_understood_is_refused(jcm: Course) -> None:
    project, by = jcm.project(), actor(jcm.people.participant_host)
    period = {"period_starts_on": date(2028, 4, 1), "period_ends_on": date(2028, 4, 30)}
    wrong: list[tuple[str, dict[str, Any]]] = [
        ("DOOR-07", {"project": None}),
        ("DOOR-08", {"project": 987_654}),
        ("DOOR-08", {"period_starts_on": "1 April 2028"}),
        ("DOOR-07", {"period_ends_on": ""}),
        ("ISS-03", {"period_ends_on": date(2028, 3, 31)}),
        ("DOOR-09", {"number": 7}),
    ]
    for code, given in wrong:
        with refused(NotReady, code):
            open_file(
                Round, "open_round", actor=by, edition="jcm_2013", title="A title", **{"project": project, **period, **given}
            )
    assert not Round.objects.exists()


def test_nothing_is_monitored_before_the_start_of_operation(course: Course) -> None:
    project = course.world.open()
    perform(project, "amend", actor=actor(course.people.participant_japan), operation_starts_on=date(2028, 4, 2))
    project = course.world.reach(ProjectState.REGISTERED, project)
    refused_opening(course, "ISS-04", project=project)
    assert course.open(project, date(2028, 4, 2)).state == State.MONITORING


def test_a_period_is_reported_on_after_its_last_day(course: Course) -> None:
    one = course.open()
    upload(one, course.people.participant_host, *course.reported)
    with refused(NotReady, "ISS-06"):
        course.act(one, "report", course.people.participant_host)
    course.after_period(one)
    assert clock.today() == date(2028, 10, 1)
    course.act(one, "report", course.people.participant_host)


def test_documents_are_asked_for_by_each_edition(course: Course) -> None:
    one = course.open()
    course.after_period(one)
    with refused(NotReady, *["DOOR-05"] * (2 if course.is_india else 1)):
        course.act(one, "report", course.people.participant_host)
    one = course.in_verification(one)
    with refused(NotReady, "DOOR-05"):
        course.verify(one)
    one = course.reach(State.VERIFIED, one)
    with refused(NotReady, "DOOR-05"):
        course.act(one, "request_issuance", course.people.participant_japan)
    one = course.reach(State.REQUESTED, one)
    with refused(NotReady, "DOOR-05"):
        course.act(one, "withdraw_request", course.people.participant_japan)


def test_the_verifier_covers_the_scopes_for_verification_when_named_and_when_reporting(jcm: Course) -> None:
    one = jcm.reach(State.REPORTED)
    narrow = jcm.world.entity(jcm.people.other_tpe, scopes=[4])
    with refused(NotReady, "ISS-10"):
        jcm.act(one, "assign_verifier", jcm.people.participant_host, verifier=narrow)
    one = jcm.in_verification(one)
    perform(jcm.world.usual_entity, "give_up_scopes", actor=actor(jcm.people.tpe), because="given_up", verification=[1])
    upload(one, jcm.people.tpe, Kind.VERIFICATION_REPORT)
    jcm.world.days(1)
    with refused(NotReady, "ISS-10"):
        jcm.verify(one)
    with refused(NotReady, "ISS-10"):
        jcm.act(one, "verify_negative", jcm.people.tpe, grounds="None")


def test_the_verifier_takes_no_part_in_the_project(jcm: Course) -> None:
    people, other = jcm.people, jcm.people.other_tpe
    project = jcm.project(participants=[(people.participant_host.organisation, "host"), (other.organisation, "japan")])
    one, entity = jcm.reach(State.REPORTED, jcm.open(project)), jcm.world.entity(other)
    with refused(NotReady, "ISS-11"):
        jcm.act(one, "assign_verifier", people.participant_host, verifier=entity)


def test_the_report_is_the_verifiers_own(course: Course) -> None:
    one = course.in_verification()
    upload(one, course.people.participant_host, Kind.VERIFICATION_REPORT)
    with refused(NotReady, "ISS-12"):
        course.verify(one)


def test_the_validator_of_the_project_is_nobody_in_the_round(jcm: Course) -> None:
    one = jcm.reach(State.REPORTED)
    other = jcm.world.entity(jcm.people.other_tpe)
    jcm.act(one, "assign_verifier", jcm.people.participant_host, verifier=other)
    upload(one, jcm.people.tpe, Kind.VERIFICATION_REPORT)
    with refused(NotAllowed, "DOOR-00"):
        jcm.verify(one)


def test_tonnes_are_whole_and_not_negative(jcm: Course) -> None:
    one = jcm.in_verification()
    upload(one, jcm.people.tpe, Kind.VERIFICATION_REPORT)
    for tonnes in ("1.5", -1, "many", True, 10**19):
        with refused(NotReady, "DOOR-08"):
            jcm.verify(one, verified_tonnes=tonnes)


def test_a_report_that_was_changed_after_the_opinion_cannot_be_requested_on(course: Course) -> None:
    one = course.reach(State.VERIFIED)
    upload(one, course.people.participant_japan, Kind.ISSUANCE_REQUEST)
    upload(one, course.people.participant_host, Kind.MONITORING_REPORT, text="with higher figures")
    with refused(NotReady, "ISS-13"):
        course.act(one, "request_issuance", course.people.participant_japan)
    upload(one, course.people.participant_host, Kind.MONITORING_REPORT)
    course.act(one, "request_issuance", course.people.participant_japan)


def test_nothing_verified_is_nothing_to_ask_for(course: Course) -> None:
    course.verified = 0
    one = course.reach(State.VERIFIED)
    upload(one, course.people.participant_japan, Kind.ISSUANCE_REQUEST)
    with refused(NotReady, "ISS-14"):
        course.act(one, "request_issuance", course.people.participant_japan)


def test_only_the_focal_point_asks_for_issuance(course: Course) -> None:
    one = course.reach(State.VERIFIED)
    upload(one, course.people.participant_japan, Kind.ISSUANCE_REQUEST)
    for somebody in (course.people.participant_host, course.people.stranger, course.people.tpe, course.people.secretariat_host):
        with refused(NotAllowed, "DOOR-00"):
            course.act(one, "request_issuance", somebody)


def test_the_government_of_one_side_cannot_answer_for_the_other(india: Course) -> None:
    one = india.reach(State.COMPLETE)
    for step, wrong in (
        ("approve_issuance_host", india.people.government_japan),
        ("approve_issuance_japan", india.people.government_host),
        ("refuse_issuance_host", india.people.government_japan),
        ("approve_issuance_host", india.people.registry_host),
        ("approve_issuance_japan", india.people.co_chair_japan),
    ):
        inputs = {"grounds": "None"} if step.startswith("refuse") else {}
        with refused(NotAllowed, "DOOR-00"):
            india.act(one, step, wrong, **inputs)


def test_a_government_answers_once(india: Course) -> None:
    one = india.reach(State.COMPLETE)
    india.act(one, "approve_issuance_host", india.people.government_host)
    with refused(NotReady, "ISS-15"):
        india.act(one, "approve_issuance_host", india.people.government_host)
    with refused(NotReady, "ISS-15"):
        india.act(one, "refuse_issuance_host", india.people.government_host, grounds="We think again.")


def test_the_committee_of_india_waits_for_both_governments(india: Course) -> None:
    one = india.reach(State.COMPLETE)
    for approve, government in (("host", india.people.government_host), ("japan", india.people.government_japan)):
        with refused(NotNow, "DOOR-02"):
            india.act(one, "notify", A_DECISION, host_tonnes=1, japan_tonnes=1)
        with refused(NotReady, "ISS-16", *(["ISS-16"] if approve == "host" else [])):
            india.act(one, "conclude_approvals", Actor.clock())
        india.act(one, f"approve_issuance_{approve}", government)
    assert one.reload().state == State.GOVERNMENTS_APPROVED


def test_the_first_generation_knows_no_prior_approval(jcm: Course) -> None:
    one = jcm.reach(State.COMPLETE)
    with refused(NotNow, "DOOR-03"):
        jcm.act(one, "approve_issuance_host", jcm.people.government_host)


def test_decided_amounts_are_whole_add_up_and_stay_within_the_verified(course: Course) -> None:
    one = course.reach(course.before_decision)
    wrong: list[tuple[str, dict[str, Any]]] = [
        ("ISS-17", {"host_tonnes": 4000, "japan_tonnes": 5001}),
        ("ISS-17", {"host_tonnes": 4000, "japan_tonnes": 5000, "decided_tonnes": 9001}),
        ("ISS-17", {"host_tonnes": 4000}),
        ("DOOR-08", {"host_tonnes": 0.5, "japan_tonnes": 1}),
        ("DOOR-08", {"host_tonnes": -1, "japan_tonnes": 1}),
    ]
    for code, amounts in wrong:
        with refused(NotReady, code):
            course.act(one, "notify", A_DECISION, **amounts)
    assert course.decided(one, host=4000, japan=5000).decided_tonnes == 9000


def test_a_side_issues_once_and_only_by_its_own_registry(course: Course) -> None:
    one = course.reach(State.NOTIFIED)
    people = course.people
    for step, wrong in (
        ("issue_host", people.registry_japan),
        ("issue_japan", people.registry_host),
        ("issue_host", people.government_host),
        ("issue_japan", people.secretariat_japan),
    ):
        with refused(NotAllowed, "DOOR-00"):
            course.act(one, step, wrong)
    course.act(one, "issue_host", people.registry_host)
    with refused(NotReady, "ISS-18"):
        course.act(one, "issue_host", people.registry_host)
    assert Block.objects.count() == 1


def test_a_side_with_nothing_has_nothing_to_issue(jcm: Course) -> None:
    one = jcm.decided(host=1, japan=0)
    with refused(NotReady, "ISS-18"):
        jcm.act(one, "issue_japan", jcm.people.registry_japan)


def test_a_round_is_not_closed_by_hand_before_both_sides_are_done(jcm: Course) -> None:
    one = jcm.reach(State.NOTIFIED)
    with refused(NotReady, "ISS-20", "ISS-20"):
        jcm.act(one, "close", Actor.clock())
    jcm.act(one, "issue_host", jcm.people.registry_host)
    with refused(NotReady, "ISS-20"):
        jcm.act(one, "close", Actor.clock())
    with refused(NotAllowed, "DOOR-00"):
        jcm.act(one, "close", jcm.people.secretariat_host)


def test_parts_add_up_and_go_to_accounts_of_the_side(jcm: Course) -> None:
    people = jcm.people
    japan = open_account(side="japan", holder=people.participant_japan.organisation, membership=people.registry_japan)
    host = open_account(side="host", holder=people.participant_host.organisation, membership=people.registry_host)
    one = jcm.decided(host=9, japan=31)
    for parts, codes in (
        ([(japan.pk, 30)], ["ISS-19"]),
        ([(japan.pk, 31), (japan.pk, 0)], ["REG-02", "REG-06"]),
        ([(host.pk, 31)], ["REG-04"]),
        ([(987_654, 31)], ["REG-03"]),
        ([(host.pk, 1), (987_654, 2)], ["ISS-19", "REG-04", "REG-03"]),
        ("everything", ["DOOR-08"]),
        ([("x", 31)], ["DOOR-08"]),
        ([(japan.pk, 31.5)], ["DOOR-08"]),
    ):
        with refused(NotReady, *codes):
            jcm.act(one, "issue_japan", people.registry_japan, parts=parts)
    assert not Block.objects.exists()
    jcm.act(one, "issue_japan", people.registry_japan, parts=f"{japan.pk}: 31\n")
    assert Block.objects.get().tonnes == 31
