"""The one clock: real, or rehearsed and never moved back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest

from apps.core import clock
from apps.core.calendar import IST

EVENING = datetime(2027, 3, 1, 14, 59, 59, 999_999, tzinfo=UTC)


def test_the_real_clock_is_now() -> None:
    before = datetime.now(UTC)
    assert before <= clock.now() <= datetime.now(UTC)
    assert clock.now().tzinfo is UTC
    assert not clock.is_rehearsed()


def test_a_rehearsal_stands_still_until_it_is_moved() -> None:
    with clock.rehearse(EVENING) as time:
        assert clock.is_rehearsed()
        assert clock.now() == clock.now() == EVENING
        assert clock.today() == date(2027, 3, 1)
        time.move_to(EVENING + timedelta(microseconds=1))
        assert clock.today() == date(2027, 3, 2)
    assert not clock.is_rehearsed()
    assert clock.now() > datetime(2026, 1, 1, tzinfo=UTC)


def test_a_rehearsal_is_never_moved_back() -> None:
    with clock.rehearse(EVENING) as time:
        time.move_to(EVENING)
        with pytest.raises(ValueError, match=r"cannot go back to 2027-03-01T14:59:59\.999998"):
            time.move_to(EVENING - timedelta(microseconds=1))
        assert clock.now() == EVENING


def test_a_rehearsal_is_kept_in_utc() -> None:
    with clock.rehearse(datetime(2027, 3, 1, 20, 30, tzinfo=IST)):
        assert clock.now() == datetime(2027, 3, 1, 15, 0, tzinfo=UTC)
        assert clock.today() == date(2027, 3, 2)


def test_a_rehearsal_ends_with_its_block_even_on_an_error() -> None:
    with pytest.raises(LookupError), clock.rehearse(EVENING):
        raise LookupError
    assert not clock.is_rehearsed()


def test_a_rehearsal_is_of_one_thread_only() -> None:
    with clock.rehearse(EVENING), ThreadPoolExecutor(1) as other:
        assert other.submit(clock.is_rehearsed).result() is False
