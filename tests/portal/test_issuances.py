"""The page of issuances and open data about credits: amounts of both sides, vintages, serial numbers, and that all agrees."""

from __future__ import annotations

import csv
import io
from typing import Any

from apps.issuance.procedure import State
from apps.portal.selectors import books
from apps.registry.models import Block
from tests.issuance.walk import Course
from tests.portal.reading import Reader, heading, words

PATH = "/issuances/"
MOST_QUERIES = 12


def table(answer: Any) -> list[dict[str, str]]:
    """A CSV of open data, line by line."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_without_a_decision_it_says_so(course: Course, read: Reader) -> None:
    course.reach(State.COMPLETE)
    assert heading(read(PATH)) == "No credits have been decided yet"
    assert table(read("/data/rounds.csv")) == []


def test_a_round_stands_with_both_amounts_its_vintage_and_its_serial_numbers(course: Course, read: Reader) -> None:
    one = course.reach(State.CLOSED)
    page = read(PATH)
    assert heading(page) == "All 8,947 decided credits are issued"
    row = words(page, 'aria-labelledby="rounds"', "</section>")
    assert f"{one.project.reference} · {one.title} Round 1, 1 Apr 2028 to 30 Sep 2028" in row
    assert "Together 8,947" in row
    for block in Block.objects.all():
        assert f"{block.first_serial} – {block.last_serial}" in row
    assert [block["side"] for block in page.context["rows"][0]["blocks"]] == ["host", "japan"]
    assert "Decided 1,789 7,158 8,947 Issued 1,789 7,158 8,947 Still to issue 0 0 0" in words(page)
    assert "/record/" in page.content.decode()


def test_open_data_adds_up_to_what_the_page_says(course: Course, read: Reader) -> None:
    one = course.reach(State.CLOSED)
    found = books()
    (decided,) = table(read("/data/rounds.csv"))
    assert (decided["project"], decided["round"]) == (one.project.reference, "1")
    assert (int(decided["host_tonnes"]), int(decided["japan_tonnes"])) == (1789, 7158)
    assert int(decided["decided_tonnes"]) == found.all_decided.total == 8947
    blocks = table(read("/data/issuances.csv"))
    assert {row["side"] for row in blocks} == {"host", "japan"}
    assert sum(int(row["tonnes"]) for row in blocks) == int(decided["issued_tonnes"]) == found.all_issued.total == 8947
    assert all(int(row["last_serial"]) - int(row["first_serial"]) + 1 == int(row["tonnes"]) for row in blocks)
    figure = table(read("/figures/credits-issued.csv"))
    assert figure[-1] == {"Year": "All", "India": "1789", "Japan": "7158", "Together": "8947"}


def test_it_takes_as_many_queries_for_three_rounds_as_for_one(course: Course, read: Reader) -> None:
    project = course.reach(State.CLOSED).project
    few = read.queries(PATH)
    for _round in range(2):
        last = project.rounds.order_by("-number").first()
        assert last is not None
        starts_on = last.period_ends_on.replace(year=last.period_ends_on.year + 1)
        course.reach(State.CLOSED, project=project, starts_on=starts_on, ends_on=starts_on.replace(month=12, day=20))
    assert read.queries(PATH) == few <= MOST_QUERIES
