"""Inputs that could not be kept are refused by name before anything is written."""

from __future__ import annotations

from typing import Any

import pytest

from apps.core.errors import NotReady
from apps.workflow.inputs import Entities, Entity, Input, Number, Text, clean_all
from tests.people import organisation


def problems(one: Input, raw: Any) -> list[tuple[str, str]]:
    with pytest.raises(NotReady) as caught:
        clean_all([one], {one.name: raw})
    return [(problem.code, problem.field) for problem in caught.value.problems]


@pytest.mark.parametrize(("raw", "number"), [(1, 1), ("007", 7), (" 12 ", 12), (99_999, 99_999)])
def test_a_number_is_read(raw: Any, number: int) -> None:
    assert clean_all([Number("number", "Number")], {"number": raw}) == {"number": number}


@pytest.mark.parametrize("raw", [0, -1, 100_000, 10**30, "9" * 5_000, "two", "1.0", 2.5, True, "٣", "1 2", [1]])
def test_what_is_no_number_or_out_of_bounds_is_refused(raw: Any) -> None:
    assert problems(Number("number", "Number"), raw) == [("DOOR-08", "number")]


def test_a_number_may_start_at_nought() -> None:
    minor = Number("minor", "Minor", least=0, most=9)
    assert clean_all([minor], {"minor": 0}) == {"minor": 0}
    assert problems(minor, 10) == [("DOOR-08", "minor")]


@pytest.mark.django_db
def test_a_record_is_there_or_the_input_is_refused() -> None:
    own, other = organisation("Solar India", "host"), organisation("Solar Japan", "japan")
    one, several = Entity("one", "One", model="accounts.Organisation"), Entities("several", "All", model="accounts.Organisation")
    assert clean_all([one], {"one": own}) == {"one": own.pk}
    assert clean_all([several], {"several": [other.pk, str(own.pk), own]}) == {"several": sorted([own.pk, other.pk])}
    for raw in (own.pk + 1_000, 10**30, "Solar India", -1):
        assert problems(one, raw) == [("DOOR-08", "one")]
        assert problems(several, [own.pk, raw]) == [("DOOR-08", "several")]


def test_a_text_has_room_or_is_refused() -> None:
    title = Text("title", "Title", longest=5)
    assert clean_all([title], {"title": " ab cd "}) == {"title": "ab cd"}
    assert problems(title, "abcdef") == [("DOOR-08", "title")]
    assert problems(title, "a\x00b") == [("DOOR-08", "title")]
