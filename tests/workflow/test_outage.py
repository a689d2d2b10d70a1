"""After an outage everything happened as it would have without: once, in order, on its own day, whoever was killed meanwhile."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from apps.accounts.models import Membership
from apps.core import clock
from apps.events.models import Event
from apps.workflow.audit import differences
from apps.workflow.models import Deadline
from apps.workflow.selectors import waiting_for_clock
from apps.workflow.services import sweep
from tests.people import Cast, cast
from tests.wheel.models import Wheel
from tests.wheel.services import turning
from tests.worker import wait_for

AHEAD, SWEEPERS, KILLS = 50, 8, 24
# The first and last day on which they fall due, three days apart; the sweep was down from before the first to after the last.
BEGAN = datetime(2028, 2, 15, 3, tzinfo=UTC)
DAYS = 3
BACK_AT = BEGAN + timedelta(days=15 + DAYS)
# A process that makes sweepers: each sweeps until nothing is left that it could fire.
NURSERY = """
import os, signal, sys
from datetime import datetime
import django
django.setup()
from apps.core import clock
from apps.workflow.services import sweep
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for line in iter(sys.stdin.readline, ""):
    child = os.fork()
    if not child:
        with clock.rehearse(datetime.fromisoformat(line.strip())):
            while sweep():
                pass
        os._exit(0)
    print(child, flush=True)
"""


class Nursery:
    """Makes sweepers at a moment of the rehearsed clock, and kills them."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process, self.children = process, list[int]()

    def start(self, at: datetime) -> None:
        """One more sweeper."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{at.isoformat()}\n")
        self.process.stdin.flush()
        self.children.append(int(self.process.stdout.readline()))

    def kill(self, child: int) -> bool:
        """Kill a sweeper wherever it stands; whether it still ran."""
        self.children.remove(child)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
            return True
        return False

    def all_gone(self) -> bool:
        """Whether every sweeper has ended."""
        return not any(map(alive, self.children))


def alive(pid: int) -> bool:
    """Whether a process is there."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@contextmanager
def nursery() -> Iterator[Nursery]:
    address = settings.TEST_CLUSTER.address("jcm_app", connection.settings_dict["NAME"])
    environment = {**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "bufsize": 1}
    process = subprocess.Popen([sys.executable, "-c", NURSERY], env=environment, **pipes)
    try:
        yield Nursery(process)
    finally:
        process.communicate(timeout=30)


def turned(by: Membership, count: int, days: int, *, after: timedelta = timedelta()) -> list[Wheel]:
    """Wheels that were set going one after the other over some days."""
    found = []
    with clock.rehearse(BEGAN + after) as time:
        for number in range(count):
            time.move_to(BEGAN + after + timedelta(days=days) * number / count)
            found.append(turning(by))
    return found


def story(wheels: list[Wheel]) -> list[list[tuple[Any, ...]]]:
    """What the log tells of each wheel, without the moments at which it was written."""
    told: dict[int, list[tuple[Any, ...]]] = {one.pk: [] for one in wheels}
    columns = ("subject_id", "type", "version", "from_state", "to_state", "effective_on", "actor", "clause", "edition", "data")
    for pk, *rest in Event.objects.filter(subject_type="wheel", subject_id__in=told).order_by("version").values_list(*columns):
        told[pk].append(tuple(rest))
    return list(told.values())


def uninterrupted(by: Membership, count: int) -> list[list[tuple[Any, ...]]]:
    """The same wheels, swept at each midnight."""
    wheels = turned(by, count, DAYS)
    with clock.rehearse(BEGAN) as time:
        while time.moment < BACK_AT:
            time.move_to(time.moment + timedelta(hours=12))
            sweep()
    return story(wheels)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("files", [100, pytest.param(1_000, marks=pytest.mark.long)])
def test_the_deadlines_of_a_three_day_outage_fire_once_though_sweepers_are_killed(files: int) -> None:
    by, dice = cast().secretariat_host, random.Random(20280229)  # noqa: S311 - which sweeper dies needs no secrecy
    without = uninterrupted(by, files)
    wheels, ahead = turned(by, files, DAYS), turned(by, AHEAD, DAYS, after=timedelta(days=DAYS + 2))
    stops = Event.objects.filter(type="wheel.stop", subject_id__in=[one.pk for one in wheels])
    killed = 0
    with nursery() as sweepers:
        for _ in range(SWEEPERS):
            sweepers.start(BACK_AT)
        for number in range(KILLS):
            wait_for(lambda least=(number + 1) * files // (KILLS + 2): stops.count() >= least or sweepers.all_gone(), 60)
            killed += sweepers.kill(dice.choice(sweepers.children))
            sweepers.start(BACK_AT)
        wait_for(sweepers.all_gone, 60)
        sweepers.start(BACK_AT)  # for what the last to be killed held
        wait_for(sweepers.all_gone, 60)
    assert killed >= KILLS // 2, "sweepers were killed while they swept"
    assert stops.count() == files
    assert story(wheels) == without
    assert {one.state for one in Wheel.objects.filter(pk__in=[one.pk for one in ahead])} == {"turning"}, "none early"
    assert not waiting_for_clock(BACK_AT).exists()
    assert differences() == []


@pytest.mark.parametrize(
    ("moment", "fires"),
    [
        (datetime(2028, 2, 28, 15, tzinfo=UTC), False),  # the last day begins in Japan
        (datetime(2028, 2, 28, 18, 30, tzinfo=UTC), False),  # and in India
        (datetime(2028, 2, 29, tzinfo=UTC), False),  # and in Greenwich
        (datetime(2028, 2, 29, 14, 59, 59, 999_999, tzinfo=UTC), False),
        (datetime(2028, 2, 29, 15, tzinfo=UTC), True),  # it ends in Japan
    ],
)
def test_the_last_day_is_the_leap_day_and_ends_in_japan(db: None, moment: datetime, fires: bool) -> None:  # noqa: ARG001, FBT001 - opens the database; a parameter
    people: Cast = cast()
    with clock.rehearse(datetime(2028, 2, 15, 15, tzinfo=UTC)) as time:  # 16 February in Japan, 15 February in India
        wheel = turning(people.secretariat_host)
        deadline = Deadline.objects.get(subject_type="wheel", subject_id=wheel.pk, step="stop", closed_at=None)
        assert (deadline.starts_on, deadline.last_day) == (date(2028, 2, 16), date(2028, 3, 1))
    with clock.rehearse(datetime(2028, 2, 15, 14, 59, 59, 999_999, tzinfo=UTC)) as time:  # 15 February in both
        wheel = turning(people.secretariat_host)
        time.move_to(moment)
        sweep()
    assert (wheel.reload().state == "stopped") is fires
    fired = Event.objects.filter(type="wheel.stop", subject_id=wheel.pk).values_list("effective_on", flat=True)
    assert list(fired) == ([date(2028, 2, 29)] if fires else [])
