"""What its own people may do with a registered project: its participants, its focal point, and its end."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.utils import IntegrityError

from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.core.errors import NotAllowed, NotNow, NotReady
from apps.documents.kinds import Kind
from apps.projects.models import ParticipantChange, Project
from apps.projects.procedure import State
from apps.projects.selectors import participant_changes, public_status, stage
from apps.workflow.services import perform
from tests.people import actor, organisation, person
from tests.projects.walk import World, upload
from tests.refused import refused


def take(world: World, project: Project, step: str, by: Membership | None = None, **inputs: Any) -> Project:
    """Perform a step with a new statement, by the focal point if not told otherwise."""
    by = by or world.people.participant_japan
    upload(project, by, Kind.MOC_STATEMENT, text=f"for {step} at {project.version}")
    perform(project, step, actor=actor(by), **inputs)
    return project.reload()


def names(project: Project) -> list[str]:
    return [str(one) for one in project.participants.order_by("pk")]


def told(project: Project) -> list[tuple[str, str, str]]:
    return [(one.kind, one.name, one.former_name) for one in participant_changes(project)]


def test_awkward_case_22_participants_are_renamed_and_their_former_names_kept(world: World) -> None:
    project, own = world.reach(State.REGISTERED), world.people.participant_host.organisation
    project = take(world, project, "rename_participant", organisation=own, new_name="Surya Heat")
    assert names(project) == ["Surya Heat", "Solar Japan"]
    project = take(world, project, "rename_participant", organisation=own, new_name="Surya Process Heat")
    assert [(one.new_name, one.former_name) for one in project.participants.filter(side="host")] == [
        ("Surya Process Heat", "Surya Heat")
    ]
    assert told(project) == [
        ("renamed", "Surya Heat", "Solar India"),
        ("renamed", "Surya Process Heat", "Surya Heat"),
    ]
    assert own.name == "Solar India"


def test_awkward_case_22_a_defunct_participant_is_withdrawn_by_the_others_on_evidence(world: World) -> None:
    people, project = world.people, world.reach(State.REGISTERED)
    other = person("Second Japanese", Role.PARTICIPANT, organisation("Steam Japan", "japan"))
    project = take(world, project, "add_participant", organisation=other.organisation, side="japan")
    gone = people.participant_japan.organisation
    upload(project, other, Kind.MOC_STATEMENT, text="without Solar Japan")
    given: dict[str, Any] = {"organisation": gone, "successor_if_focal": other.organisation}
    with refused(NotReady, "DOOR-05"):
        perform(project, "withdraw_defunct_participant", actor=actor(other), **given)
    upload(project, other, Kind.CESSATION_EVIDENCE)
    with refused(NotReady, "PRJ-36"):
        perform(project, "withdraw_defunct_participant", actor=actor(other), organisation=gone)
    with refused(NotReady, "PRJ-35"):
        perform(project, "withdraw_defunct_participant", actor=actor(people.participant_japan), **given)
    perform(project, "withdraw_defunct_participant", actor=actor(other), **given)
    project = project.reload()
    assert (names(project), project.focal_point) == (["Solar India", "Steam Japan"], other.organisation)
    assert told(project)[1:] == [("withdrawn", "Solar Japan", ""), ("focal_point", "Steam Japan", "Solar Japan")]
    assert not project.roles_of(gone.pk)


def test_only_a_defunct_focal_point_is_replaced_by_the_others(india: World) -> None:
    people, project = india.people, india.reach(State.REGISTERED)
    project = take(india, project, "add_participant", organisation=people.stranger.organisation, side="host")
    upload(project, people.stranger, Kind.MOC_STATEMENT, text="coup")
    upload(project, people.stranger, Kind.CESSATION_EVIDENCE)
    given: dict[str, Any] = {
        "organisation": people.participant_host.organisation,
        "successor_if_focal": people.stranger.organisation,
    }
    with refused(NotReady, "PRJ-36"):
        perform(project, "withdraw_defunct_participant", actor=actor(people.stranger), **given)


def test_a_new_focal_point_speaks_from_then_on(world: World) -> None:
    people, project = world.people, world.reach(State.REGISTERED)
    project = take(world, project, "change_focal_point", successor=people.participant_host.organisation)
    assert told(project) == [("focal_point", "Solar India", "Solar Japan")]
    upload(project, people.participant_japan, Kind.MOC_STATEMENT, text="once more")
    given = {"organisation": people.stranger.organisation, "side": "host"}
    with refused(NotAllowed, "DOOR-00"):
        perform(project, "add_participant", actor=actor(people.participant_japan), **given)
    perform(project, "add_participant", actor=actor(people.participant_host), **given)


def test_a_statement_serves_one_step_only(india: World) -> None:
    project = india.reach(State.REGISTERED)
    given = {"organisation": india.people.stranger.organisation, "side": "host"}
    with refused(NotReady, "PRJ-30"):
        perform(project, "add_participant", actor=actor(india.people.participant_japan), **given)
    project = take(india, project, "add_participant", **given)
    with refused(NotReady, "PRJ-30"):
        perform(project, "withdraw_participant", actor=actor(india.people.participant_japan), organisation=given["organisation"])


@pytest.mark.parametrize(
    ("step", "inputs", "code"),
    [
        ("change_focal_point", {"successor": "participant_japan"}, "PRJ-31"),
        ("add_participant", {"organisation": "participant_host", "side": "host"}, "PRJ-32"),
        ("add_participant", {"organisation": "stranger", "side": "japan"}, "PRJ-32"),
        ("add_participant", {"organisation": "tpe", "side": "host"}, "PRJ-32"),
        ("rename_participant", {"organisation": "stranger", "new_name": "Somewhere"}, "PRJ-33"),
        ("withdraw_participant", {"organisation": "stranger"}, "PRJ-33"),
        ("withdraw_participant", {"organisation": "participant_host"}, "PRJ-34"),
        ("withdraw_participant", {"organisation": "participant_japan"}, "PRJ-34"),
    ],
)
def test_what_a_statement_cannot_say_is_refused(step: str, inputs: dict[str, str], code: str, india: World) -> None:
    project, people = india.reach(State.REGISTERED), india.people
    given = {name: getattr(people, value).organisation if hasattr(people, value) else value for name, value in inputs.items()}
    upload(project, people.participant_japan, Kind.MOC_STATEMENT, text="new")
    with refused(NotReady, code):
        perform(project, step, actor=actor(people.participant_japan), **given)


def test_the_first_generation_lets_the_last_japanese_participant_go(jcm: World) -> None:
    project = jcm.reach(State.REGISTERED)
    project = take(jcm, project, "withdraw_participant", organisation=jcm.people.participant_japan.organisation)
    assert names(project) == ["Solar India"]


def test_defunct_is_only_what_had_a_part(india: World) -> None:
    project, people = india.reach(State.REGISTERED), india.people
    upload(project, people.participant_japan, Kind.MOC_STATEMENT, text="new")
    upload(project, people.participant_japan, Kind.CESSATION_EVIDENCE)
    with refused(NotReady, "PRJ-33"):
        perform(
            project,
            "withdraw_defunct_participant",
            actor=actor(people.participant_japan),
            organisation=people.stranger.organisation,
        )


def test_changes_among_participants_are_written_by_an_act_on_the_project(india: World) -> None:
    project = india.reach(State.REGISTERED)
    ParticipantChange.objects.create(
        project=project, organisation=india.people.stranger.organisation, kind="added", name="Nobody",
        effective_on=india.today, act_id="00000000-0000-4000-8000-000000000000",
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="has no act in this transaction"):
        connection.check_constraints()


def test_a_registered_project_is_withdrawn_by_all_its_participants(world: World) -> None:
    people, project = world.people, world.reach(State.REGISTERED)
    by, both = actor(people.participant_japan), [people.participant_host.organisation, people.participant_japan.organisation]
    with refused(NotReady, "DOOR-05"):
        perform(project, "withdraw_registered", actor=by, signed_by=both)
    upload(project, people.participant_japan, Kind.PROJECT_WITHDRAWAL)
    with refused(NotReady, "PRJ-37"):
        perform(project, "withdraw_registered", actor=by, signed_by=both[1:])
    perform(project, "withdraw_registered", actor=by, signed_by=both)
    project = project.reload()
    assert (project.state, public_status(project)) == ("withdrawn_registered", "Registered project withdrawn")
    assert (stage(project).key, stage(project).kind) == ("registration", "stop")
    assert project.registered_on is not None
    with refused(NotNow, "DOOR-02"):
        perform(project, "withdraw_registered", actor=by, signed_by=both)
