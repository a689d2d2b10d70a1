"""Changes after registration: who may report, confirm and decide them, what they hold up, and what they leave as it was."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError

from apps.core.errors import NotReady
from apps.documents.kinds import Kind
from apps.issuance.models import Round
from apps.issuance.procedure import State as RoundState
from apps.project_changes.models import Change
from apps.project_changes.procedure.change import State
from apps.projects.models import ProjectHold, ProjectVersion
from apps.projects.procedure import State as ProjectState
from apps.projects.selectors import holds_until, later_versions
from tests.issuance.walk import Course
from tests.project_changes.walk import MAJOR, MINOR, Later
from tests.projects.walk import upload
from tests.refused import refused

DAY = date(2028, 7, 1)


def verified(later: Later, starts_on: date, ends_on: date) -> Round:
    """A round of the project whose issuance can be asked for."""
    course = Course(later.world)
    return course.reach(RoundState.VERIFIED, course.open(later.project(), starts_on, ends_on))


def test_awkward_case_21_a_project_grows_under_its_number_and_what_was_stays(later: Later) -> None:
    project = later.project(title="2.1 MW solar power plant", expected_tonnes_per_year=2100)
    number, registered_on = project.reference, project.registered_on
    change = later.change(project, **MAJOR, new_title="12.7 MW solar power plant", new_expected_tonnes=12700)
    later.reach(State.APPROVED, change)
    project = project.reload()
    assert (project.title, project.expected_tonnes_per_year) == ("12.7 MW solar power plant", 12700)
    assert (project.reference, project.registered_on, project.state) == (number, registered_on, "registered")
    (version,) = later_versions(project)
    assert (version.number, version.effective_on, version.source) == (2, DAY, change.reference)
    assert version.was == {"title": "2.1 MW solar power plant", "expected_tonnes_per_year": 2100}
    assert version.now == {"title": "12.7 MW solar power plant", "expected_tonnes_per_year": 12700}


def test_changes_of_a_project_are_numbered_and_its_versions_follow_each_other(india: Later) -> None:
    project = india.project()
    first = india.reach(State.CONFIRMED, india.change(project, **MINOR, new_title="Renamed"))
    later_start = {**MAJOR, "affects": [2, 4, 5], "new_operation_starts_on": "2028-03-01"}
    second = india.reach(State.APPROVED, india.change(project, **later_start, new_title="Larger"))
    assert [first.reference, second.reference] == [f"{project.reference}-C1", f"{project.reference}-C2"]
    assert [(one.number, one.was, one.now) for one in later_versions(project)] == [
        (2, {"title": "Solar thermal heat for a dairy, Anand, Gujarat"}, {"title": "Renamed"}),
        (3, {"title": "Renamed", "operation_starts_on": "2026-01-01"}, {"title": "Larger", "operation_starts_on": "2028-03-01"}),
    ]


def test_a_denied_or_withdrawn_change_leaves_the_project_as_it_was_and_lets_it_go(india: Later) -> None:
    for state in (State.DENIED, State.WITHDRAWN):
        change = india.reach(state)
        assert not later_versions(change.project).exists()
        assert holds_until(change.project, date.max) == []


@pytest.mark.parametrize("leave", [Later.deny, Later.withdraw, None])
def test_issuance_of_days_that_a_running_change_touches_waits_for_its_decision(leave: Any, later: Later) -> None:
    one = verified(later, date(2028, 4, 1), DAY)
    change = later.reach(State.CONSIDERATION, later.change(one.project))
    upload(one, later.people.participant_japan, Kind.ISSUANCE_REQUEST)
    with refused(NotReady, "ISS-28"):
        later.act(one, "request_issuance", later.people.participant_japan)
    if leave:
        leave(later, change)
    else:
        later.decide(change, "approve")
    later.act(one, "request_issuance", later.people.participant_japan)


def test_the_refusal_names_the_change_its_day_and_the_remedy(india: Later) -> None:
    one = verified(india, date(2028, 4, 1), DAY)
    change = india.change(one.project)
    upload(one, india.people.participant_japan, Kind.ISSUANCE_REQUEST)
    with pytest.raises(NotReady) as caught:
        india.act(one, "request_issuance", india.people.participant_japan)
    (problem,) = caught.value.problems
    assert problem.text == (
        f"change {change.reference} of the project touches its days from 1 July 2028 on;"
        " wait for the decision on it, or end the period before"
    )


def test_days_before_the_change_and_minor_changes_wait_for_nothing(india: Later) -> None:
    one = verified(india, date(2028, 4, 1), date(2028, 6, 30))
    india.change(one.project)
    india.change(one.project, **{**MINOR, "takes_effect_on": "2028-04-01"})
    upload(one, india.people.participant_japan, Kind.ISSUANCE_REQUEST)
    india.act(one, "request_issuance", india.people.participant_japan)


def test_amounts_are_not_decided_while_a_change_runs(later: Later) -> None:
    course = Course(later.world)
    one = course.reach(course.before_decision, course.open(later.project(), date(2028, 4, 1), DAY))
    later.change(one.project)
    with pytest.raises(NotReady) as caught:
        course.decide(one, "notify", host_tonnes=1, japan_tonnes=1)
    assert caught.value.codes == ("ISS-28",)


def test_an_amendment_moves_the_hold_or_lifts_it(india: Later) -> None:
    change = india.change()
    entity = india.world.usual_entity
    assert [one.starts_on for one in holds_until(change.project, date.max)] == [DAY]
    india.act(change, "amend", india.people.participant_host, **{**MAJOR, "takes_effect_on": "2029-01-01"}, entity=entity)
    assert [one.starts_on for one in holds_until(change.project, date.max)] == [date(2029, 1, 1)]
    assert holds_until(change.project, date(2028, 12, 31)) == []
    india.act(change, "amend", india.people.participant_host, **MINOR, entity=entity)
    assert holds_until(change.project, date.max) == []


def test_only_those_with_a_part_in_it_report_a_change(india: Later) -> None:
    project, people = india.project(), india.people
    other = india.world.entity(people.other_tpe)
    for by in (people.stranger, people.other_tpe):
        with refused(NotReady, "CHG-01"):
            india.change(project, by)
    assert india.change(project, people.tpe).state == State.IDENTIFIED
    assert india.change(project, people.other_tpe, **MINOR, entity=other).state == State.IDENTIFIED


def test_only_a_registered_project_is_changed(india: Later) -> None:
    project = india.world.reach(ProjectState.CONSIDERATION)
    with refused(NotReady, "CHG-02"):
        india.change(project)


def test_the_entity_covers_the_methodologies_on_the_day(india: Later) -> None:
    project = india.project()
    other = india.world.entity(india.people.other_tpe, scopes=(3,))
    with refused(NotReady, "CHG-03"):
        india.change(project, **MAJOR, entity=other)


def test_the_entity_takes_no_part_in_the_project(india: Later) -> None:
    verifier = india.people.tpe.organisation
    project = india.project(
        participants=[
            (india.people.participant_host.organisation, "host"),
            (india.people.participant_japan.organisation, "japan"),
        ]
    )
    project.participants.create(organisation=verifier, side="host")
    with refused(NotReady, "CHG-04"):
        india.change(project)


def test_a_major_change_is_not_confirmed_and_a_minor_one_not_put_to_the_committee(india: Later) -> None:
    major = india.change()
    upload(major, india.people.tpe, Kind.CHANGE_OPINION, Kind.PDD)
    with refused(NotReady, "CHG-05"):
        india.act(major, "confirm_minor", india.people.tpe)
    minor = india.change(major.project, **MINOR)
    upload(minor, india.people.tpe, Kind.CHANGE_OPINION, Kind.PDD)
    with refused(NotReady, "CHG-06"):
        india.act(minor, "give_opinion", india.people.tpe)


@pytest.mark.parametrize(
    ("affects", "new"), [([], {"new_expected_tonnes": 9}), ([1, 2, 3, 4], {"new_operation_starts_on": "2028-05-01"})]
)
def test_new_figures_are_said_to_be_affected(affects: list[int], new: dict[str, Any], india: Later) -> None:
    project = india.project()
    with refused(NotReady, "CHG-10"):
        india.change(project, **{**MAJOR, "affects": affects}, **new)
    change = india.change(project)
    with refused(NotReady, "CHG-10"):
        given = {**MAJOR, "affects": affects, **new, "entity": india.world.usual_entity}
        india.act(change, "amend", india.people.participant_host, **given)


def test_the_opinion_is_the_entitys_own(india: Later) -> None:
    change = india.change()
    upload(change, india.people.participant_host, Kind.CHANGE_OPINION)
    with refused(NotReady, "CHG-07"):
        india.act(change, "give_opinion", india.people.tpe)


def test_a_confidential_revised_design_is_not_published(india: Later) -> None:
    change = india.reach(State.ASSESSED)
    upload(change, india.people.participant_japan, Kind.PDD, confidential=True)
    upload(change, india.people.participant_japan, Kind.CHANGE_REQUEST)
    india.act(change, "request", india.people.participant_japan)
    change = india.reach(State.APPROVED, change)
    with refused(NotReady, "CHG-08"):
        india.act(change, "publish", india.people.secretariat_host)


def test_without_its_papers_nothing_is_requested(india: Later) -> None:
    change = india.reach(State.ASSESSED)
    with refused(NotReady, "DOOR-05", "DOOR-05"):
        india.act(change, "request", india.people.participant_japan)


@pytest.mark.parametrize("model", [ProjectVersion, ProjectHold])
def test_versions_and_holds_are_written_once_and_by_an_act(model: Any, india: Later) -> None:
    change = india.reach(State.APPROVED)
    row = model.objects.filter(project=change.project).latest("pk")
    with pytest.raises(ProgrammingError), transaction.atomic():
        model.objects.filter(pk=row.pk).update(source="IN999")
    row.pk, row.act_id = None, "00000000-0000-4000-8000-000000000000"
    if model is ProjectVersion:
        row.number = 9
    row.save(force_insert=True)
    with pytest.raises(IntegrityError, match="has no act in this transaction"):
        connection.check_constraints()


def test_a_change_is_known_to_its_people(india: Later) -> None:
    change, people = india.change(), india.people
    for one in (people.participant_host, people.participant_japan, people.tpe):
        roles = change.roles_of(one.organisation_id)
        assert list(Change.objects.filter(Change.related_to(one.organisation_id, frozenset(roles)))) == [change]
    assert not change.roles_of(people.stranger.organisation_id)
