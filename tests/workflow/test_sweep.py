"""The sweep: everything that is due, once, in due order, whoever else sweeps."""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest

from apps.core import clock
from apps.core.errors import NotNow
from apps.events.models import Event
from apps.workflow.models import Deadline, Heartbeat
from apps.workflow.services import one_transaction, sweep
from apps.workflow.services.sweep import _claim
from tests.people import Cast
from tests.probe.services import completed
from tests.untouched import untouched
from tests.wheel import checks
from tests.wheel.models import Wheel
from tests.wheel.services import act, turning
from tests.workflow.threads import at_once

NOON = datetime(2027, 3, 15, 3, tzinfo=UTC)
STOPS_AT = datetime(2027, 3, 29, 15, tzinfo=UTC)


def test_nothing_is_done_before_its_time(people: Cast) -> None:
    with clock.rehearse(NOON) as time:
        turning(people.secretariat_host)
        time.move_to(STOPS_AT - timedelta(microseconds=1))
        with untouched():
            assert sweep() == 0
        time.move_to(STOPS_AT)
        assert sweep() == 1
        with untouched():
            assert sweep() == 0


def test_due_order_holds_over_all_files_and_what_they_open(people: Cast) -> None:
    with clock.rehearse(NOON) as time:
        first = turning(people.secretariat_host)
        time.move_to(NOON + timedelta(days=20))
        second = turning(people.secretariat_host)
        probe = completed(people.participant_host, people.secretariat_host)
        time.move_to(NOON + timedelta(days=60))
        assert sweep() == 4
    fired = Event.objects.filter(actor="clock").order_by("id").values_list("type", "subject_id", "effective_on")
    assert list(fired) == [
        ("wheel.stop", first.pk, date(2027, 3, 29)),
        ("wheel.stop", second.pk, date(2027, 4, 18)),
        ("probe.close_inputs", probe.pk, date(2027, 4, 18)),
        ("wheel.remind", first.pk, date(2027, 4, 28)),
    ]


def test_what_is_refused_stays_open_and_holds_up_nobody(people: Cast, caplog: pytest.LogCaptureFixture) -> None:
    with clock.rehearse(NOON) as time:
        stuck, free = turning(people.secretariat_host), turning(people.secretariat_host)
        time.move_to(STOPS_AT)
        assert sweep() == 2
        act(stuck, "mark", people.secretariat_host, colour="blue")
        time.move_to(NOON + timedelta(days=100))
        with caplog.at_level(logging.WARNING):
            assert sweep() == 3
        assert (stuck.reload().state, free.reload().state) == ("stopped", "gone")
        assert "was not performed: WHL-01 the wheel is stuck" in caplog.text
        assert Deadline.objects.get(subject_id=stuck.pk, step="lapse").closed_at is None
        with untouched():
            assert sweep() == 0


def test_a_step_that_fails_outright_holds_up_nobody(
    people: Cast, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clock.rehearse(NOON) as time:
        broken, sound = turning(people.secretariat_host), turning(people.secretariat_host)
        time.move_to(STOPS_AT)
        sweep()
        time.move_to(NOON + timedelta(days=100))
        check = checks.wheel_is_not_stuck

        def fall(subject: Wheel, act: object) -> list[object]:
            if subject.pk == broken.pk:
                raise ZeroDivisionError
            return check(subject, act)

        monkeypatch.setattr(checks, "wheel_is_not_stuck", fall)
        assert sweep() == 3
        assert (broken.reload().state, sound.reload().state) == ("stopped", "gone")
        assert "ZeroDivisionError" in caplog.text


@pytest.mark.django_db
def test_the_sweep_says_when_it_last_ended() -> None:
    with clock.rehearse(NOON) as time:
        sweep()
        assert Heartbeat.objects.get().beat_at == NOON
        time.move_to(STOPS_AT)
        sweep()
    assert [(one.job, one.beat_at) for one in Heartbeat.objects.all()] == [("sweep", STOPS_AT)]


def test_a_closed_deadline_is_not_claimed(people: Cast) -> None:
    wheel = turning(people.secretariat_host)
    deadline = Deadline.objects.get(subject_id=wheel.pk, step="stop")
    with one_transaction():
        assert _claim(deadline.pk)
        act(wheel, "stop", people.secretariat_host)
        assert not _claim(deadline.pk)


@pytest.mark.django_db(transaction=True)
def test_a_deadline_is_claimed_by_one_sweep_at_a_time(people: Cast) -> None:
    wheel = turning(people.secretariat_host)
    deadline = Deadline.objects.get(subject_id=wheel.pk, step="stop")

    def claim() -> bool:
        with one_transaction():
            return _claim(deadline.pk)

    with one_transaction():
        assert _claim(deadline.pk)
        assert at_once([claim]) == [False]
    assert at_once([claim]) == [True]


@pytest.mark.django_db(transaction=True)
def test_many_sweeps_at_once_do_everything_once(people: Cast) -> None:
    """Forty files, three steps each, six sweeps that start together, and persons who act meanwhile."""
    with clock.rehearse(NOON):
        wheels = [turning(people.secretariat_host) for _ in range(40)]
    late = NOON + timedelta(days=100)

    def sweeps() -> int:
        with clock.rehearse(late):
            return sweep()

    def marks() -> int:
        with clock.rehearse(late):
            for wheel in wheels[::4]:
                with suppress(NotNow):  # gone already
                    act(wheel, "mark", people.secretariat_host)
        return 0

    at_once([*[sweeps] * 6, marks])
    assert set(Wheel.objects.values_list("state", "version")) == {("gone", 5)}
    for step, days in (("stop", date(2027, 3, 29)), ("remind", date(2027, 4, 28)), ("lapse", date(2027, 5, 28))):
        fired = Event.objects.filter(type=f"wheel.{step}")
        assert fired.count() == 40
        assert set(fired.values_list("effective_on", flat=True)) == {days}
    assert not Deadline.objects.filter(by_clock=True, closed_at=None).exists()
