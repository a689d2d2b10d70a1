"""The way of a file about a registered project through its real steps, for tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from apps.accounts.models import Membership
from apps.documents.kinds import Kind
from apps.events.models import Event
from apps.project_changes.models import Change
from apps.project_changes.procedure.change import State
from apps.projects.models import Project
from apps.projects.procedure import State as ProjectState
from apps.rehearsal.acts.stage import itemised
from apps.workflow.models import Subject
from apps.workflow.services import open_file, perform
from tests.decision import decide
from tests.people import Cast, actor
from tests.projects.walk import World, upload

DESCRIPTION = {
    "description": "The plant is built with 12.7 MW instead of 2.1 MW.",
    "why": "More land became available.",
    "pdd_sections": "A.2, B.5",
}
MAJOR = {**DESCRIPTION, "affects": [2, 4], "takes_effect_on": "2028-07-01"}
MINOR = {**DESCRIPTION, "description": "Another make of the same meter.", "takes_effect_on": "2028-07-01"}

STRAIGHT = (
    State.IDENTIFIED, State.ASSESSED, State.REQUESTED, State.CONSIDERATION, State.APPROVED, State.IN_EFFECT,
)  # fmt: skip


@dataclass
class Later:
    """What comes after registration, in one world."""

    world: World

    @property
    def people(self) -> Cast:
        return self.world.people

    def project(self, **changes: Any) -> Project:
        """A registered project."""
        return self.world.reach(ProjectState.REGISTERED, **changes)

    def act(self, one: Subject, step: str, by: Membership, **inputs: Any) -> Event:
        """Perform a step as a member."""
        return perform(one, step, actor=actor(by), **itemised(one, step, inputs))

    def decide(self, one: Subject, step: str, **inputs: Any) -> Event:
        """Let the committee adopt a step."""
        return decide(self.people, one, step, **inputs)

    # --- Changes ---

    def change(self, project: Project | None = None, by: Membership | None = None, **particulars: Any) -> Change:
        """A change that was identified; a major one, if not told otherwise."""
        project = project or self.project()
        opened = open_file(
            Change,
            "identify",
            actor=actor(by or self.people.participant_host),
            edition=self.world.edition,
            title="A larger plant",
            fields={"project_id": project.pk},
            project=project,
            **{"entity": self.world.usual_entity, **(particulars or MAJOR)},
        )
        assert isinstance(opened, Change)
        return opened.reload()

    def reach(self, state: State, one: Change | None = None) -> Change:
        """A change in a state, by real steps."""
        if one is not None:
            return self._reached(state, one)
        found: Change = self.world.usual(("change", state), lambda: self._reached(state, None))
        return found

    def _reached(self, state: State, one: Change | None) -> Change:
        if state in ASIDE:
            before, leave, particulars = ASIDE[state]
            one = self.reach(before, one or self.change(**particulars))
            leave(self, one)
            return one.reload()
        one = one or self.change()
        for _step in STRAIGHT:
            one = one.reload()
            if one.state == state:
                return one
            getattr(self, f"_from_{one.state}")(one)
        one = one.reload()
        assert one.state == state
        return one

    def _from_identified(self, one: Change) -> None:
        upload(one, self.people.tpe, Kind.CHANGE_OPINION)
        self.act(one, "give_opinion", self.people.tpe)

    def _from_assessed(self, one: Change) -> None:
        upload(one, self.people.participant_japan, Kind.CHANGE_REQUEST, Kind.PDD)
        self.act(one, "request", self.people.participant_japan)

    def _from_requested(self, one: Change) -> None:
        self.act(one, "accept_as_complete", self.people.secretariat_japan)

    def _from_consideration(self, one: Change) -> None:
        self.decide(one, "approve")

    def _from_approved(self, one: Change) -> None:
        self.act(one, "publish", self.people.secretariat_host)

    def confirm(self, one: Change) -> None:
        """The entity confirms a minor change."""
        upload(one, self.people.tpe, Kind.CHANGE_OPINION, Kind.PDD)
        self.act(one, "confirm_minor", self.people.tpe)

    def _incomplete(self, one: Change) -> None:
        self.act(one, "request_completion", self.people.secretariat_host, missing="The clean version")

    def deny(self, one: Change) -> None:
        """The committee says no."""
        self.decide(one, "deny", grounds="The larger plant is not additional.")

    def withdraw(self, one: Change) -> None:
        """The participants take it back."""
        self.act(one, "withdraw", self.people.participant_host)


# Off the straight path: from which state, by which way, and what the change is.
ASIDE: dict[State, tuple[State, Any, dict[str, Any]]] = {
    State.CONFIRMED: (State.IDENTIFIED, Later.confirm, MINOR),
    State.INCOMPLETE: (State.REQUESTED, Later._incomplete, MAJOR),
    State.DENIED: (State.CONSIDERATION, Later.deny, MAJOR),
    State.WITHDRAWN: (State.REQUESTED, Later.withdraw, MAJOR),
}
