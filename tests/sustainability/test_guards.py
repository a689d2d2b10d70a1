"""What the database itself holds: versions that never change, and lines about what exists."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from apps.core import clock
from apps.issuance.models import Round
from apps.projects.models import Project
from apps.projects.procedure import State
from apps.sustainability.models import Plan, PlannedIndicator, Report, ReportedIndicator
from tests.issuance.database import constraint_against
from tests.issuance.walk import Course
from tests.registry.test_guards import ATTACKS, columns_of, run

TABLES = [one._meta.db_table for one in (Plan, PlannedIndicator, Report, ReportedIndicator)]


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.django_db
def test_the_application_cannot_change_what_was_filed(table: str, attack: str) -> None:
    with pytest.raises(ProgrammingError) as caught, transaction.atomic():
        run(ATTACKS[attack].format(table=table, columns=", ".join(columns_of(table))))
    assert caught.value.__cause__.sqlstate == "42501"


@pytest.mark.django_db
def test_the_guards_fire_for_everybody() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select tgrelid::regclass::text, count(*) from pg_trigger where tgenabled = 'A'"
            " and tgfoid = 'refuse_change'::regproc and tgrelid::regclass::text = any(%s) group by 1",
            [TABLES],
        )
        assert dict(cursor.fetchall()) == dict.fromkeys(TABLES, 2)


def plan(project: Project, number: int = 9, **changes: Any) -> Plan:
    given = {"project_id": project.pk, "number": number, "filed_on": clock.today(), "act_id": uuid4(), **changes}
    return Plan.objects.create(**given)


def aim(of: Plan, **changes: Any) -> PlannedIndicator:
    given = {"indicator": "water_saved", "baseline": 0, "target": 1, "target_on": clock.today(), "method": "m", **changes}
    return PlannedIndicator.objects.create(plan=of, **given)


def report(one: Round, number: int = 9, **changes: Any) -> Report:
    given = {"project_id": one.project_id, "round_id": one.pk, "number": number, "filed_on": clock.today(), "act_id": uuid4()}
    return Report.objects.create(**{**given, **changes})


def outcome(of: Report, **changes: Any) -> ReportedIndicator:
    return ReportedIndicator.objects.create(report=of, **{"indicator": "water_saved", "result": 1, **changes})


def test_a_plan_has_each_version_and_each_indicator_once_and_a_project(india: Course) -> None:
    project = india.world.reach(State.SUBMITTED)
    assert constraint_against(lambda: plan(project, 1)) == "sd_plan_version_once"
    assert constraint_against(lambda: plan(project, project_id=project.pk + 1)) == "sd_plan_of_project"
    next_one = plan(project, 2)
    aim(next_one)
    assert constraint_against(lambda: aim(next_one)) == "sd_indicator_planned_once"
    assert constraint_against(lambda: aim(next_one, indicator="happiness")) == "sd_planned_indicator_is_known"
    for wrong in ({"baseline": 2}, {"baseline": -1}):
        assert constraint_against(lambda wrong=wrong: aim(next_one, indicator="jobs_women", **wrong)) == "sd_target_from_baseline"


def test_a_report_has_each_version_and_each_indicator_once_and_a_round(india: Course) -> None:
    one = india.open()
    first = report(one, 1)
    assert constraint_against(lambda: report(one, 1)) == "sd_report_version_once"
    assert constraint_against(lambda: report(one, round_id=one.pk + 1)) == "sd_report_of_round"
    assert constraint_against(lambda: report(one, project_id=one.project_id + 1)) == "sd_report_of_project"
    outcome(first)
    assert constraint_against(lambda: outcome(first)) == "sd_indicator_reported_once"
    assert constraint_against(lambda: outcome(first, indicator="happiness")) == "sd_reported_indicator_is_known"
    assert constraint_against(lambda: outcome(first, indicator="jobs_women", result=-1)) == "sd_result_not_negative"
    assert constraint_against(lambda: outcome(first, indicator="jobs_women", unplanned=True)) == "sd_unplanned_with_words"
