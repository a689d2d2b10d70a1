"""The way of an assessment of reference emissions through its real steps, for tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from apps.accounts.models import Membership
from apps.documents.kinds import Kind
from apps.events.models import Event
from apps.projects.models import Project
from apps.reference_emissions.models import ReferenceAssessment
from apps.reference_emissions.procedure import State
from apps.rehearsal.acts.stage import itemised
from apps.workflow.models import Subject
from apps.workflow.services import open_file, perform
from tests.decision import decide
from tests.people import Cast, actor
from tests.projects.walk import World, upload

LEVELS = {
    "reference_tonnes": 12_000,
    "usual_tonnes": 15_000,
    "project_tonnes": 2_500,
    "evidence": "Three years of fuel invoices of the dairy.",
    "ndc_reasoning": "The boilers fall under the industry target of the contribution.",
}
GROUNDS = "The boilers would have been replaced by more efficient ones."
STRAIGHT = (State.DRAFT, State.REQUESTED, State.ASSESSING, State.CONFIRMED)


@dataclass
class Assessing:
    """Assessments in one world."""

    world: World

    @property
    def people(self) -> Cast:
        return self.world.people

    def project(self) -> Project:
        """A project that its entity has accepted to validate."""
        return self.world.in_validation()

    def act(self, one: Subject, step: str, by: Membership | None = None, **inputs: Any) -> Event:
        """Perform a step as a member; by the focal point, if not told otherwise."""
        return perform(one, step, actor=actor(by or self.people.participant_japan), **itemised(one, step, inputs))

    def decide(self, one: Subject, step: str, **inputs: Any) -> Event:
        """Let the committee adopt a step."""
        return decide(self.people, one, step, **{"grounds": GROUNDS, **inputs})

    def levels(self, **changes: Any) -> dict[str, Any]:
        """What the form asks for; the usual methodology, if not told otherwise."""
        return {"methodology": self.world.usual_version, **LEVELS, **changes}

    def draft(self, project: Project | None = None, by: Membership | None = None, **changes: Any) -> ReferenceAssessment:
        """A draft."""
        project = project or self.project()
        opened = open_file(
            ReferenceAssessment,
            "draft",
            actor=actor(by or self.people.participant_host),
            edition=self.world.edition,
            title="Reference emissions of the boilers",
            fields={"project_id": project.pk},
            project=project,
            **self.levels(**changes),
        )
        assert isinstance(opened, ReferenceAssessment)
        return opened.reload()

    def hand_in(self, one: ReferenceAssessment, text: str = "as first handed in") -> None:
        """The form, as it reads now."""
        upload(one, self.people.participant_japan, Kind.REFERENCE_REQUEST, text=text)

    def bring(self, state: State, one: ReferenceAssessment | None = None) -> ReferenceAssessment:
        """An assessment in a state, by real steps."""
        if one is not None:
            return self._brought(state, one)
        found: ReferenceAssessment = self.world.usual(("assessment", state), lambda: self._brought(state, None))
        return found

    def _brought(self, state: State, one: ReferenceAssessment | None) -> ReferenceAssessment:
        if state in ASIDE:
            before, leave = ASIDE[state]
            one = self.bring(before, one)
            leave(self, one)
            return one.reload()
        one = one or self.draft()
        for _step in STRAIGHT:
            if one.state == state:
                return one
            getattr(self, f"_on_from_{one.state}")(one)
            one = one.reload()
        assert one.state == state
        return one

    def _on_from_draft(self, one: ReferenceAssessment) -> None:
        self.hand_in(one)
        self.act(one, "request")

    def _on_from_requested(self, one: ReferenceAssessment) -> None:
        self.act(one, "accept_as_complete", self.people.secretariat_japan)

    def _on_from_assessing(self, one: ReferenceAssessment) -> None:
        self.decide(one, "confirm")

    def _on_from_adjust(self, one: ReferenceAssessment) -> None:
        self.hand_in(one, "with the lower level")
        self.act(one, "file_adjusted", **self.levels(reference_tonnes=one.at_most_tonnes))

    def _incomplete(self, one: ReferenceAssessment) -> None:
        self.act(one, "request_completion", self.people.secretariat_host, missing="The invoices of 2026")

    def _adjust(self, one: ReferenceAssessment) -> None:
        self.decide(one, "adjust", at_most_tonnes=11_000)

    def _refuse(self, one: ReferenceAssessment) -> None:
        self.decide(one, "refuse")

    def _withdraw(self, one: ReferenceAssessment) -> None:
        self.act(one, "withdraw", self.people.participant_host)

    def _lapse(self, one: ReferenceAssessment) -> None:
        self.act(one.project, "withdraw")


# Off the straight path: from which state, and by which way.
ASIDE: dict[State, tuple[State, Any]] = {
    State.INCOMPLETE: (State.REQUESTED, Assessing._incomplete),
    State.ADJUST: (State.ASSESSING, Assessing._adjust),
    State.REFUSED: (State.ASSESSING, Assessing._refuse),
    State.WITHDRAWN: (State.REQUESTED, Assessing._withdraw),
    State.LAPSED: (State.ASSESSING, Assessing._lapse),
}
