"""Which version of a methodology a project may apply: the one in force when it was submitted for validation (rules 2.4, S43)."""

from __future__ import annotations

from datetime import date
from unittest.mock import patch

import pytest

from apps.core.errors import NotReady
from apps.methodologies.models import MethodologyVersion, ProposedMethodology
from apps.projects.models import Project
from apps.projects.procedure import State
from apps.projects.selectors import first_submitted_on
from apps.rehearsal.acts.stage import itemised
from apps.workflow import editions
from apps.workflow.services import open_file, perform, sweep
from tests.decision import decide
from tests.people import actor
from tests.projects.walk import FORMS, SUBMISSION, World, upload
from tests.refused import refused

pytestmark = pytest.mark.django_db


def revised(world: World, version: MethodologyVersion) -> MethodologyVersion:
    """The next version of the methodology, by the committee itself, approved in the meantime."""
    people, secretariat = world.people, actor(world.people.secretariat_host)
    proposal = open_file(
        ProposedMethodology,
        "draft_own",
        actor=secretariat,
        edition=world.edition,
        title="Solar thermal heat for industry",
        sectoral_scopes=[1],
        revises=version.methodology_id,
        revision_reason="data",
    )
    assert isinstance(proposal, ProposedMethodology)
    upload(proposal, people.secretariat_host, *FORMS)
    perform(proposal, "submit_own", actor=secretariat)
    perform(proposal, "publish", actor=secretariat, **itemised(proposal, "publish", {}))
    world.days(15)
    sweep()
    decide(people, proposal, "approve")
    return MethodologyVersion.objects.get(bases__proposal=proposal)


def submit(world: World, project: Project) -> None:
    """Hand in the design document."""
    upload(project, world.people.participant_japan, *SUBMISSION)
    world.submit(project)


def test_a_new_project_applies_the_version_in_force(world: World) -> None:
    first = world.usual_version
    second, japan = revised(world, first), actor(world.people.participant_japan)
    project = world.open(versions=[first])
    with refused(NotReady, "PRJ-21"):
        submit(world, project)
    perform(project, "amend", actor=japan, versions=[second])
    submit(world, project)
    assert project.reload().state == State.SUBMITTED


def test_the_refusal_names_the_newer_version(jcm: World) -> None:
    first = jcm.usual_version
    second = revised(jcm, first)
    with pytest.raises(NotReady) as caught:
        submit(jcm, jcm.open(versions=[first]))
    [problem] = caught.value.problems
    assert (problem.code, problem.field) == ("PRJ-21", "versions")
    day = f"{second.approved_on.day} {second.approved_on:%B %Y}"
    assert problem.text == f"{first} was superseded on {day}; apply {second}"


def test_a_version_that_comes_into_force_later_cannot_be_applied_yet(jcm: World) -> None:
    proposal = jcm.proposal()
    decide(jcm.people, proposal, "approve", effective_on=date(2027, 12, 1))
    version = MethodologyVersion.objects.get(bases__proposal=proposal)
    with pytest.raises(NotReady) as caught:
        submit(jcm, jcm.open(versions=[version]))
    assert [one.text for one in caught.value.problems] == [f"{version} is in force from 1 December 2027"]


def test_a_project_keeps_the_version_of_its_submission_to_its_registration(world: World) -> None:
    project = world.reach(State.SUBMITTED)
    revised(world, world.usual_version)
    found = world.reach(State.REGISTERED, project)
    assert [one.version for one in found.methodologies_applied.all()] == [world.usual_version]
    revised(world, world.usual_version)
    assert [one.version for one in found.reload().methodologies_applied.all()] == [world.usual_version]


def test_a_return_for_completion_does_not_take_the_version_away(jcm: World) -> None:
    project = jcm.reach(State.SUBMITTED)
    day = jcm.today
    perform(project, "return_pdd", actor=actor(jcm.people.secretariat_host), missing="Section B")
    revised(jcm, jcm.usual_version)
    submit(jcm, project)
    assert (project.reload().state, first_submitted_on(project)) == (State.SUBMITTED, day)


def test_in_validation_a_project_may_keep_its_version_or_take_the_one_in_force(jcm: World) -> None:
    project, japan = jcm.reach(State.VALIDATION), actor(jcm.people.participant_japan)
    old = jcm.version()
    revised(jcm, old)
    second = revised(jcm, jcm.usual_version)
    perform(project, "amend_in_validation", actor=japan, title="Another title")
    perform(project, "amend_in_validation", actor=japan, versions=[jcm.usual_version])
    perform(project, "amend_in_validation", actor=japan, versions=[second])
    # It was approved after the project's submission and superseded before today.
    with refused(NotReady, "PRJ-21"):
        perform(project, "amend_in_validation", actor=japan, versions=[old])


def test_a_proposal_that_became_a_version_is_judged_by_that(jcm: World) -> None:
    proposal = jcm.proposal()
    project = jcm.open(proposals=[proposal])
    decide(jcm.people, proposal, "approve")
    version = MethodologyVersion.objects.get(bases__proposal=proposal)
    revised(jcm, version)
    with refused(NotReady, "PRJ-21"):
        submit(jcm, project)


def test_a_proposal_before_its_approval_is_no_version(jcm: World) -> None:
    project = jcm.open(proposals=[jcm.proposal()])
    submit(jcm, project)
    assert project.reload().state == State.SUBMITTED


def test_the_grace_is_a_parameter_of_the_edition(jcm: World) -> None:
    first = jcm.usual_version
    revised(jcm, first)
    project, edition = jcm.open(versions=[first]), editions.JCM_2013
    name = "superseded_version_grace_days"
    longer = {**edition.parameters, name: editions.Parameter(1, editions.Mark.NOT_FOUND, "a test")}
    assert edition.days(name) == 0
    with patch.dict(edition.parameters, longer):
        submit(jcm, project)
    assert project.reload().state == State.SUBMITTED
