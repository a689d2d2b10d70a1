"""A late sweep changes no outcome: the door first does what fell due before."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from apps.core import clock
from apps.core.errors import NotNow
from apps.events.models import Event
from apps.events.selectors import history
from apps.workflow.actors import Actor
from apps.workflow.models import Deadline
from apps.workflow.selectors import open_deadlines
from apps.workflow.services import sweep
from tests.decision import decide
from tests.people import Cast
from tests.untouched import refused, untouched
from tests.wheel.models import Wheel
from tests.wheel.services import act, turning

NOON = datetime(2027, 3, 15, 3, tzinfo=UTC)
STOPS_AT = datetime(2027, 3, 29, 15, tzinfo=UTC)
REMINDS_AT = datetime(2027, 4, 28, 15, tzinfo=UTC)
LAPSES_AT = datetime(2027, 5, 28, 15, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def told(wheel: Wheel) -> list[tuple[str, date]]:
    """The steps of a file with their legal dates."""
    return [(event.type.partition(".")[2], event.effective_on) for event in history("wheel", wheel.pk)]


def test_an_act_a_microsecond_before_finds_the_state_still_open(people: Cast) -> None:
    with clock.rehearse(NOON) as time:
        wheel = turning(people.secretariat_host)
        time.move_to(STOPS_AT - MICROSECOND)
        act(wheel, "slow", people.secretariat_host)
        assert told(wheel)[2:] == [("slow", date(2027, 3, 29))]


def test_an_act_at_the_moment_comes_after_the_clock(people: Cast) -> None:
    with clock.rehearse(NOON) as time:
        wheel = turning(people.secretariat_host)
        time.move_to(STOPS_AT)
        with refused(NotNow, "DOOR-02"):
            act(wheel, "slow", people.secretariat_host)
        act(wheel, "mark", people.secretariat_host)
        assert told(wheel)[2:] == [("stop", date(2027, 3, 29)), ("mark", date(2027, 3, 30))]
    fired = Event.objects.get(subject_id=wheel.pk, type="wheel.stop")
    assert (fired.actor, fired.acted_at, fired.effective_on) == ("clock", STOPS_AT, date(2027, 3, 29))
    assert Deadline.objects.get(subject_id=wheel.pk, step="stop").outcome == "fired"


def test_what_opens_late_counts_from_the_day_on_which_it_should_have_opened(people: Cast) -> None:
    with clock.rehearse(NOON) as time:
        wheel = turning(people.secretariat_host)
        time.move_to(STOPS_AT + timedelta(days=20))
        act(wheel, "mark", people.secretariat_host)
        remind = open_deadlines(wheel).get(step="remind")
    assert (remind.starts_on, remind.due_at) == (date(2027, 3, 29), REMINDS_AT)


def test_a_long_outage_is_made_up_for_in_due_order(people: Cast) -> None:
    with clock.rehearse(NOON) as time:
        wheel = turning(people.secretariat_host)
        time.move_to(LAPSES_AT + timedelta(days=300))
        with refused(NotNow, "DOOR-02"):
            act(wheel, "mark", people.secretariat_host)
        assert sweep() == 3
    assert told(wheel)[2:] == [("stop", date(2027, 3, 29)), ("remind", date(2027, 4, 28)), ("lapse", date(2027, 5, 28))]
    assert wheel.reload().state == "gone"


def test_the_outcome_is_the_same_with_a_sweep_every_day(people: Cast) -> None:
    with clock.rehearse(NOON) as time:
        wheel = turning(people.secretariat_host)
        for day in range(1, 100):
            time.move_to(NOON + timedelta(days=day))
            sweep()
    assert told(wheel)[2:] == [("stop", date(2027, 3, 29)), ("remind", date(2027, 4, 28)), ("lapse", date(2027, 5, 28))]


def test_a_clock_step_that_is_refused_holds_up_nobody(people: Cast) -> None:
    with clock.rehearse(NOON) as time:
        wheel = turning(people.secretariat_host)
        time.move_to(STOPS_AT)
        sweep()
        act(wheel, "mark", people.secretariat_host, colour="blue")
        time.move_to(LAPSES_AT + timedelta(days=30))
        act(wheel, "mark", people.secretariat_host)
        assert told(wheel)[3:] == [("mark", date(2027, 3, 30)), ("remind", date(2027, 4, 28)), ("mark", date(2027, 6, 28))]
        assert [one.step for one in open_deadlines(wheel)] == ["lapse", "finish"]
        assert decide(people, wheel, "finish").effective_on == date(2027, 6, 28)
    assert Deadline.objects.get(subject_id=wheel.pk, step="lapse").outcome == "moot"


def test_the_version_that_somebody_saw_is_stale_once_time_has_acted(people: Cast) -> None:
    with clock.rehearse(NOON) as time:
        wheel = turning(people.secretariat_host)
        time.move_to(STOPS_AT)
        with refused(NotNow, "DOOR-04"):
            act(wheel, "mark", people.secretariat_host, version=2)
        sweep()
        assert act(wheel, "mark", people.secretariat_host, version=3).version == 4


def test_a_stale_page_is_refused_before_time_acts(people: Cast) -> None:
    with clock.rehearse(NOON) as time:
        wheel = turning(people.secretariat_host)
        time.move_to(STOPS_AT)
        with refused(NotNow, "DOOR-04"):
            act(wheel, "mark", people.secretariat_host, version=1)


def test_a_repeated_key_returns_its_event_and_leaves_time_to_the_sweep(people: Cast) -> None:
    with clock.rehearse(NOON) as time:
        wheel = turning(people.secretariat_host)
        first = act(wheel, "mark", people.secretariat_host, idempotency_key="k")
        time.move_to(STOPS_AT)
        with untouched():
            assert act(wheel, "mark", people.secretariat_host, idempotency_key="k").pk == first.pk


@pytest.mark.parametrize(
    ("decided_on", "expected"),
    [
        (date(2027, 4, 27), [("finish", date(2027, 4, 27))]),
        (date(2027, 4, 28), [("remind", date(2027, 4, 28)), ("finish", date(2027, 4, 28))]),
        (date(2027, 5, 27), [("remind", date(2027, 4, 28)), ("finish", date(2027, 5, 27))]),
    ],
)
def test_a_decision_dated_back_comes_before_what_fell_due_after_it(
    decided_on: date, expected: list[tuple[str, date]], people: Cast
) -> None:
    with clock.rehearse(NOON) as time:
        wheel = turning(people.secretariat_host)
        time.move_to(STOPS_AT)
        sweep()
        time.move_to(LAPSES_AT + timedelta(days=2))
        decide(people, wheel, "finish", effective_on=decided_on)
    assert told(wheel)[3:] == expected
    assert wheel.reload().state == "done"


def test_a_decision_dated_after_the_lapse_comes_too_late(people: Cast) -> None:
    with clock.rehearse(NOON) as time:
        wheel = turning(people.secretariat_host)
        time.move_to(LAPSES_AT + timedelta(days=2))
        with refused(NotNow, "DOOR-02"):
            act(wheel, "finish", Actor.decision(1), effective_on=date(2027, 5, 28))


def test_the_clock_takes_its_own_steps_in_due_order(people: Cast) -> None:
    with clock.rehearse(NOON) as time:
        wheel = turning(people.secretariat_host)
        time.move_to(STOPS_AT)
        sweep()
        time.move_to(LAPSES_AT)
        act(wheel, "lapse", Actor.clock(), effective_on=date(2027, 5, 28))
    assert told(wheel)[3:] == [("remind", date(2027, 4, 28)), ("lapse", date(2027, 5, 28))]
