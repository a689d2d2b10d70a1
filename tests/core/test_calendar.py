"""Legal days: windows, the moment they end, and the words that explain them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.translation import override

from apps.core.calendar import IST, JST, legal_day, start_of, window


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


def test_a_window_explains_itself() -> None:
    with override("en"):
        assert window(starts_on=date(2026, 7, 31), days=15, both_ends=True).explain() == (
            "15 calendar days, 2026-07-31 to 2026-08-14, both counted. The last day ends at 24:00 in Japan (20:30 in India)."
        )
        assert window(starts_on=date(2026, 7, 31), days=1, both_ends=False).explain() == (
            "1 calendar day after 2026-07-31, which is not counted: 2026-08-01."
            " The last day ends at 24:00 in Japan (20:30 in India)."
        )


def test_the_day_changes_at_midnight_in_japan() -> None:
    midnight = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
    assert legal_day(midnight) == date(2026, 11, 23)
    assert legal_day(midnight - timedelta(microseconds=1)) == date(2026, 11, 22)
    assert start_of(date(2026, 11, 23)) == midnight
    assert legal_day(datetime(2026, 11, 22, 20, 30, tzinfo=IST)) == date(2026, 11, 23)
