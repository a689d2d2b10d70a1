"""What a withdrawal leaves: credits that were issued, and three ends that are told apart."""

from __future__ import annotations

from datetime import date

from apps.core.errors import NotReady
from apps.documents.kinds import Kind
from apps.issuance.procedure import State
from apps.issuance.selectors import reconcile
from apps.projects.models import Project
from apps.projects.procedure import State as ProjectState
from apps.registry.models import Block
from apps.workflow.services import perform
from tests.issuance.walk import Course
from tests.people import actor
from tests.projects.walk import upload
from tests.refused import refused


def withdraw(course: Course, project: Project) -> Project:
    """All participants withdraw the registered project."""
    by, both = course.people.participant_japan, [one.organisation_id for one in project.participants.all()]
    upload(project, by, Kind.PROJECT_WITHDRAWAL)
    perform(project, "withdraw_registered", actor=actor(by), signed_by=both)
    return project.reload()


def test_issued_credits_stay_and_no_round_is_opened(course: Course) -> None:
    one = course.reach(State.CLOSED)
    project = withdraw(course, one.project)
    assert Block.objects.filter(project_id=project.pk).count() == 2
    assert reconcile() == []
    with refused(NotReady, "ISS-02"):
        course.open(project, date(2029, 4, 1), date(2029, 9, 30))


def test_no_issuance_is_requested_any_more(course: Course) -> None:
    one = course.reach(State.VERIFIED)
    withdraw(course, one.project)
    upload(one, course.people.participant_japan, Kind.ISSUANCE_REQUEST)
    with refused(NotReady, "ISS-08"):
        course.act(one, "request_issuance", course.people.participant_japan)


def test_what_was_decided_before_the_withdrawal_is_still_issued(course: Course) -> None:
    one = course.reach(State.NOTIFIED)
    withdraw(course, one.project)
    assert course.reach(State.CLOSED, one.reload()).state == State.CLOSED


def test_awkward_case_43_project_request_and_issuance_request_each_have_an_end_of_their_own(india: Course) -> None:
    one = india.reach(State.REQUEST_WITHDRAWN)
    project = withdraw(india, one.project)
    other = india.world.reach(ProjectState.CONSIDERATION, title="Solar heat for a brewery")
    upload(other, india.people.participant_japan, Kind.REGISTRATION_WITHDRAWAL)
    perform(other, "withdraw_request", actor=actor(india.people.participant_japan))
    ends = [one.state_label, project.state_label, other.reload().state_label]
    assert ends == ["Request for issuance withdrawn", "Registered project withdrawn", "Request for registration withdrawn"]
