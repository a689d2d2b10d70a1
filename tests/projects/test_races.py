"""Two at once: one number, one successor, one answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from apps.core import clock
from apps.documents.kinds import Kind
from apps.events.models import Event
from apps.projects.models import Project
from apps.projects.procedure import State
from apps.workflow.models import IssuedNumber
from apps.workflow.services import perform
from tests.people import actor, cast
from tests.projects.walk import World, noon, upload
from tests.workflow.threads import outcomes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def india(transactional_db: None) -> Iterator[World]:  # noqa: ARG001 - rows that other connections see
    with clock.rehearse(noon(2027, 3, 1)) as time:
        yield World(cast(), time, "india_2026")


def test_one_number_goes_to_one_project(india: World) -> None:
    secretariat = actor(india.people.secretariat_host)
    projects = [india.reach(State.SUBMITTED) for _ in range(4)]
    taken = outcomes([lambda one=one: perform(one, "publish", actor=secretariat, number=4) for one in projects[:2]])
    assert sorted(taken) == ["NUM-01", "done"]
    waiting = [one for one in projects if not one.reload().reference]
    outcomes([lambda one=one: perform(one, "publish", actor=secretariat) for one in waiting])
    assert sorted(Project.objects.values_list("reference", flat=True)) == ["IN004", "IN005", "IN006", "IN007"]
    assert IssuedNumber.objects.filter(series="IN").count() == 4


def test_one_project_takes_the_place_of_a_withdrawn_one(india: World) -> None:
    old = india.reach(State.REQUESTED)
    upload(old, india.people.participant_japan, Kind.REGISTRATION_WITHDRAWAL)
    perform(old, "withdraw_request", actor=actor(india.people.participant_japan))
    assert sorted(outcomes([lambda: india.open(supersedes=old)] * 2)) == ["PRJ-18", "done"]
    assert Project.objects.filter(supersedes=old).count() == 1


def test_both_governments_answering_at_once_conclude_once(india: World) -> None:
    people, project = india.people, india.reach(State.ALLOCATION_PROPOSED)
    outcome = outcomes(
        [
            lambda: perform(project, "approve_registration_host", actor=actor(people.government_host)),
            lambda: perform(project, "approve_registration_japan", actor=actor(people.government_japan)),
        ]
    )
    assert outcome == ["done", "done"]
    assert project.reload().state == "governments_approved"
    assert Event.objects.filter(type="project.conclude_approvals", subject_id=project.pk).count() == 1


def test_one_government_answers_once_however_often_it_presses(india: World) -> None:
    project, host = india.reach(State.ALLOCATION_PROPOSED), actor(india.people.government_host)
    attempts = [lambda: perform(project, "approve_registration_host", actor=host)] * 4
    assert sorted(outcomes(attempts)) == ["PRJ-16", "PRJ-16", "PRJ-16", "done"]
