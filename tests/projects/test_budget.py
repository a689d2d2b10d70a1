"""What the pages cost on which most of a project's checks are asked: at most twelve queries."""

from __future__ import annotations

from pathlib import Path

from apps.accounts.models import Membership
from apps.documents.kinds import Kind
from apps.methodologies.models import ProposedMethodology
from apps.projects.models import Project
from apps.projects.procedure import State
from tests.decision import decide
from tests.issuance.sheets import Bench
from tests.issuance.walk import Course
from tests.portal.reading import Reader
from tests.projects.walk import World, upload
from tests.projects.worlds import read

__all__ = ["read"]

BUDGET = 12


def cost(read: Reader, project: Project, step: str, by: Membership) -> tuple[int, int]:
    """The queries of a project's page and of the page of one of its steps, which is open to the reader."""
    row = project.procedure.row(project.edition, step)
    assert row
    assert "form" in (read(project.step_url(row), by).context or {}), "the step is open"
    return read.queries(project.get_absolute_url(), by), read.queries(project.step_url(row), by)


def of_a_proposal(world: World) -> tuple[Project, ProposedMethodology]:
    """A draft that applies a proposed methodology."""
    proposal = world.proposal(1)
    return world.open(proposals=[proposal], versions=[]), proposal


def test_a_draft_of_a_proposed_methodology(india: World, read: Reader) -> None:
    project, _proposal = of_a_proposal(india)
    assert max(cost(read, project, "submit_pdd", india.people.participant_japan)) <= BUDGET


def test_a_draft_of_a_methodology_that_was_approved_meanwhile(india: World, read: Reader) -> None:
    project, proposal = of_a_proposal(india)
    decide(india.people, proposal, "approve")
    assert max(cost(read, project, "submit_pdd", india.people.participant_japan)) <= BUDGET


def test_an_opinion_that_fixes_values(india: World, read: Reader, tmp_path: Path) -> None:
    project = india.in_validation()
    Bench(Course(india), tmp_path).declare(india.usual_version)
    upload(project, india.people.tpe, Kind.VALIDATION_REPORT)
    assert max(cost(read, project, "report_positive", india.people.tpe)) <= BUDGET


def test_particulars_that_are_amended_in_validation(india: World, read: Reader) -> None:
    project = india.reach(State.VALIDATION)
    assert max(cost(read, project, "amend_in_validation", india.people.participant_japan)) <= BUDGET
