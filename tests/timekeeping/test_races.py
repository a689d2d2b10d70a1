"""A stop of every clock while files are opened, closed and stopped by others: no date is missed, and nobody waits for ever."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import UTC, datetime
from threading import Event
from types import ModuleType
from typing import Any

import pytest
from django.db import connection

from apps.core import clock
from apps.core.errors import Refusal
from apps.timekeeping import services as timekeeping
from apps.workflow.models import Deadline
from apps.workflow.services import perform
from tests.people import actor, cast
from tests.timekeeping.ledger import march, proposed
from tests.wheel import services as wheels_services
from tests.wheel.models import Wheel
from tests.wheel.services import act, made
from tests.workflow.threads import at_once

NOON = datetime(2027, 3, 1, 3, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_no_clock_slips_through_a_general_stop() -> None:
    with clock.rehearse(NOON):
        people = cast()
        wheels = [made(people.secretariat_host) for _ in range(6)]
        order = proposed(people, "propose_general_stop", first_on=march(2), last_on=march(4))
        agree = lambda: perform(order, "agree_to_stop", actor=actor(people.secretariat_host))  # noqa: E731 - one of the jobs
        turns = [lambda wheel=wheel: act(wheel, "turn", people.secretariat_host) for wheel in wheels]
        makes = [lambda: made(people.secretariat_japan) for _ in range(6)]
        results = at_once([*turns[:3], *makes[:3], agree, *makes[3:], *turns[3:]])
    assert [one for one in results if isinstance(one, Refusal)] == []
    assert Wheel.objects.count() == 12
    stop = [{"first_on": "2027-03-02", "last_on": "2027-03-04", "order": "IN_TO001"}]
    assert [one.stops for one in Wheel.objects.all()] == [stop] * 12
    running = Deadline.objects.filter(subject_type="wheel", closed_at=None)
    assert sorted((one.step, one.last_day) for one in running) == [("stop", march(18))] * 6 + [("turn", march(11))] * 6
    assert not Deadline.objects.filter(subject_type="wheel", outcome="superseded", superseded_by=None).exists()


# Somebody who waits for the lock between those who open files and those who stop every clock.
WAITS = "select exists (select from pg_locks where locktype = 'advisory' and classid = 20260609 and not granted)"


def while_one_is_inside(
    effect: tuple[ModuleType, str], first: Callable[[], object], second: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> bool:
    """Hold the first in the middle of its act, after an effect, and let the second begin; whether the second had to wait."""
    inside, go = Event(), Event()
    original = getattr(*effect)

    def held(subject: Any, of: Any) -> None:
        original(subject, of)
        inside.set()
        assert go.wait(30)

    def run(job: Callable[[], object]) -> None:
        try:
            job()
        finally:
            connection.close()

    monkeypatch.setattr(*effect, held)
    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(copy_context().run, run, first)
        assert inside.wait(30)
        monkeypatch.setattr(*effect, original)
        other = pool.submit(copy_context().run, run, second)
        waits = False
        while not waits and not other.done():
            with connection.cursor() as cursor:
                cursor.execute(WAITS)
                (waits,) = cursor.fetchone()
        go.set()
        one.result(30)
        other.result(30)
    return waits


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("opens_first", [True, False])
def test_whoever_opens_a_file_and_whoever_stops_every_clock_wait_for_each_other(
    opens_first: bool,  # noqa: FBT001 - a case
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with clock.rehearse(NOON):
        people = cast()
        order = proposed(people, "propose_general_stop", first_on=march(2), last_on=march(4))

        def opening() -> object:
            return made(people.secretariat_japan)

        def stopping() -> object:
            return perform(order, "agree_to_stop", actor=actor(people.secretariat_host))

        if opens_first:
            waited = while_one_is_inside((wheels_services, "wheel_counted"), opening, stopping, monkeypatch)
        else:
            waited = while_one_is_inside((timekeeping, "clocks_stopped"), stopping, opening, monkeypatch)
    assert waited
    wheel = Wheel.objects.get()
    assert wheel.stops == [{"first_on": "2027-03-02", "last_on": "2027-03-04", "order": "IN_TO001"}]
    assert [one.last_day for one in Deadline.objects.filter(subject_type="wheel", closed_at=None)] == [march(11)]
