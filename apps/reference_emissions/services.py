"""What a step of an assessment writes besides the assessment itself; and how one is opened."""

from __future__ import annotations

from typing import Any, cast

from apps.completeness.services import outcomes_kept  # noqa: F401 # reason: named in the table
from apps.core import clock
from apps.projects import services as projects
from apps.projects.models import Project, Standing
from apps.reference_emissions.models import ReferenceAssessment
from apps.reference_emissions.procedure import State
from apps.workflow.actors import Actor
from apps.workflow.fsm import Act
from apps.workflow.selectors import edition_for
from apps.workflow.services import open_file

STANDINGS = {
    State.REQUESTED: Standing.PENDING,
    State.ADJUST: Standing.ADJUST,
    State.CONFIRMED: Standing.CONFIRMED,
    State.REFUSED: Standing.REFUSED,
    State.WITHDRAWN: Standing.ENDED,
    State.LAPSED: Standing.ENDED,
}


def draft_assessment(
    *, project: Project, actor: Actor, title: str, idempotency_key: str | None = None, **particulars: Any
) -> ReferenceAssessment:
    """Draft a request to assess a project's reference emissions under the edition in force today.

    `particulars` are what the step `draft` asks for. Raises NotAllowed, NotReady (REF-01 to REF-05), or NoRules where
    the edition in force knows no such assessment.
    """
    opened = open_file(
        ReferenceAssessment,
        "draft",
        actor=actor,
        edition=edition_for(ReferenceAssessment.procedure, clock.today()).key,
        title=title,
        idempotency_key=idempotency_key,
        fields={"project_id": project.pk},
        project=project.pk,
        **particulars,
    )
    return cast("ReferenceAssessment", opened)


def assessment_numbered(subject: ReferenceAssessment, act: Act) -> None:
    """Give the assessment the next number of its project, such as IN001-E1."""
    subject.number, subject.reference = projects.number_within(subject.project, "E", subject=subject, act=act)


def standing_written(subject: ReferenceAssessment, act: Act) -> None:
    """Let the project know where the assessment stands; of a draft it knows nothing."""
    if not subject.reference:
        return
    projects.note_reference_emissions(
        project=subject.project,
        act=act,
        source=subject.reference,
        standing=STANDINGS[State(subject.state)],
        reference_tonnes=subject.reference_tonnes,
        usual_tonnes=subject.usual_tonnes,
    )
