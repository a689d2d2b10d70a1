"""The list of projects: who sees which, what narrows it, page by page, what each row says, and how many queries it takes."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import Any

import pytest

from apps.issuance.procedure import State as RoundState
from apps.issuance.selectors import STATES_OF, StageName, stages
from apps.projects.models import Project
from apps.projects.procedure import State
from apps.workflow.services import perform
from tests.issuance.walk import Course
from tests.people import actor
from tests.portal.reading import Reader, heading, titles, words
from tests.projects.walk import World

LIST = "/projects/"


def row_of(response: Any, project: Project) -> dict[str, Any]:
    return next(row for row in response.context["listing"].rows if row["project"] == project)


# --- Who sees what --------------------------------------------------------------------------------


def test_what_is_not_published_is_shown_to_its_people_only(india: World, read: Reader) -> None:
    people = india.people
    draft, submitted = india.open(title="Draft"), india.reach(State.SUBMITTED, title="Submitted")
    published = india.reach(State.INPUTS, title="Published")
    assert titles(read(LIST)) == ["Published"]
    for stranger in (people.stranger, people.tpe):
        assert titles(read(LIST, stranger)) == ["Published"]
    for official in (people.secretariat_host, people.members_japan[0], people.co_chair_host):
        assert titles(read(LIST, official)) == ["Published", "Submitted"]
    for participant in (people.participant_host, people.participant_japan):
        assert titles(read(LIST, participant)) == ["Published", "Submitted", "Draft"]
    page = read(LIST, people.participant_host).content.decode()
    assert f'href="/projects/file-{draft.pk}/"' in page
    assert f'href="/projects/file-{submitted.pk}/"' in page
    assert f'href="/projects/{published.reference}/"' in page


def test_an_empty_list_says_so(db: None, read: Reader) -> None:  # noqa: ARG001 - opens the database
    response = read(LIST)
    assert heading(response) == "No project has been published yet"
    assert "A project appears here as soon as its design document is published." in words(response)


# --- What a row says ------------------------------------------------------------------------------


def test_a_row_says_stage_whose_move_since_when_and_until_when(india: World, read: Reader) -> None:
    project = india.reach(State.REQUESTED)
    india.time.move_to(india.time.moment + timedelta(days=5, hours=12))
    said = words(read(LIST))
    assert f"{project.reference} · Solar thermal heat for a dairy, Anand, Gujarat" in said
    assert "Registration Requested Secretariat 2 days left" in said
    assert heading(read(LIST)) == "One project, none registered"
    india.days(4)
    assert "Registration Requested Secretariat 2 days overdue" in words(read(LIST))


def test_what_the_rule_does_by_itself_awaits_nobody(india: World, read: Reader) -> None:
    india.reach(State.INPUTS)
    assert "Validation Public inputs Nobody; it ends by itself 29 days left" in words(read(LIST))


def test_one_governments_move_bears_its_mark(india: World, read: Reader) -> None:
    project = india.reach(State.ALLOCATION_PROPOSED)
    row = row_of(read(LIST), project)
    assert [(one.side, one.label, one.sentence) for one in row["who"]] == [("", "Government", "It is both Governments’ move.")]
    perform(project, "approve_registration_japan", actor=actor(india.people.government_japan))
    response = read(LIST)
    assert [(one.side, one.sentence) for one in row_of(response, project)["who"]] == [
        ("host", "It is the Government of India’s move.")
    ]
    assert "Before the Governments IN (India) Government" in words(response)


def test_a_registered_project_shows_its_most_pressing_round(course: Course, read: Reader) -> None:
    first = course.reach(RoundState.NOTIFIED)
    project = first.project
    second = course.open(project, first.period_ends_on + timedelta(days=1), first.period_ends_on + timedelta(days=90))
    response = read(LIST)
    row = row_of(response, project)
    assert (row["round"], row["stage"]["name"], str(row["stage"]["words"])) == (first.number, "Issuance", "To be issued")
    assert row["also"] == [f"Round {second.number}: Monitoring"]
    assert row["due"].step in {"issue_host", "issue_japan"}
    assert heading(response) == "One project, one registered"


def test_a_monitoring_period_that_runs_awaits_nobody(course: Course, read: Reader) -> None:
    one = course.open()
    row = row_of(read(LIST), one.project)
    assert (row["who"], row["rests"]) == ([], "Nobody until 30 Sep 2028")
    course.after_period(one)
    row = row_of(read(LIST), one.project)
    assert ([str(mover.label) for mover in row["who"]], row["rests"]) == (["Project participants"], "")


def test_small_numbers_are_written_in_words(india: World, course: Course, read: Reader) -> None:
    course.project()
    for number in range(2):
        india.reach(State.INPUTS, title=f"Project {number}")
    assert heading(read(LIST)) == "Three projects, one of them registered"


# --- What narrows the list ------------------------------------------------------------------------


def test_it_is_narrowed_by_stage_side_and_text(india: World, course: Course, read: Reader) -> None:
    people = india.people
    host_alone = [(people.participant_host.organisation, "host")]
    inputs = india.reach(State.INPUTS, title="Biogas", sites=[{"place": "Sangrur", "state_or_province": "Punjab"}])
    alone = india.reach(State.INPUTS, title="Wind", participants=host_alone)
    asked = india.reach(State.REQUESTED, title="Hydrogen")
    gone = india.reach(State.INPUTS, title="Tidal")
    perform(gone, "withdraw", actor=actor(people.participant_host))
    monitored = course.open(course.project(title="Solar")).project
    for query, found in (
        ("stage=validation", [alone, inputs]),
        ("stage=registration", [asked]),
        ("stage=registered", [monitored]),
        ("stage=withdrawn", [gone]),
        ("stage=monitoring", [monitored]),
        ("stage=verification", []),
        ("stage=proposal", []),
        ("side=japan", [monitored, gone, asked, inputs]),
        ("side=japan&stage=validation", [inputs]),
        ("text=punjab", [inputs]),
        ("text=WIND", [alone]),
        (f"text={asked.reference}", [asked]),
        ("text=Solar+Japan&stage=registration", [asked]),
        ("text=%25", []),
        ("stage=&side=&text=", [monitored, gone, asked, alone, inputs]),
    ):
        rows = read(f"{LIST}?{query}").context["listing"].rows
        assert [row["project"] for row in rows] == found, query


def test_a_stage_holds_the_rounds_whose_tracker_shows_it(course: Course) -> None:
    """The filter's states and the tracker's stages are one and the same."""
    one = course.open()
    for state, stage in (
        (RoundState.MONITORING, StageName.MONITORING),
        (RoundState.VERIFICATION, StageName.VERIFICATION),
        (RoundState.REQUESTED, StageName.ISSUANCE),
        (RoundState.NOTIFIED, StageName.ISSUANCE),
    ):
        one = course.reach(state, one)
        assert [shown.key for shown in stages(one) if shown.kind == "now"] == [stage]
        assert state in STATES_OF[stage]


def as_place(value: object) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


# No places in a list that is sorted by number.
PLACES = (
    "x", "%F0%9F%8C%9E", "AAAA", as_place(1), as_place([]), as_place([1]), as_place(["a", 1]), as_place([1, "a"]),
    as_place([1, 0]), as_place([1, True]), as_place([2**63, 1]), as_place([1, 2**63]), as_place({"a": 1}), as_place([[], 1]),
    "W" * 2001,
)  # fmt: skip


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("stage=nowhere", "Stage: Choose one of the list"),
        ("side=both", "With participants of: Choose one of the list"),
        ("text=" + "x" * 101, "Ensure this value has at most 100 characters"),
        ("text=a%00b", "Null characters are not allowed"),
        ("move=clock", "Whose move: Choose one of the list"),
        ("registered_from=2027-02-30", "Registered from: Enter the day as year-month-day"),
        ("sort=colour", "Sorted by: This list is not sorted by that"),
        ("sort=--number", "Sorted by: This list is not sorted by that"),
        *((f"{way}={place}", "This page of the list cannot be found") for way in ("after", "before") for place in PLACES),
    ],
)
def test_what_is_not_understood_is_told_and_narrows_nothing(query: str, said: str, india: World, read: Reader) -> None:
    india.reach(State.INPUTS, title="Biogas")
    response = read(f"{LIST}?{query}", status=422)
    assert said in words(response)
    assert "There is a problem" in words(response)
    assert "<title>Error:" in response.content.decode()
    assert titles(response) == ["Biogas"]


def test_it_can_only_be_read(db: None, read: Reader) -> None:  # noqa: ARG001 - opens the database
    assert read.client.post(LIST).status_code == 405


# --- Page by page ---------------------------------------------------------------------------------


def test_it_is_read_page_by_page(india: World, read: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.lists.pages.listing.SIZE", 2)
    for number in range(5):
        india.reach(State.INPUTS, title=f"Biogas {number}")
    india.open(title="Wind")
    pages = [f"{LIST}?text=biogas"]
    while following := link(read(pages[-1]), "next"):
        assert "text=biogas" in following
        pages.append(following)
    assert [titles(read(path)) for path in pages] == [["Biogas 4", "Biogas 3"], ["Biogas 2", "Biogas 1"], ["Biogas 0"]]
    india.reach(State.INPUTS, title="Biogas 5")
    assert titles(read(pages[1])) == ["Biogas 2", "Biogas 1"], "what is opened meanwhile moves nothing"
    back = link(read(pages[2]), "prev")
    assert titles(read(back)) == ["Biogas 2", "Biogas 1"]
    assert titles(read(link(read(back), "prev"))) == ["Biogas 4", "Biogas 3"]
    assert titles(read(link(read(link(read(back), "prev")), "prev"))) == ["Biogas 5"]


def link(response: Any, rel: str) -> str:
    """Where the link to a neighbour leads; empty where there is none."""
    found = re.search(rf'rel="{rel}" href="([^"]+)"', response.content.decode())
    return found[1].replace("&amp;", "&") if found else ""


# --- Queries --------------------------------------------------------------------------------------


@pytest.mark.parametrize("more", [10, pytest.param(50, marks=pytest.mark.long)])
def test_it_takes_as_many_queries_for_twenty_or_sixty_projects_as_for_ten(
    more: int, course: Course, read: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apps.lists.pages.listing.SIZE", 100)
    people = course.people
    readers = (None, people.members_host[0], people.participant_host)
    course.open()
    for number in range(9):
        course.world.reach(State.INPUTS, title=f"Project {number}")
    few = [read.queries(LIST, one) for one in readers]
    assert len(read(LIST).context["listing"].rows) == 10
    for number in range(more):
        course.world.reach(State.INPUTS, title=f"Further project {number}")
    assert len(read(LIST).context["listing"].rows) == 10 + more
    assert [read.queries(LIST, one) for one in readers] == few == [7, 10, 10]
    assert [read.queries(f"{LIST}?side=japan&text=project&due=", one) for one in readers] == few, "a filter costs none"
