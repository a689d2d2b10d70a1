"""Reference emissions are put to the committee before a project's validation ends."""

from __future__ import annotations

from typing import Any

from apps.accounts.roles import Role, Side
from apps.projects.models import Project
from apps.projects.selectors import methodologies_of
from apps.reference_emissions.models import ReferenceAssessment
from apps.reference_emissions.services import draft_assessment
from apps.rehearsal.acts.stage import Stage


def request(stage: Stage, project: Project, title: str, **levels: Any) -> ReferenceAssessment:
    """The focal point drafts a request under the project's first methodology and hands it in."""
    actor, applied = stage.players.of(project.focal_point, Role.PARTICIPANT), methodologies_of(project)[0]
    basis: dict[str, Any] = {"methodology": applied.version_id, "proposed_methodology": applied.proposal_id}
    stage.tick()
    opened = draft_assessment(project=project, actor=actor, title=title, **basis, **levels)
    return stage.act(opened, "request", actor)


def accept(stage: Stage, one: ReferenceAssessment) -> ReferenceAssessment:
    """The secretariat finds the request complete."""
    return stage.act(one, "accept_as_complete", stage.players.one(Role.SECRETARIAT, Side.JAPAN))
