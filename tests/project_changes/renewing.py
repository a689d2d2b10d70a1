"""The way of a renewal through its real steps, for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from apps.accounts.models import Membership
from apps.documents.kinds import Kind
from apps.project_changes.models import Renewal
from apps.project_changes.procedure.renewal import State
from apps.projects.models import Project
from apps.projects.procedure import State as ProjectState
from apps.workflow.services import open_file
from tests.people import actor
from tests.project_changes.walk import Later
from tests.projects.walk import upload

# The first period of the project runs from 1 April 2028.
FIRST_END, NEW_END = date(2033, 3, 31), date(2038, 3, 31)
STRAIGHT = (
    State.DRAFT, State.REQUESTED, State.REVALIDATION, State.REVALIDATED, State.GOVERNMENTS_APPROVED, State.RENEWED,
)  # fmt: skip
GROUNDS = "The reference level is out of date."


class Renewing(Later):
    """Renewals in one world."""

    def renewable(self, ends_on: date = FIRST_END) -> Project:
        """A registered project whose crediting period is shorter than it may be."""
        found: Project = self.world.usual(("renewable", ends_on), lambda: self._renewable(ends_on))
        return found

    def _renewable(self, ends_on: date) -> Project:
        project = self.world.reach(ProjectState.VALIDATED)
        self.world.propose(project, crediting_ends_on=ends_on)
        return self.world.reach(ProjectState.REGISTERED, project)

    def renewal(self, project: Project | None = None, by: Membership | None = None, **given: Any) -> Renewal:
        """A draft."""
        project = project or self.renewable()
        opened = open_file(
            Renewal,
            "draft",
            actor=actor(by or self.people.participant_host),
            edition=self.world.edition,
            title="Five more years",
            fields={"project_id": project.pk},
            **{"project": project, "ends_on": NEW_END, "entity": self.world.usual_entity, **given},
        )
        assert isinstance(opened, Renewal)
        return opened.reload()

    def bring(self, state: State, one: Renewal | None = None) -> Renewal:
        """A renewal in a state, by real steps."""
        if one is not None:
            return self._brought(state, one)
        found: Renewal = self.world.usual(("renewal", state), lambda: self._brought(state, None))
        return found

    def _brought(self, state: State, one: Renewal | None) -> Renewal:
        if state in ASIDE:
            before, step, by, inputs = ASIDE[state]
            one = self.bring(self.before_decision if before is None else before, one)
            if by is None:
                self.decide(one, step, **inputs)
            else:
                who = getattr(self.people, by)
                if by == "tpe":
                    upload(one, who, Kind.VALIDATION_REPORT)
                self.act(one, step, who, **inputs)
            return one.reload()
        one = one or self.renewal()
        for _step in STRAIGHT:
            if one.state == state:
                return one
            getattr(self, f"_on_from_{one.state}")(one)
            one = one.reload()
        assert one.state == state
        return one

    @property
    def before_decision(self) -> State:
        return State.GOVERNMENTS_APPROVED if self.world.edition == "india_2026" else State.REVALIDATED

    def _on_from_draft(self, one: Renewal) -> None:
        upload(one, self.people.participant_japan, Kind.RENEWAL_REQUEST)
        self.act(one, "request", self.people.participant_japan)

    def _on_from_requested(self, one: Renewal) -> None:
        self.act(one, "accept_as_complete", self.people.secretariat_japan)

    def _on_from_revalidation(self, one: Renewal) -> None:
        upload(one, self.people.tpe, Kind.VALIDATION_REPORT)
        self.act(one, "report_positive", self.people.tpe)

    def _on_from_revalidated(self, one: Renewal) -> None:
        if self.world.edition != "india_2026":
            self.decide(one, "renew")
            return
        self.act(one, "approve_renewal_host", self.people.government_host)
        self.act(one, "approve_renewal_japan", self.people.government_japan)

    def _on_from_governments_approved(self, one: Renewal) -> None:
        self.decide(one, "renew")


# Off the straight path: from which state (None: the one before the decision), which step, by whom, with what.
ASIDE: dict[State, tuple[State | None, str, str | None, dict[str, Any]]] = {
    State.INCOMPLETE: (State.REQUESTED, "request_completion", "secretariat_host", {"missing": "A signature"}),
    State.NOT_REVALIDATED: (State.REVALIDATION, "report_negative", "tpe", {"grounds": GROUNDS}),
    State.GOVERNMENT_REFUSED: (State.REVALIDATED, "refuse_renewal_japan", "government_japan", {"grounds": GROUNDS}),
    State.DENIED: (None, "deny", None, {"grounds": GROUNDS}),
    State.WITHDRAWN: (State.REQUESTED, "withdraw", "participant_host", {}),
}
