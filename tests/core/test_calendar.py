"""Legal days: windows, what is not counted in them, and the moment they end."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.calendar import IST, JST, Extension, Stop, Unit, legal_day, start_of, stood_still, window


def test_a_published_window_counts_both_ends() -> None:
    inputs = window(starts_on=date(2026, 7, 31), days=15, both_ends=True)
    assert (inputs.starts_on, inputs.ends_on) == (date(2026, 7, 31), date(2026, 8, 14))
    assert inputs.due_at == datetime(2026, 8, 14, 15, 0, tzinfo=UTC)


def test_another_period_starts_on_the_day_after() -> None:
    replies = window(starts_on=date(2026, 7, 31), days=15, both_ends=False)
    assert replies.ends_on == date(2026, 8, 15)
    assert replies.due_at == datetime(2026, 8, 15, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("starts_on", "days", "both_ends", "ends_on"),
    [
        (date(2028, 2, 29), 1, True, date(2028, 2, 29)),
        (date(2028, 2, 28), 2, True, date(2028, 2, 29)),
        (date(2028, 2, 28), 2, False, date(2028, 3, 1)),
        (date(2027, 2, 28), 1, False, date(2027, 3, 1)),
        (date(2028, 2, 15), 15, True, date(2028, 2, 29)),
        (date(2027, 12, 31), 1, False, date(2028, 1, 1)),
        (date(2027, 1, 1), 365, True, date(2027, 12, 31)),
        (date(2028, 1, 1), 365, True, date(2028, 12, 30)),
    ],
)
def test_months_years_and_leap_days(starts_on: date, days: int, both_ends: bool, ends_on: date) -> None:  # noqa: FBT001 - a column of the table
    assert window(starts_on=starts_on, days=days, both_ends=both_ends).ends_on == ends_on


def test_a_window_ends_with_the_last_day_in_japan() -> None:
    due_at = window(starts_on=date(2028, 2, 15), days=15, both_ends=True).due_at
    assert due_at == datetime(2028, 3, 1, 0, 0, tzinfo=JST)
    assert due_at == datetime(2028, 2, 29, 15, 0, tzinfo=UTC)
    assert due_at.astimezone(IST).replace(tzinfo=None) == datetime(2028, 2, 29, 20, 30)  # noqa: DTZ001 - a wall clock


@pytest.mark.parametrize("days", [0, -1])
def test_a_window_has_at_least_one_day(days: int) -> None:
    with pytest.raises(ValueError, match=f"^days: a window has at least one day, not {days}$"):
        window(starts_on=date(2026, 7, 31), days=days, both_ends=True)


def test_days_that_stand_still_are_not_counted() -> None:
    stops = [Stop(date(2027, 3, 3), date(2027, 3, 6), "A"), Stop(date(2027, 3, 5), date(2027, 3, 8), "B")]
    found = window(starts_on=date(2027, 3, 1), days=7, both_ends=False, stops=stops)
    assert found.ends_on == date(2027, 3, 14)
    assert [one.order for one in found.stops] == ["A", "B"]


@pytest.mark.parametrize(
    ("first", "last", "ends_on", "met"),
    [
        (date(2027, 2, 1), date(2027, 3, 1), date(2027, 3, 8), 0),
        (date(2027, 2, 1), date(2027, 3, 2), date(2027, 3, 9), 1),
        (date(2027, 3, 8), date(2027, 3, 8), date(2027, 3, 9), 1),
        (date(2027, 3, 9), date(2027, 3, 20), date(2027, 3, 8), 0),
    ],
)
def test_a_stop_before_the_first_or_after_the_last_day_is_not_met(first: date, last: date, ends_on: date, met: int) -> None:
    found = window(starts_on=date(2027, 3, 1), days=7, both_ends=False, stops=[Stop(first, last, "A")])
    assert (found.ends_on, len(found.stops)) == (ends_on, met)


def test_working_days_leave_out_weekends_and_days_off() -> None:
    off = {date(2027, 3, 4): "host", date(2027, 3, 6): "japan", date(2027, 3, 20): "host"}
    found = window(starts_on=date(2027, 3, 1), days=5, both_ends=False, unit=Unit.WORKING_DAYS, days_off=off)
    assert found.ends_on == date(2027, 3, 9)
    assert found.days_off == {date(2027, 3, 4): "host", date(2027, 3, 6): "japan"}
    first_counts = window(starts_on=date(2027, 3, 1), days=5, both_ends=True, unit=Unit.WORKING_DAYS, days_off=off)
    assert first_counts.ends_on == date(2027, 3, 8)


def test_extensions_add_days_of_the_same_unit() -> None:
    more = [Extension(3, "A"), Extension(2, "B")]
    assert window(starts_on=date(2027, 3, 1), days=7, both_ends=False, extensions=more).ends_on == date(2027, 3, 13)
    found = window(starts_on=date(2027, 3, 1), days=5, both_ends=False, unit=Unit.WORKING_DAYS, days_off={}, extensions=more)
    assert found.ends_on == date(2027, 3, 15)


def test_a_count_without_an_end_is_refused() -> None:
    for_ever = [Stop(date(2027, 1, 1), date(2999, 1, 1), "A")]
    with pytest.raises(ValueError, match="finds no end"):
        window(starts_on=date(2027, 3, 1), days=1, both_ends=False, stops=for_ever)


@given(
    first=st.dates(date(2026, 1, 1), date(2029, 1, 1)),
    days=st.integers(1, 90),
    both_ends=st.booleans(),
    unit=st.sampled_from(Unit),
    off=st.sets(st.integers(0, 120)),
    stops=st.lists(st.tuples(st.integers(-10, 100), st.integers(0, 40)), max_size=4),
    more=st.integers(0, 30),
)
def test_a_count_by_hand_finds_the_same_day(
    first: date,
    days: int,
    both_ends: bool,  # noqa: FBT001 - generated
    unit: Unit,
    off: set[int],
    stops: list[tuple[int, int]],
    more: int,
) -> None:
    def after(count: int) -> date:
        return first + timedelta(days=count)

    extensions = [Extension(more, "E")] if more else []
    found = window(
        starts_on=first, days=days, both_ends=both_ends, unit=unit, days_off={after(one): "host" for one in off},
        stops=[Stop(after(begin), after(begin + length), "S") for begin, length in stops], extensions=extensions,
    )  # fmt: skip
    still = {after(begin + day) for begin, length in stops for day in range(length + 1)}
    rest = {after(one) for one in off} if unit == Unit.WORKING_DAYS else set()
    ahead = (after(day) for day in range(0 if both_ends else 1, 2_000))
    counting = [day for day in ahead if day not in still | rest and (unit == Unit.CALENDAR_DAYS or day.weekday() < 5)]
    assert found.ends_on == counting[days + more - 1]


def test_a_stop_is_kept_as_it_was_written() -> None:
    stop = Stop(date(2027, 3, 3), date(2027, 3, 6), "IN_TO001")
    assert stop.stored() == {"first_on": "2027-03-03", "last_on": "2027-03-06", "order": "IN_TO001"}
    assert Stop.read(stop.stored()) == stop


def test_how_many_days_a_clock_stood_still() -> None:
    stops = [Stop(date(2027, 3, 3), date(2027, 3, 6), "A"), Stop(date(2027, 3, 5), date(2027, 3, 8), "B")]
    assert stood_still(stops, date(2027, 3, 3), date(2027, 3, 7)) == 4
    assert stood_still(stops, date(2027, 3, 8), date(2027, 3, 9)) == 0
    assert stood_still([], date(2027, 3, 1), date(2027, 3, 9)) == 0


def test_the_day_changes_at_midnight_in_japan() -> None:
    midnight = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
    assert legal_day(midnight) == date(2026, 11, 23)
    assert legal_day(midnight - timedelta(microseconds=1)) == date(2026, 11, 22)
    assert start_of(date(2026, 11, 23)) == midnight
    assert legal_day(datetime(2026, 11, 22, 20, 30, tzinfo=IST)) == date(2026, 11, 23)
