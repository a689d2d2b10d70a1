"""The list of projects as a table: what the reader's list shows, all pages of it."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from openpyxl import load_workbook

from apps.lists.pages import tables
from apps.projects.procedure import State
from tests.portal.reading import Reader
from tests.projects.walk import World

HEADS = [
    "Number", "Title", "Participants of India", "Participants of Japan", "Stage", "Round", "State", "Whose move", "Since", "Due",
]  # fmt: skip


def table(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def test_the_table_says_what_the_list_says(india: World, read: Reader) -> None:
    project = india.reach(State.INPUTS, title="Solar heat for a dairy")
    head, row = table(read("/projects.csv"))
    assert head == HEADS
    assert row[:2] == [project.reference, "Solar heat for a dairy"]
    assert row[4:6] == ["Validation", ""]
    assert row[8] == india.time.moment.date().isoformat()
    sheet = load_workbook(io.BytesIO(read("/projects.xlsx").content)).active
    assert [cell.value or "" for cell in sheet[1]] == HEADS
    assert [cell.value or "" for cell in sheet[2]] == row


def test_the_table_has_all_pages_and_keeps_to_the_filter(india: World, read: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "AT_ONCE", 2)
    for number in range(5):
        india.open(title=f"Draft {number}")
    by = india.people.participant_host
    assert [row[1] for row in table(read("/projects.csv", by))[1:]] == [f"Draft {number}" for number in (4, 3, 2, 1, 0)]
    assert [row[1] for row in table(read("/projects.csv?text=draft+3", by))[1:]] == ["Draft 3"]
    assert table(read("/projects.csv"))[1:] == [], "drafts are for their people"
    assert read("/projects.csv?stage=nonsense", status=422).status_code == 422
    assert read("/projects.pdf", status=404).status_code == 404


def test_the_list_leads_to_the_tables(india: World, read: Reader) -> None:
    india.reach(State.INPUTS)
    page = read("/projects/?side=host&unknown=1").content.decode()
    assert 'href="/projects.csv?side=host"' in page
    assert 'href="/projects.xlsx?side=host"' in page
