"""What a project's page and the page of all registered projects say, and how many queries they take."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from apps.documents.kinds import Kind
from apps.issuance.models import Round
from apps.issuance.procedure import State as RoundState
from apps.portal.render.concerns import funding, heading_of, indicator_rows
from apps.portal.selectors import contributions
from apps.projects.models import Project
from apps.projects.procedure import State
from apps.sustainability.kinds import BY_KEY
from tests.issuance.walk import Course
from tests.people import Cast
from tests.portal.reading import Reader, heading, words
from tests.projects.walk import PLAN, SUBMISSION, World, upload

MOST_QUERIES = 12
PATH = "/sustainable-development/"
FULL = f"""{PLAN}
investment_india_private; 0; 70000000; 2028-03-31; accounts
technology_transferred; no; yes; 2029-03-31; hand-over record; drawings of the collectors
local_benefits; no; yes; 2029-03-31; survey; less smoke in the village"""
FIRST = """people_trained; 10
local_maintenance; 6
investment_japan_subsidy; 90000000
technology_transferred; yes; drawings and software
people_served; 300; a second village was connected; unplanned"""


def planned(world: World, plan: str) -> Project:
    """A registered project with a plan."""
    project = world.open()
    upload(project, world.people.participant_japan, *SUBMISSION)
    world.submit(project, sd_plan=plan)
    return world.reach(State.REGISTERED, project)


def reported(course: Course, one: Round, results: str) -> Round:
    """A round whose results are filed."""
    course.after_period(one)
    upload(one, course.people.participant_host, *course.reported)
    course.act(one, "report", course.people.participant_host, sd_results=results)
    return one.reload()


def next_round(course: Course, one: Round, days: int = 9) -> Round:
    starts_on = one.period_ends_on + timedelta(days=1)
    return course.open(one.project, starts_on, starts_on + timedelta(days=days))


def block(response: Any) -> str:
    return words(response, 'aria-labelledby="benefits"', "</section>").replace(" ;", ";")


# --- A project's page -----------------------------------------------------------------------------


def test_a_project_shows_plan_targets_results_and_what_is_not_reported(india: Course, read: Reader) -> None:
    project = planned(india.world, FULL)
    first = reported(india, india.open(project), FIRST)
    india.reach(RoundState.VERIFIED, first)
    reported(india, next_round(india, first), "people_trained; 15\nlocal_maintenance; 7")
    said = block(read(project.get_absolute_url()))
    assert said.startswith("Sustainable development Plan, version 1, filed 16 March 2027")
    for row in (
        (
            "Technology transferred from no to yes by 31 Mar 2029; hand-over record drawings of the collectors"
            " Round 1: yes drawings and software yes Reached"
        ),
        "People trained people from 0 to 24 by 31 Mar 2030; attendance lists Round 1: 10 Round 2: 15 25 Reached",
        "Local maintenance capacity people from 2 to 10 by 31 Mar 2031; payroll Round 1: 6 Round 2: 7 7 Subsidy",
        (
            "Subsidy from Japan from JPY\u00a00 to JPY\u00a0120,000,000 by 31 Mar 2028; grant decision"
            " Round 1: JPY\u00a090,000,000 JPY\u00a090,000,000"
        ),
        "Private investment from India from INR\u00a00 to INR\u00a070,000,000 by 31 Mar 2028; accounts not reported –",
        "People served people not in the plan Round 1: 300 a second village was connected 300",
        "Local benefits from no to yes by 31 Mar 2029; survey less smoke in the village not reported –",
    ):
        assert " ".join(row.split()) in " ".join(said.split())
    assert "Round 2 is not verified yet." in said
    assert "Round 1 is not verified yet." not in said


def test_a_round_that_comes_to_nothing_does_not_count(india: Course, read: Reader) -> None:
    project = planned(india.world, FULL)
    first = reported(india, india.open(project), FIRST)
    assert "Round 1: 10" in block(read(project.get_absolute_url()))
    india.act(first, "withdraw", india.people.participant_host)
    said = block(read(project.get_absolute_url()))
    assert "Round 1" not in said
    assert "People served" not in said, "nor does what only that round reported"
    assert "People trained people from 0 to 24 by 31 Mar 2030; attendance lists not reported –" in said
    assert [one.has_reported for one in contributions()] == [False]


def test_the_newest_plan_is_shown(india: Course, read: Reader) -> None:
    project = india.world.in_validation()
    amended = {"sd_plan_if_any": FULL.replace("; 24;", "; 30;")}
    india.world.days(1)
    india.act(project, "amend_in_validation", india.people.participant_japan, **amended)  # type: ignore[arg-type] # reason: acts on any file
    said = block(read(project.get_absolute_url()))
    assert "Plan, version 2" in said
    assert "from 0 to 30" in said


def test_editions_without_a_plan_show_nothing_and_others_say_that_nothing_is_there(second: Course, read: Reader) -> None:
    second_generation = second.world.reach(State.INPUTS)
    said = block(read(second_generation.get_absolute_url()))
    nothing = "No plan was filed as data No indicators are planned or reported."
    assert said == f"Sustainable development {nothing} What all registered projects bring"
    first_generation = World(second.people, second.world.time, "jcm_2013").reach(State.INPUTS)
    assert block(read(first_generation.get_absolute_url())) == ""


# --- All registered projects ----------------------------------------------------------------------


def test_it_says_that_no_project_is_registered(india: Course, read: Reader) -> None:
    india.world.reach(State.INPUTS)
    response = read(PATH)
    assert heading(response) == "No project is registered yet"
    assert "Additionality" not in words(response).partition("The indicators")[0]
    assert [one["key"] for one in response.context["indicators"]] == list(BY_KEY)


def two_projects(course: Course) -> tuple[Project, Project]:
    """One that has reported two rounds, the first of them verified, and one that has reported nothing."""
    one = planned(course.world, FULL)
    first = course.reach(RoundState.VERIFIED, reported(course, course.open(one), FIRST))
    reported(course, next_round(course, first), "people_trained; 15\nlocal_maintenance; 7")
    scopes = {
        "versions": [course.world.version(3, 13)],
        "validator": course.world.entity(course.people.other_tpe, scopes=(3, 13)),
    }
    other = course.world.open(versions=scopes["versions"])
    upload(other, course.people.participant_japan, *SUBMISSION)
    course.world.submit(other, sd_plan=PLAN.replace("120,000,000", "30000000"))
    other = course.world.reach(State.INPUTS_CLOSED, other)
    course.act(other, "assign_validator", course.people.participant_japan, validator=scopes["validator"])  # type: ignore[arg-type] # reason: as above
    course.act(other.reload(), "accept_assignment", course.people.other_tpe, declaration="no_conflict")  # type: ignore[arg-type] # reason: as above
    upload(other, course.people.other_tpe, Kind.VALIDATION_REPORT)
    course.world.report(other.reload(), course.people.other_tpe)
    return one.reload(), course.world.reach(State.REGISTERED, other.reload())


def row_of(response: Any, concern: str, key: str) -> dict[str, Any]:
    (answer,) = [one for one in response.context["answers"] if one["concern"].value == concern]
    (row,) = [one for one in answer["rows"] if str(one["label"]) == str(BY_KEY[key].label)]
    return {name: row[name] for name in ("planned", "planned_by", "reported", "missing", "verified")}


def test_it_answers_the_four_concerns(india: Course, read: Reader) -> None:
    one, other = two_projects(india)
    response = read(PATH)
    said = words(response)
    assert heading(response) == "One of two registered projects has reported on sustainable development"
    assert row_of(response, "additionality", "investment_japan_subsidy") == {
        "planned": "JPY\u00a0150,000,000", "planned_by": "2 projects", "reported": "JPY\u00a090,000,000",
        "missing": "1 project has not reported", "verified": "JPY\u00a090,000,000",
    }  # fmt: skip
    assert row_of(response, "additionality", "investment_other") == {
        "planned": "", "planned_by": "0 projects", "reported": "", "missing": "", "verified": "",
    }  # fmt: skip
    assert row_of(response, "capacity", "people_trained") == {
        "planned": "48", "planned_by": "2 projects", "reported": "25", "missing": "1 project has not reported", "verified": "10",
    }  # fmt: skip
    assert row_of(response, "adoption", "local_maintenance") == {
        "planned": "20", "planned_by": "2 projects", "reported": "7", "missing": "1 project has not reported", "verified": "6",
    }  # fmt: skip
    assert row_of(response, "adoption", "technology_transferred") == {
        "planned": "1 project", "planned_by": "1 project", "reported": "1 project", "missing": "", "verified": "1 project",
    }  # fmt: skip
    for sentence in (
        "Subsidies are 100 per cent of the JPY\u00a0150,000,000 that are planned from Japan.",
        "People who ended a training: 25 reported, 48 planned.",
        (
            "People in the partner country who can maintain the equipment: 7 reported, 20 planned."
            " Projects in which the technology is handed over: 1 reported, 1 planned."
        ),
        f"Technology transferred {one.reference} : drawings and software",
        f"Local benefits {one.reference} : less smoke in the village (planned, not yet reported)",
        "Investment is planned in 3 of the 15 sectors of the mechanism.",
    ):
        assert " ".join(sentence.split()) in " ".join(said.split())
    rows = response.context["funding"]["rows"]
    assert [(row["sectors"], row["projects"], row["planned"], row["reported"], row["missing"]) for row in rows] == [
        (
            "Energy industries (renewable and non-renewable sources)", "1 project",
            ["JPY\u00a0120,000,000", "INR\u00a070,000,000"], ["JPY\u00a090,000,000"], "",
        ),
        ("Energy demand; Waste handling and disposal", "1 project", ["JPY\u00a030,000,000"], [], "1 project has not reported"),
    ]  # fmt: skip
    assert len(response.context["funding"]["unfunded"]) == 12
    assert [(row["project"], row["reported"], row["verified"]) for row in response.context["projects"]] == [
        (one, "2 rounds", "1 of them verified"), (other, "", "0 of them verified"),
    ]  # fmt: skip


def test_it_takes_as_many_queries_for_more_projects_and_rounds(india: Course, read: Reader) -> None:
    people: Cast = india.people
    readers = (None, people.members_host[0], people.participant_japan, people.secretariat_host)
    first = reported(india, india.open(planned(india.world, FULL)), FIRST)
    few = [read.queries(PATH, one) for one in readers]
    for _number in range(3):
        first = reported(india, next_round(india, first), "people_trained; 1")
        planned(india.world, FULL)
    assert Project.objects.filter(state=State.REGISTERED).count() == 4
    assert [read.queries(PATH, one) for one in readers] == few
    assert max(few) <= MOST_QUERIES


@pytest.mark.parametrize("language", ["en", "ja", "hi"])
def test_it_is_there_in_every_language(language: str, india: Course, read: Reader) -> None:
    project = planned(india.world, FULL)
    reported(india, india.open(project), FIRST)
    for path in (PATH, project.get_absolute_url()):
        page = read.client.get(path, headers={"accept-language": language}).content.decode()
        assert f'<html lang="{language}"' in page
        assert "JPY\u00a090,000,000" in unescape(re.sub(r"<[^>]*>", "", page))


def test_it_can_only_be_read_and_is_found_from_the_list(india: Course, read: Reader) -> None:
    assert india.world.edition == "india_2026"
    assert read.client.post(PATH).status_code == 405
    assert f'href="{PATH}"' in read("/projects/").content.decode()


def test_without_projects_there_is_nothing_to_add_up() -> None:
    assert heading_of([]) == "No project is registered yet"
    (row,) = indicator_rows([], [BY_KEY["water_saved"]])
    assert (row["planned"], row["reported"], row["verified"]) == ("", "", "")
    assert funding([])["rows"] == []
