"""Open data: every column is explained, CSV and JSON hold the same, and what is not public is not in it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from apps.events.models import Event
from apps.issuance.procedure import State as RoundState
from apps.portal.render.datasets import DATASETS, Dataset
from apps.portal.selectors import projects_by_stage
from apps.projects.procedure import State
from tests.issuance.walk import Course
from tests.portal.reading import Reader
from tests.portal.test_issuances import table
from tests.projects.walk import World


def body(answer: Any) -> bytes:
    """All of a file that is written while it is read."""
    return b"".join(answer.streaming_content)


def rows(answer: Any) -> list[dict[str, Any]]:
    """The rows of a JSON of open data."""
    found: list[dict[str, Any]] = json.loads(body(answer))["rows"]
    return found


def test_the_page_explains_every_column_of_every_file(india: World, read: Reader) -> None:  # noqa: ARG001 - the world's clock
    page = read("/data/").content.decode()
    for one in DATASETS:
        assert f'href="/data/{one.key}.csv"' in page
        assert f'href="/data/{one.key}.json"' in page
        assert len(one.heads) == len(set(one.heads))
        for column in one.columns:
            assert f"<code>{column.name}</code>" in page
    assert "have not named a licence yet" in page


def test_projects_are_those_that_the_figures_count(india: World, read: Reader) -> None:
    india.open(title="Hidden boiler")
    india.reach(State.INPUTS, title="One")
    project = india.reach(State.REGISTERED, title="Two")
    found = table(read("/data/projects.csv"))
    assert [row["title"] for row in found] == ["One", "Two"]
    counted = {stage: count for stage, count in projects_by_stage().items() if count}
    assert {row["stage"]: 1 for row in found} == counted == {"validation": 1, "registered": 1}
    last = found[1]
    assert (last["reference"], last["state"], last["edition"]) == (project.reference, "registered", "india_2026")
    assert (last["sectoral_scopes"], last["methodologies"], last["states"]) == ("1", "IN_AM001 Ver1.0", "Gujarat")
    assert last["page"] == f"http://localhost:8000/projects/{project.reference}/"


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda one: one.key)
def test_csv_and_json_hold_the_same(dataset: Dataset, course: Course, read: Reader) -> None:
    course.reach(RoundState.CLOSED)
    plain, found = table(read(f"/data/{dataset.key}.csv")), rows(read(f"/data/{dataset.key}.json"))
    assert found, "each file has at least a line"
    assert [list(row) for row in found] == [dataset.heads] * len(plain)
    assert [{name: "" if value is None else str(value) for name, value in row.items()} for row in found] == plain


def test_a_draft_is_in_no_file(india: World, read: Reader) -> None:
    india.open(title="Hidden boiler")
    for one in DATASETS:
        for ending in ("csv", "json"):
            assert b"Hidden" not in body(read(f"/data/{one.key}.{ending}"))


@pytest.mark.parametrize("path", ["/data/nothing.csv", "/data/nothing.json", "/data/projects.xlsx"])
def test_there_is_no_such_file(path: str, india: World, read: Reader) -> None:  # noqa: ARG001 - the world's clock
    read(path, status=404)


def test_a_file_says_of_itself_how_new_it_is_and_under_which_licence(india: World, read: Reader) -> None:
    india.open()
    head = json.loads(body(read("/data/decisions.json")))
    assert list(head) == ["dataset", "licence", "as_of_event", "rows"]
    assert head["dataset"] == "decisions"
    assert head["as_of_event"] == Event.objects.latest("id").pk
    assert "have not named a licence yet" in head["licence"]
