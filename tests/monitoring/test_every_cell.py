"""Whichever cell is changed or emptied is reported, and nothing else is; no answer of a reader breaks the judge."""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.monitoring.judging import judged
from apps.monitoring.layout import PLAN, PROCESS, README, REPORT, Kind, address, laid_out
from tests.monitoring import desk
from tests.monitoring.desk import BOILER_VALUES, OF_BOILERS, fill, opened, saved

Raw = dict[str, Any]
KINDS = {
    sheet.name: {address(place): cell.kind for place, cell in sheet.cells.items()} for sheet in laid_out(OF_BOILERS)
}  # fmt: skip
# Nobody minds them.
IN_README = {Kind.TITLE, Kind.HEADING, Kind.NOTE}


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Raw:
    """What the reader lists of a file in which all is well."""
    return listed(tmp_path_factory.getbasetemp())


@cache
def listed(folder: Path) -> Raw:
    book = opened(desk.written("OF_BOILERS"))
    fill(book, BOILER_VALUES)
    found = desk.listed(saved(book, folder / "all-is-well"))
    assert judged(OF_BOILERS, found).problems == ()
    return found


def changed(raw: Raw, sheet: str, place: str, cell: list[str | None] | None) -> Raw:
    """The list with another cell, or without it."""
    put = [] if cell is None else [cell]
    return {
        "sheets": [
            {"name": one["name"], "cells": [*(old for old in one["cells"] if old[0] != place), *put]}
            if one["name"] == sheet
            else one
            for one in raw["sheets"]
        ]
    }


@pytest.mark.parametrize("sheet", [README, PLAN, REPORT, PROCESS])
@pytest.mark.parametrize("value", ["another", None])
def test_each_cell_that_is_changed_or_emptied_is_reported_alone(raw: Raw, sheet: str, value: str | None) -> None:
    for place, kind in KINDS[sheet].items():
        found = judged(OF_BOILERS, changed(raw, sheet, place, None if value is None else [place, "s", value, None, None]))
        said = [one.field for one in found.problems]
        if sheet == README and kind in IN_README:
            assert said == [], (place, kind)
        elif sheet == README and kind == Kind.LABEL:
            assert said == [f"{README}!A1"], (place, kind)
        else:
            assert said == [f"{sheet}!{place}"], (place, kind)


@pytest.mark.parametrize("cell", [["n", "7"], ["f", "=1+1"], ["e", "#REF!"]])
def test_whatever_stands_in_a_cell_that_is_not_to_be_filled_is_reported(raw: Raw, cell: list[str]) -> None:
    for sheet in (PLAN, REPORT, PROCESS):
        for place, kind in KINDS[sheet].items():
            if kind != Kind.ENTRY:
                found = judged(OF_BOILERS, changed(raw, sheet, place, [place, *cell, None, None]))
                assert [one.field for one in found.problems] == [f"{sheet}!{place}"], (place, kind)


def test_more_problems_than_anybody_reads_are_not_all_listed(raw: Raw) -> None:
    full = copy.deepcopy(raw)
    for one in full["sheets"]:
        one["cells"] += [[f"{column}{row}", "s", "x", None, None] for column in ("T", "U") for row in range(1, 12_001)]
    found = judged(OF_BOILERS, full)
    assert len(found.problems) == 201
    assert [one.code for one in found.problems[-2:]] == ["MON-10", "MON-32"]


@pytest.mark.parametrize("place", ["A12001", "KO1", "A999999999", "ZZZZ1", "A0", "1", ""])
def test_a_cell_beyond_what_the_reader_reads_is_no_answer(place: str) -> None:
    answer = {"sheets": [{"name": README, "cells": [[place, "s", "x", None, None]]}]}
    assert [one.code for one in judged(OF_BOILERS, answer).problems] == ["MON-28"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.sampled_from(["sheets", "name", "cells", "A1"]), inner),
    max_leaves=12,
)
ROWS = st.lists(
    st.sampled_from(["A1", "D7", "B12", "ZZZZ9", "A0", "A999999999", "n", "s", "f", "d", "1", "nan", "-1e9", None]), max_size=6
)
ANSWERS = JSON | st.fixed_dictionaries(
    {
        "sheets": st.lists(
            st.fixed_dictionaries({"name": st.sampled_from([README, PLAN, REPORT, PROCESS, "X"]), "cells": st.lists(ROWS)})
        )
    }
)


@settings(max_examples=60, deadline=None)
@given(answer=ANSWERS)
def test_no_answer_of_a_reader_breaks_the_judge(answer: Any) -> None:
    assert judged(OF_BOILERS, answer).problems


PLACES = st.sampled_from([(sheet, place) for sheet, cells in KINDS.items() for place in cells])
CELLS = st.tuples(
    st.sampled_from("nsbdef"), st.sampled_from(["1", "nan", "1e400", "", " ", "x", "#REF!", "=A1", "2025-13-01", "２"])
)


@settings(max_examples=40, deadline=None)
@given(changes=st.lists(st.tuples(PLACES, CELLS), max_size=6))
def test_no_cell_breaks_the_judge(tmp_path_factory: pytest.TempPathFactory, changes: list[Any]) -> None:
    found = listed(tmp_path_factory.getbasetemp())
    for (sheet, place), cell in dict(changes).items():
        found = changed(found, sheet, place, [place, *cell, *cell])
    judgement = judged(OF_BOILERS, found)
    assert all(one.text for one in (*judgement.problems, *judgement.warnings))
