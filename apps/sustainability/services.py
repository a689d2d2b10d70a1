"""Every write of plans and reports; versions are only added."""

from __future__ import annotations

from apps.sustainability.inputs import plan_in, results_in
from apps.sustainability.models import Plan, PlannedIndicator, Report, ReportedIndicator
from apps.sustainability.selectors import versions_of_plan, versions_of_report
from apps.workflow.fsm import Act


def file_plan(*, project_id: int, act: Act) -> Plan | None:
    """Write the next version of a project's plan (SDIP); nothing, where none is given. Source: rules 2.5, 4.4."""
    _name, lines = plan_in(act.inputs)
    if not lines:
        return None
    plan = Plan.objects.create(
        project_id=project_id, number=versions_of_plan(project_id) + 1, filed_on=act.effective_on, act_id=act.id
    )
    PlannedIndicator.objects.bulk_create(
        PlannedIndicator(
            plan=plan, indicator=one.indicator, baseline=one.baseline, target=one.target,
            target_on=one.target_on, method=one.method, note=one.note,
        )
        for one in lines
    )  # fmt: skip
    act.data["sd_plan_version"] = plan.number
    return plan


def file_report(*, project_id: int, round_id: int, act: Act) -> Report | None:
    """Write the next version of a round's report (SDIR); nothing, where none is given. Source: rules 2.11, 4.4."""
    lines = results_in(act.inputs)
    if not lines:
        return None
    report = Report.objects.create(
        project_id=project_id, round_id=round_id, number=versions_of_report(round_id) + 1,
        filed_on=act.effective_on, act_id=act.id,
    )  # fmt: skip
    ReportedIndicator.objects.bulk_create(
        ReportedIndicator(report=report, indicator=one.indicator, result=one.result, note=one.note, unplanned=one.unplanned)
        for one in lines
    )
    act.data["sd_report_version"] = report.number
    return report
