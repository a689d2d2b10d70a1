"""The way of an implementation report through its real steps, for tests."""

from __future__ import annotations

from typing import Any

from apps.accounts.models import Membership
from apps.documents.kinds import Kind
from apps.project_changes.models import ImplementationReport
from apps.project_changes.procedure.implementation import State
from apps.projects.models import Project
from apps.workflow.services import open_file
from tests.people import actor
from tests.project_changes.walk import Later
from tests.projects.walk import upload


class Reporting(Later):
    """Implementation reports in one world."""

    def report(self, project: Project | None = None, by: Membership | None = None, **given: Any) -> ImplementationReport:
        """A draft."""
        project = project or self.project()
        opened = open_file(
            ImplementationReport,
            "draft",
            actor=actor(by or self.people.participant_host),
            edition=self.world.edition,
            title="First report",
            fields={"project_id": project.pk},
            **{"project": project, "progress": "construction", "construction_starts_on": "2027-02-01", **given},
        )
        assert isinstance(opened, ImplementationReport)
        return opened.reload()

    def bring(self, state: State, one: ImplementationReport | None = None) -> ImplementationReport:
        """A report in a state, by real steps."""
        one, people = one or self.report(), self.people
        if state != State.DRAFT:
            upload(one, people.participant_host, Kind.IMPLEMENTATION_REPORT)
            self.act(one, "submit", people.participant_host)
        if state == State.RETURNED:
            self.act(one, "return_report", people.secretariat_host, missing="The photographs")
        if state == State.FORWARDED:
            self.act(one, "forward", people.secretariat_japan)
        if state == State.WITHDRAWN:
            self.act(one, "withdraw", people.participant_japan)
        assert one.reload().state == state
        return one.reload()
