"""Registered projects change: small things are confirmed by an entity, others put to the committee."""

from __future__ import annotations

from typing import Any

from apps.accounts.roles import Role, Side
from apps.documents.kinds import Kind
from apps.project_changes.models import Change
from apps.project_changes.services import report_change
from apps.projects.models import Project
from apps.rehearsal.acts.stage import Stage
from apps.workflow.actors import Actor


def identify(stage: Stage, project: Project, title: str, **particulars: Any) -> Change:
    """The focal point reports a change, to be judged by the entity that validated the project."""
    if project.validator is None:
        raise ValueError(f"{project.reference}: no validator was named")
    stage.tick()
    actor = stage.players.of(project.focal_point, Role.PARTICIPANT)
    opened = report_change(project=project, actor=actor, title=title, entity=project.validator.pk, **particulars)
    return Change.objects.get(pk=opened.pk)


def confirm(stage: Stage, change: Change) -> Change:
    """The participants revise the design document and the entity confirms that the change is minor."""
    stage.file_papers(change, (Kind.PDD,), stage.players.of(change.project.focal_point, Role.PARTICIPANT))
    return stage.act(change, "confirm_minor", _entity(stage, change))


def assess(stage: Stage, change: Change) -> Change:
    """The entity gives its opinion for the committee."""
    return stage.act(change, "give_opinion", _entity(stage, change))


def request(stage: Stage, change: Change) -> Change:
    """Approval of the change is requested."""
    return stage.act(change, "request", stage.players.of(change.project.focal_point, Role.PARTICIPANT))


def accept(stage: Stage, change: Change) -> Change:
    """The secretariat finds the request complete."""
    return stage.act(change, "accept_as_complete", stage.players.one(Role.SECRETARIAT, Side.HOST))


def _entity(stage: Stage, change: Change) -> Actor:
    if change.entity is None:
        raise ValueError(f"{change.reference}: no entity was named")
    return stage.players.of(change.entity.organisation, Role.TPE)
