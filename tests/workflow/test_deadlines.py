"""Deadlines: opened by the state that is entered, closed by the step that is taken, due to the microsecond."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from apps.core import clock
from apps.core.errors import NotNow
from apps.events.models import Event
from apps.workflow.actors import Actor
from apps.workflow.models import Deadline
from apps.workflow.selectors import open_deadlines
from tests.decision import decide
from tests.people import Cast
from tests.untouched import refused
from tests.wheel.models import Wheel
from tests.wheel.services import act, made, turning

NOON = datetime(2027, 3, 15, 3, tzinfo=UTC)


def of(wheel: Wheel) -> list[tuple[Any, ...]]:
    """Step, rule, first day, last moment and outcome of each deadline of a file."""
    rows = Deadline.objects.filter(subject_type="wheel", subject_id=wheel.pk).order_by("id")
    return [(one.step, one.rule, one.starts_on, one.due_at, one.outcome) for one in rows]


def test_opening_a_file_opens_the_limits_of_its_state(people: Cast) -> None:
    with clock.rehearse(NOON):
        wheel = made(people.secretariat_host)
    deadline = Deadline.objects.get(subject_type="wheel", subject_id=wheel.pk)
    event = wheel_event(wheel, 1)
    assert (deadline.step, deadline.clause, deadline.rule, deadline.days) == ("turn", "W 2", "completeness_days", 7)
    assert (deadline.starts_on, deadline.both_ends, deadline.by_clock) == (date(2027, 3, 15), False, False)
    assert deadline.due_at == datetime(2027, 3, 22, 15, tzinfo=UTC)
    assert deadline.last_day == date(2027, 3, 22)
    assert (deadline.opened_by, deadline.closed_at, deadline.outcome) == (event.act_id, None, "")
    assert str(deadline) == f"wheel {wheel.pk}: turn by 2027-03-22T15:00:00+00:00"


def test_a_step_before_its_last_moment_is_in_time(people: Cast) -> None:
    with clock.rehearse(NOON) as time:
        wheel = made(people.secretariat_host)
        time.move_to(datetime(2027, 3, 22, 15, tzinfo=UTC) - timedelta(microseconds=1))
        act(wheel, "turn", people.secretariat_host)
    closed = Deadline.objects.get(subject_id=wheel.pk, step="turn")
    assert closed.outcome == "met"
    assert closed.closed_at == datetime(2027, 3, 22, 14, 59, 59, 999_999, tzinfo=UTC)


def test_a_step_at_the_end_of_its_window_is_late_and_still_taken(people: Cast) -> None:
    with clock.rehearse(NOON) as time:
        wheel = made(people.secretariat_host)
        time.move_to(datetime(2027, 3, 22, 15, tzinfo=UTC))
        act(wheel, "turn", people.secretariat_host)
    assert Deadline.objects.get(subject_id=wheel.pk, step="turn").outcome == "late"


def test_a_published_window_counts_both_ends(people: Cast) -> None:
    with clock.rehearse(datetime(2026, 7, 30, 15, tzinfo=UTC)):
        wheel = turning(people.secretariat_host)
    deadline = open_deadlines(wheel).get()
    assert (deadline.step, deadline.starts_on, deadline.last_day) == ("stop", date(2026, 7, 31), date(2026, 8, 14))
    assert deadline.due_at == datetime(2026, 8, 14, 15, tzinfo=UTC)
    assert deadline.by_clock


def test_leaving_a_state_closes_what_it_opened_and_opens_the_next(people: Cast) -> None:
    with clock.rehearse(NOON) as time:
        wheel = turning(people.secretariat_host)
        time.move_to(NOON + timedelta(days=1))
        act(wheel, "stop", people.secretariat_host)
        assert of(wheel) == [
            ("turn", "completeness_days", date(2027, 3, 15), datetime(2027, 3, 22, 15, tzinfo=UTC), "met"),
            ("stop", "methodology_inputs_days", date(2027, 3, 15), datetime(2027, 3, 29, 15, tzinfo=UTC), "met"),
            ("remind", "pdd_inputs_days", date(2027, 3, 16), datetime(2027, 4, 15, 15, tzinfo=UTC), ""),
            ("lapse", "consideration_days", date(2027, 3, 16), datetime(2027, 5, 15, 15, tzinfo=UTC), ""),
            ("finish", "extended_consideration_days", date(2027, 3, 15), datetime(2027, 6, 13, 15, tzinfo=UTC), ""),
        ]
        decide(people, wheel, "finish")
        assert [outcome for *_, outcome in of(wheel)] == ["met", "met", "moot", "moot", "met"]


def test_a_person_who_takes_the_clocks_step_is_in_time_not_fired(people: Cast) -> None:
    with clock.rehearse(NOON):
        wheel = turning(people.secretariat_host)
        act(wheel, "stop", people.secretariat_japan)
    assert of(wheel)[1][-1] == "met"


def test_a_step_that_stays_closes_its_own_deadline_only(people: Cast) -> None:
    with clock.rehearse(NOON) as time:
        wheel = turning(people.secretariat_host)
        act(wheel, "stop", people.secretariat_host)
        time.move_to(datetime(2027, 4, 14, 15, tzinfo=UTC))
        event = act(wheel, "remind", Actor.clock())
        assert (event.from_state, event.to_state) == ("stopped", "stopped")
        assert [outcome for *_, outcome in of(wheel)] == ["met", "met", "fired", "", ""]
        with refused(NotNow, "DOOR-06"):
            act(wheel, "remind", Actor.clock())
        act(wheel, "mark", people.secretariat_host)
        assert [outcome for *_, outcome in of(wheel)] == ["met", "met", "fired", "", ""]
        assert wheel.reload().state_since == NOON


def test_a_step_may_close_and_open_its_own_limit_at_once(people: Cast) -> None:
    with clock.rehearse(NOON) as time:
        wheel = turning(people.secretariat_host)
        time.move_to(NOON + timedelta(days=10))
        act(wheel, "slow", people.secretariat_host)
    assert of(wheel)[1:] == [
        ("stop", "methodology_inputs_days", date(2027, 3, 15), datetime(2027, 3, 29, 15, tzinfo=UTC), "moot"),
        ("stop", "methodology_inputs_days", date(2027, 3, 25), datetime(2027, 4, 8, 15, tzinfo=UTC), ""),
    ]


def test_a_loop_opens_a_new_deadline_each_time(people: Cast) -> None:
    with clock.rehearse(NOON) as time:
        wheel = turning(people.secretariat_host)
        for day in (1, 2, 3):
            time.move_to(NOON + timedelta(days=day))
            act(wheel, "stop", people.secretariat_host)
            act(wheel, "restart", people.secretariat_host)
    stops = Deadline.objects.filter(subject_id=wheel.pk, step="stop").order_by("id")
    assert [(one.starts_on, one.outcome) for one in stops] == [
        (date(2027, 3, 15), "met"), (date(2027, 3, 16), "met"), (date(2027, 3, 17), "met"), (date(2027, 3, 18), ""),
    ]  # fmt: skip


def test_a_limit_may_count_from_a_date_of_the_file(people: Cast) -> None:
    with clock.rehearse(NOON) as time:
        wheel = turning(people.secretariat_host)
        time.move_to(NOON + timedelta(days=5))
        act(wheel, "stop", people.secretariat_host)
    finish = open_deadlines(wheel).get(step="finish")
    assert (finish.starts_on, finish.last_day) == (date(2027, 3, 15), date(2027, 6, 13))


def test_a_limit_counts_from_the_legal_date_not_from_the_click(people: Cast) -> None:
    with clock.rehearse(NOON):
        wheel = made(people.secretariat_host)
        act(wheel, "turn", people.secretariat_host, effective_on=date(2028, 2, 15))
    assert open_deadlines(wheel).get().last_day == date(2028, 2, 29)


@pytest.mark.parametrize("column", ["due_at", "starts_on", "days", "step"])
def test_a_deadline_is_never_moved(column: str, people: Cast) -> None:
    made(people.secretariat_host)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"update workflow_deadline set {column} = {column}")


def wheel_event(wheel: Wheel, version: int) -> Event:
    return Event.objects.get(subject_type="wheel", subject_id=wheel.pk, version=version)
