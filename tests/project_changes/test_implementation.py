"""Implementation reports: who files them, what must be said in them, and who hears of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from apps.core import clock
from apps.core.errors import NotReady
from apps.project_changes.models import ImplementationReport
from apps.project_changes.procedure.implementation import State
from apps.projects.procedure import State as ProjectState
from tests.people import cast
from tests.project_changes.reporting import Reporting
from tests.projects.walk import World, noon
from tests.refused import refused


@pytest.fixture(params=["jcm_2022", "india_2026"])
def reporting(request: pytest.FixtureRequest, db: None) -> Iterator[Reporting]:  # noqa: ARG001 - the rows need a database
    """Each edition that knows such reports."""
    with clock.rehearse(noon(2027, 3, 1)) as time:
        yield Reporting(World(cast(), time, request.param))


def test_a_report_is_completed_and_forwarded_for_information(reporting: Reporting) -> None:
    report = reporting.bring(State.RETURNED)
    reporting.act(report, "amend", reporting.people.participant_host, progress="stopped", deviations="Work was interrupted.")
    reporting.act(report, "submit", reporting.people.participant_japan)
    reporting.act(report, "forward", reporting.people.secretariat_host)
    report = report.reload()
    assert (report.state, report.progress, report.deviations) == ("forwarded", "stopped", "Work was interrupted.")
    assert report.reference == f"{report.project.reference}-I1"
    assert report.construction_starts_on is None


def test_a_project_has_as_many_reports_as_its_people_file(reporting: Reporting) -> None:
    first = reporting.bring(State.FORWARDED)
    assert reporting.report(first.project).reference == f"{first.project.reference}-I2"


def test_only_those_who_take_part_report_and_only_of_a_registered_project(reporting: Reporting) -> None:
    project = reporting.project()
    with refused(NotReady, "CHG-09"):
        reporting.report(project, reporting.people.stranger)
    other = reporting.world.reach(ProjectState.VALIDATION, title="Another")
    with refused(NotReady, "CHG-02"):
        reporting.report(other)


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({"construction_starts_on": "2027-02-02", "construction_ends_on": "2027-02-01"}, ["IMP-01"]),
        ({"progress": "operation", "operation_started_on": "2030-01-01", "deviations": "Late"}, ["IMP-01"]),
        ({"progress": "operation"}, ["IMP-02"]),
        ({"progress": "operation", "operation_started_on": "2027-02-15"}, ["IMP-03"]),
        ({"construction_starts_on": "2027-02-02", "construction_ends_on": "2027-02-02"}, []),
        ({"progress": "operation", "operation_started_on": "2027-02-15", "deviations": "Two weeks late"}, []),
        ({"progress": "operation", "operation_started_on": "2027-02-01"}, []),
    ],
)
def test_what_is_reported_fits_together(given: dict[str, Any], codes: list[str], reporting: Reporting) -> None:
    project = reporting.project(operation_starts_on=date(2027, 2, 1))
    if codes:
        with refused(NotReady, *codes):
            reporting.report(project, **given)
    else:
        reporting.report(project, **given)


def test_the_first_generation_knows_no_such_report() -> None:
    assert set(ImplementationReport.procedure.tables) == {"jcm_2022", "india_2026"}
