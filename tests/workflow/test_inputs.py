"""What comes in from outside: understood, or refused by name; and back to JSON unchanged."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.accounts.models import Organisation
from apps.committee.inputs import Moment
from apps.core.errors import NotReady
from apps.meetings.inputs import TimeOfDay
from apps.workflow.inputs import (
    Choice,
    Day,
    Entities,
    Entity,
    Input,
    Number,
    Numbers,
    Text,
    Tonnes,
    clean_all,
    dump_all,
    storable,
)
from tests.people import organisation

TEXT = Text("text", "Text", longest=10)
DAY = Day("day", "Day")
MOMENT = Moment("moment", "Moment")
TIME = TimeOfDay("time", "Time")
TONNES = Tonnes("tonnes", "Tonnes")
NUMBER = Number("number", "Number", least=1, most=99)
CHOICE = Choice("choice", "Choice", choices=(("blue", "Blue"), ("green", "Green")))
NUMBERS = Numbers("numbers", "Numbers", choices=((1, "Energy"), (13, "Waste")))
ENTITY = Entity("entity", "Entity", model="accounts.Organisation")
ENTITIES = Entities("entities", "Entities", model="accounts.Organisation")


def cleaned(declared: Input, raw: Any) -> Any:
    """The value of one input that was given."""
    return clean_all([declared], {declared.name: raw})[declared.name]


@pytest.mark.parametrize(
    ("declared", "raw", "value", "dumped"),
    [
        (TEXT, "  a b  ", "a b", "a b"),
        (TEXT, 5, "5", "5"),
        (TEXT, "हिन्दी", "हिन्दी", "हिन्दी"),
        (DAY, "2028-02-29", date(2028, 2, 29), "2028-02-29"),
        (DAY, " 2028-02-29 ", date(2028, 2, 29), "2028-02-29"),
        (DAY, date(2028, 2, 29), date(2028, 2, 29), "2028-02-29"),
        (MOMENT, "2027-03-12T14:30+09:00", datetime(2027, 3, 12, 5, 30, tzinfo=UTC), "2027-03-12T05:30:00+00:00"),
        (MOMENT, " 2027-03-12 14:30:05.25Z ", datetime(2027, 3, 12, 14, 30, 5, 250_000, UTC), "2027-03-12T14:30:05.250000+00:00"),
        (
            MOMENT,
            datetime(2027, 3, 12, 14, 30, tzinfo=UTC),
            datetime(2027, 3, 12, 14, 30, tzinfo=UTC),
            "2027-03-12T14:30:00+00:00",
        ),
        (TIME, " 14:30 ", time(14, 30), "14:30"),
        (TIME, time(9, 5), time(9, 5), "09:05"),
        (TONNES, "44,817", 44817, 44817),
        (TONNES, 0, 0, 0),
        (TONNES, "0", 0, 0),
        (TONNES, "999999999999999", 999_999_999_999_999, 999_999_999_999_999),
        (NUMBER, "99", 99, 99),
        (CHOICE, "blue", "blue", "blue"),
        (NUMBERS, "13, 1", [1, 13], [1, 13]),
        (NUMBERS, [13, 1, 13], [1, 13], [1, 13]),
        (NUMBERS, ("13",), [13], [13]),
        (NUMBERS, 13, [13], [13]),
    ],
)
def test_what_is_understood(declared: Input, raw: Any, value: Any, dumped: Any) -> None:
    assert cleaned(declared, raw) == value
    assert type(cleaned(declared, raw)) is type(value)
    assert dump_all([declared], {declared.name: value}) == {declared.name: dumped}


@pytest.mark.parametrize(
    ("declared", "raw"),
    [
        (TEXT, "eleven char"),
        (TEXT, "a\0b"),
        (TEXT, "half \ud83d"),
        (DAY, "29.2.2028"),
        (DAY, "2027-02-29"),
        (DAY, "0001-01-01"),
        (DAY, "9999-12-31"),
        (DAY, date(1899, 12, 31)),
        (DAY, datetime(2028, 2, 29)),  # noqa: DTZ001 - a moment is no day, with or without a zone
        (DAY, 20280229.0),
        (MOMENT, "2027-03-12T14:30"),
        (MOMENT, datetime(2027, 3, 12, 14, 30)),  # noqa: DTZ001 - a moment says its zone
        (MOMENT, "2027-03-12"),
        (MOMENT, "2027-03-12T24:30Z"),
        (MOMENT, "2027-02-30T14:30Z"),
        (MOMENT, "2027-W10-5T14:30Z"),
        (MOMENT, "2027-03-12T14:30+25:00"),
        (MOMENT, "1900-01-01T00:00+09:00"),
        (MOMENT, "2999-12-31T23:59-09:00"),
        (MOMENT, 1_800_000_000),
        (TIME, "24:00"),
        (TIME, "9:30"),
        (TIME, "14:30:00"),
        (TIME, "१४:३०"),
        (TONNES, "-1"),
        (TONNES, "1.5"),
        (TONNES, 1.5),
        (TONNES, "1e3"),
        (TONNES, "१२"),
        (TONNES, True),
        (TONNES, "1000000000000000"),
        (NUMBER, 0),
        (NUMBER, 100),
        (NUMBER, True),
        (CHOICE, "Blue"),
        (CHOICE, "red"),
        (CHOICE, ["blue"]),
        (NUMBERS, "1, 2"),
        (NUMBERS, [1.5]),
        (NUMBERS, [True]),
        (NUMBERS, "one"),
        (NUMBERS, [[1]]),
    ],
)
def test_what_is_not_understood_is_refused_by_name(declared: Input, raw: Any) -> None:
    with pytest.raises(NotReady) as refusal:
        cleaned(declared, raw)
    assert [(problem.code, problem.field) for problem in refusal.value.problems] == [("DOOR-08", declared.name)]
    assert refusal.value.problems[0].text.startswith(f"{declared.label}: ")


def test_a_moment_without_a_zone_is_told_so_and_how_to_write_it() -> None:
    with pytest.raises(NotReady) as refusal:
        cleaned(MOMENT, "2027-03-12T14:30")
    told = "Moment: '2027-03-12T14:30' does not say in which zone; write it as 2027-03-12T14:30+09:00"
    assert refusal.value.problems[0].text == told


@pytest.mark.parametrize("raw", [None, "", [], {}])
@pytest.mark.parametrize("declared", [TEXT, DAY, MOMENT, TIME, TONNES, NUMBER, CHOICE, NUMBERS, ENTITY, ENTITIES])
def test_what_is_left_empty_is_missing(declared: Input, raw: Any) -> None:
    with pytest.raises(NotReady) as refusal:
        cleaned(declared, raw)
    assert [(problem.code, problem.field) for problem in refusal.value.problems] == [("DOOR-07", declared.name)]
    optional = type(declared)(declared.name, declared.label, required=False)
    assert clean_all([optional], {declared.name: raw}) == {}
    assert clean_all([optional], {}) == {}


def test_spaces_are_no_text() -> None:
    with pytest.raises(NotReady) as refusal:
        cleaned(TEXT, "  \n ")
    assert refusal.value.codes == ("DOOR-07",)
    assert clean_all([Text("text", "Text", required=False)], {"text": "  "}) == {}


@pytest.mark.django_db
def test_a_record_must_exist() -> None:
    first, second = organisation("First"), organisation("Second")
    assert cleaned(ENTITY, str(first.pk)) == cleaned(ENTITY, first) == first.pk
    assert cleaned(ENTITIES, [second, first.pk, first]) == [first.pk, second.pk]
    assert cleaned(ENTITIES, Organisation.objects.order_by("-pk")) == [first.pk, second.pk]
    for declared, raw in (
        (ENTITY, 0),
        (ENTITY, 10**30),
        (ENTITY, "x"),
        (ENTITIES, [first.pk, 0]),
        (ENTITIES, ["x"]),
        (ENTITIES, 5),
    ):
        with pytest.raises(NotReady) as refusal:
            cleaned(declared, raw)
        assert refusal.value.codes == ("DOOR-08",)


def test_every_problem_is_told_at_once() -> None:
    with pytest.raises(NotReady) as refusal:
        clean_all([TEXT, DAY, TONNES], {"day": "soon", "tonnes": 1, "weight": 2, "height": 3})
    assert [(problem.code, problem.field) for problem in refusal.value.problems] == [
        ("DOOR-09", "weight"), ("DOOR-09", "height"), ("DOOR-07", "text"), ("DOOR-08", "day"),
    ]  # fmt: skip


def outcome(declared: Input, raw: Any) -> tuple[Any, tuple[str, ...]]:
    """The value, and no codes; or no value, and the codes of the refusal."""
    try:
        return clean_all([declared], {declared.name: raw}).get(declared.name), ()
    except NotReady as refusal:
        return None, refusal.codes


@given(st.text(max_size=20))
def test_any_text_is_kept_or_refused(text: str) -> None:
    value, codes = outcome(Text("text", "Text", required=False), text)
    assert codes == (() if storable(text.strip()) else ("DOOR-08",))
    assert value == (text.strip() if storable(text.strip()) and text.strip() else None)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@given(JSON)
@pytest.mark.parametrize("declared", [TEXT, DAY, MOMENT, TIME, TONNES, NUMBER, CHOICE, NUMBERS])
def test_nothing_that_comes_in_breaks_an_input(declared: Input, raw: Any) -> None:
    """Whatever JSON holds is understood or refused, and what is understood goes to JSON and back unchanged."""
    value, codes = outcome(declared, raw)
    assert codes in {(), ("DOOR-07",), ("DOOR-08",)}
    if not codes:
        dumped = dump_all([declared], {declared.name: value})
        assert clean_all([declared], json.loads(json.dumps(dumped))) == {declared.name: value}
