"""Plans come with the PDD, results with the monitoring report; versions are added, and the rest is refused."""

from __future__ import annotations

from datetime import date

import pytest

from apps.core.errors import NotReady
from apps.events.selectors import history
from apps.issuance.models import Round
from apps.issuance.procedure import State as RoundState
from apps.projects.models import Project
from apps.projects.procedure import State
from apps.sustainability.kinds import BY_KEY
from apps.sustainability.models import Plan, PlannedIndicator, Report, ReportedIndicator
from apps.sustainability.selectors import Outcome, filed_by, lines_of, newest_plan, told_of, told_with
from apps.workflow.services import perform
from tests.issuance.walk import Course
from tests.people import actor
from tests.projects.walk import PLAN, SUBMISSION, World, upload
from tests.refused import refused

FUNDED = "investment_india_public; 0; 70; 2028-03-31; accounts"
TWO_OF_FOUR = "people_trained; 0; 24; 2030-03-31; attendance lists\nlocal_maintenance; 2; 10; 2031-03-31; payroll"


def ready(world: World) -> Project:
    """A draft with all its documents."""
    project = world.open()
    upload(project, world.people.participant_japan, *SUBMISSION)
    return project


def plans() -> list[tuple[int, int, date, list[str]]]:
    return [
        (one.number, one.list_version, one.filed_on, [line.indicator for line in one.lines.all()])
        for one in Plan.objects.prefetch_related("lines")
    ]


# --- Plans ----------------------------------------------------------------------------------------


def test_the_plan_is_filed_with_the_pdd(india: Course) -> None:
    world = india.world
    project = world.reach(State.SUBMITTED)
    assert plans() == [(1, 1, world.today, ["people_trained", "local_maintenance", "investment_japan_subsidy"])]
    line = PlannedIndicator.objects.get(indicator="local_maintenance")
    assert (line.baseline, line.target, line.target_on, line.method, line.note) == (2, 10, date(2031, 3, 31), "payroll", "")
    assert (line.plan.project_id, str(line), str(line.plan)) == (project.pk, "Local maintenance capacity", f"{project.pk}, 1")
    event = list(history("project", project.pk))[-1]
    assert (event.type, event.data["sd_plan_version"], line.plan.act_id) == ("project.submit_pdd", 1, event.act_id)
    assert event.data["inputs"]["sd_plan"][1]["target_on"] == "2031-03-31"


def test_india_takes_no_pdd_without_a_plan(india: Course) -> None:
    project = ready(india.world)
    for nothing in ("", "  \n ", [], None):
        with refused(NotReady, "DOOR-07"):
            india.world.submit(project, sd_plan=nothing)
    with refused(NotReady, "DOOR-08"):
        india.world.submit(project, sd_plan="jobs; 1; 2")
    assert (Plan.objects.count(), project.reload().state) == (0, State.DRAFT)


def test_india_asks_for_an_indicator_of_each_concern(india: Course) -> None:
    project = ready(india.world)
    with refused(NotReady, "SDV-01", "SDV-01"):
        india.world.submit(project, sd_plan=TWO_OF_FOUR)
    with pytest.raises(NotReady) as caught:
        india.world.submit(project, sd_plan=FUNDED)
    missing = {
        "Capacity building": "training_hours, people_trained, women_trained",
        "Long-term adoption": "technology_transferred, local_maintenance, local_suppliers",
    }
    assert [(one.field, one.text) for one in caught.value.problems] == [
        ("sd_plan", f"the plan has no indicator for “{concern}”; add a line with one of {keys}")
        for concern, keys in missing.items()
    ]
    assert Plan.objects.count() == 0
    india.world.submit(project, sd_plan=f"{TWO_OF_FOUR}\n{FUNDED}")
    assert Plan.objects.count() == 1


def test_the_second_generation_takes_a_plan_or_none(second: Course) -> None:
    world = second.world
    project = ready(world)
    world.submit(project)
    assert Plan.objects.count() == 0
    other = ready(world)
    world.submit(other, sd_plan_if_any="water_saved; 0; 30000; 2029-03-31; meters")
    assert (plans()[0][3], newest_plan(other.pk)) == (["water_saved"], Plan.objects.get())


def test_a_resubmission_writes_the_next_version_and_keeps_the_first(india: Course) -> None:
    world = india.world
    project = world.reach(State.SUBMITTED)
    perform(project, "return_pdd", actor=actor(world.people.secretariat_host), missing="Jobs")
    world.days(3)
    world.submit(project, sd_plan=f"{PLAN}\njobs_permanent; 0; 25; 2028-03-31; payroll")
    assert [(number, len(keys)) for number, _list, _day, keys in plans()] == [(1, 3), (2, 4)]
    found = newest_plan(project.pk)
    assert found is not None
    assert (found.number, found.filed_on) == (2, world.today)
    aims = filed_by([project.pk]).aims[project.pk]
    assert [(one.entry.key, one.version) for one in aims][-1] == ("jobs_permanent", 2)
    assert len(aims) == 4


def test_a_plan_is_corrected_in_validation_and_stands_where_none_is_given(india: Course) -> None:
    project = india.world.in_validation()
    by = actor(india.people.participant_japan)
    perform(project, "amend_in_validation", actor=by, title="Another title")
    assert [one[0] for one in plans()] == [1]
    with refused(NotReady, "SDV-01", "SDV-01"):
        perform(project, "amend_in_validation", actor=by, sd_plan_if_any=TWO_OF_FOUR)
    perform(project, "amend_in_validation", actor=by, sd_plan_if_any=f"{TWO_OF_FOUR}\n{FUNDED}")
    assert [(one[0], one[3][-1]) for one in plans()] == [(1, "investment_japan_subsidy"), (2, "investment_india_public")]


def test_plans_of_other_projects_are_left_alone(india: Course) -> None:
    first, second = india.world.reach(State.SUBMITTED), india.world.reach(State.SUBMITTED)
    assert {one.project_id: one.number for one in Plan.objects.all()} == {first.pk: 1, second.pk: 1}
    assert set(filed_by([second.pk]).aims) == {second.pk}


# --- Reports --------------------------------------------------------------------------------------


def monitored(course: Course) -> Round:
    """A round whose period has ended, with its papers."""
    one = course.open()
    course.after_period(one)
    upload(one, course.people.participant_host, *course.reported)
    return one


def test_results_are_filed_with_the_monitoring_report(india: Course) -> None:
    one = monitored(india)
    given = "people_trained; 10\npeople_served; 300; a second village was connected; unplanned"
    india.act(one, "report", india.people.participant_host, sd_results=given)
    report = Report.objects.get()
    assert (report.project_id, report.round_id, report.number, report.list_version) == (one.project_id, one.pk, 1, 1)
    assert report.filed_on == india.world.today
    assert list(report.lines.values_list("indicator", "result", "unplanned", "note")) == [
        ("people_trained", 10, False, ""), ("people_served", 300, True, "a second village was connected"),
    ]  # fmt: skip
    event = list(history("round", one.pk))[-1]
    assert (event.data["sd_report_version"], report.act_id, str(report)) == (1, event.act_id, f"{one.pk}, 1")


def test_results_may_be_left_out(india: Course) -> None:
    one = monitored(india)
    india.act(one, "report", india.people.participant_host)
    assert (Report.objects.count(), one.reload().state) == (0, RoundState.REPORTED)


def test_results_fit_the_plan_or_say_why_not(india: Course) -> None:
    one = monitored(india)
    with refused(NotReady, "SDV-02", "SDV-03"):
        india.act(
            one, "report", india.people.participant_host,
            sd_results="water_saved; 3\npeople_trained; 3; more than foreseen; unplanned",
        )  # fmt: skip
    with pytest.raises(NotReady) as caught:
        india.act(one, "report", india.people.participant_host, sd_results="people_trained; 3\nwater_saved; 3")
    text = "line 2: water_saved is not in the plan; say why it is reported, and mark it as unplanned"
    assert [(each.code, each.field, each.text) for each in caught.value.problems] == [("SDV-02", "sd_results", text)]
    with refused(NotReady, "DOOR-08"):
        india.act(one, "report", india.people.participant_host, sd_results="water_saved; 3; ; unplanned")
    assert (Report.objects.count(), one.reload().state) == (0, RoundState.MONITORING)


def test_a_revised_report_is_the_next_version_and_the_first_stands_where_none_is_given(second: Course) -> None:
    one = monitored(second)
    unplanned = "people_trained; {}; the plan was filed as a document only; unplanned"
    second.act(one, "report", second.people.participant_host, sd_results=unplanned.format(10))
    one = second.reach(RoundState.NOT_VERIFIED, one)
    second.act(one, "revise", second.people.participant_host)
    assert [each.number for each in Report.objects.all()] == [1]
    second.world.accept(one)
    upload(one, second.people.tpe, *())
    second.act(one.reload(), "verify_negative", second.people.tpe, grounds="Once more.")
    second.act(one.reload(), "revise", second.people.participant_host, sd_results=unplanned.format(8))
    assert list(Report.objects.values_list("number", "lines__result")) == [(1, 10), (2, 8)]
    (outcome,) = filed_by([one.project_id]).outcomes[one.project_id]
    assert (outcome.round_id, outcome.result, outcome.unplanned) == (one.pk, 8, True)


def test_the_first_generation_knows_neither(india: Course) -> None:
    names = {name for row in (*Project.procedure.rows("jcm_2013"), *Round.procedure.rows("jcm_2013")) for name in row.inputs}
    assert {"sd_plan", "sd_plan_if_any", "sd_results"} & names == set()
    assert india.world.edition == "india_2026"


# --- Results against targets ----------------------------------------------------------------------


def reported_rounds(course: Course, *results: str) -> list[Round]:
    """Rounds of one project, each with its results."""
    first = monitored(course)
    rounds = [first]
    for _more in results[1:]:
        starts_on = rounds[-1].period_ends_on.replace(day=1)
        rounds.append(course.open(first.project, starts_on, starts_on))
        upload(rounds[-1], course.people.participant_host, *course.reported)
    for one, given in zip(rounds, results, strict=True):
        course.act(one, "report", course.people.participant_host, sd_results=given)
    return rounds


def test_what_happens_adds_up_and_of_what_stands_the_last_counts(india: Course) -> None:
    later = "people_trained; 15\nlocal_maintenance; 5\nwater_saved; 9; a tank; unplanned"
    first, second = reported_rounds(india, "people_trained; 10\nlocal_maintenance; 6", later)
    filed = filed_by([first.project_id])
    aims, outcomes = filed.aims[first.project_id], filed.outcomes[first.project_id]
    lines = {one.entry.key: one for one in lines_of(aims, outcomes, [first.pk, second.pk])}
    assert list(lines) == ["people_trained", "local_maintenance", "investment_japan_subsidy", "water_saved"]
    assert {key: one.standing for key, one in lines.items()} == {
        "people_trained": 25, "local_maintenance": 5, "investment_japan_subsidy": None, "water_saved": 9,
    }  # fmt: skip
    assert {key: one.is_reached for key, one in lines.items()} == {
        "people_trained": True, "local_maintenance": False, "investment_japan_subsidy": False, "water_saved": False,
    }  # fmt: skip
    assert {key: outcome.result for key, outcome in lines["people_trained"].results.items()} == {first.pk: 10, second.pk: 15}
    assert lines["people_trained"].standing_in([first.pk]) == 10
    assert lines["water_saved"].standing_in([first.pk]) is None
    turned = {one.entry.key: one.standing for one in lines_of(aims, outcomes, [second.pk, first.pk])}
    assert turned["local_maintenance"] == 6, "the order of the periods decides"
    only = {one.entry.key: one.standing for one in lines_of(aims, outcomes, [first.pk])}
    assert only == {"people_trained": 10, "local_maintenance": 6, "investment_japan_subsidy": None}


def test_the_baseline_is_part_of_what_adds_up(second: Course) -> None:
    project = ready(second.world)
    second.world.submit(project, sd_plan_if_any="training_hours; 40; 100; 2029-03-31; lists")
    aims = filed_by([project.pk]).aims[project.pk]
    assert [one.standing for one in lines_of(aims, [], [])] == [None]
    hours = [Outcome(BY_KEY["training_hours"], round_id, 30, "", unplanned=False) for round_id in (1, 2)]
    assert [(one.standing, one.is_reached) for one in lines_of(aims, hours, [1, 2])] == [(100, True)]
    assert [(one.standing, one.is_reached) for one in lines_of(aims, hours, [1])] == [(70, False)]
    assert BY_KEY["training_hours"].figure(None) == "–"


def test_a_project_tells_the_same_in_one_query(india: Course) -> None:
    (one,) = reported_rounds(india, "people_trained; 10")
    project = told_with(Project.objects.filter(pk=one.project_id)).get()
    filed = filed_by([one.project_id])
    assert told_of(project) == (filed.aims[one.project_id], filed.outcomes[one.project_id])
    assert (len(told_of(project)[0]), ReportedIndicator.objects.count()) == (3, 1)
