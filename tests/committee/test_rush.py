"""Two hundred members answer within a minute while the sweep runs in four processes of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from time import monotonic

import pytest
from django.conf import settings
from django.db import connection

from apps.accounts.models import Membership
from apps.accounts.roles import Role, Side
from apps.committee.models import Decision, Position
from apps.events.models import Delivery, Event
from apps.workflow.audit import differences
from apps.workflow.editions import EDITIONS, Mark, Parameter
from apps.workflow.models import Subject
from tests.committee.ballots import circulated, outcomes, say
from tests.people import cast, organisation, person

EACH_SIDE, AT_ONCE, SWEEPERS, MINUTE = 100, 10, 4, 60
# A process that sweeps whenever it is told to, and says so.
SWEEPER = """
import sys
from django.core.management import execute_from_command_line
for _ in iter(sys.stdin.readline, ""):
    execute_from_command_line(["manage.py", "sweep", "--skip-checks"])
    print("swept", flush=True)
"""


@pytest.fixture
def roomy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The edition in force seats a hundred on each side."""
    seats = Parameter(EACH_SIDE, Mark.NOT_FOUND, "for this test")
    wide = {key: replace(one, parameters={**one.parameters, "members_per_side": seats}) for key, one in EDITIONS.items()}
    monkeypatch.setattr(Subject, "rules", property(lambda self: wide[self.edition]))


@contextmanager
def sweepers() -> Iterator[list[subprocess.Popen[str]]]:
    """Four processes with connections of their own to the database of this test."""
    address = settings.TEST_CLUSTER.address("jcm_app", connection.settings_dict["NAME"])
    environment = {**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "bufsize": 1}
    found = [subprocess.Popen([sys.executable, "-c", SWEEPER], env=environment, **pipes) for _ in range(SWEEPERS)]
    try:
        yield found
    finally:
        for one in found:
            one.communicate(timeout=MINUTE)


def sweep_in(process: subprocess.Popen[str]) -> str:
    """Let a process sweep once, and wait until it has."""
    assert process.stdin
    assert process.stdout
    process.stdin.write("\n")
    process.stdin.flush()
    while (line := process.stdout.readline()) not in {"swept\n", ""}:
        pass
    return line


def hundred(side: Side, chair: Membership, members: list[Membership]) -> list[Membership]:
    """A side of a hundred: its co-chair, its members, and as many more as it takes."""
    ministry = organisation(f"Ministries of {side.label}", side.value)
    more = [person(f"{side.value} member {n}", Role.MEMBER, ministry, side) for n in range(EACH_SIDE - 1 - len(members))]
    return [chair, *members, *more]


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("roomy")
def test_two_hundred_members_answer_within_a_minute_while_four_processes_sweep() -> None:
    people = cast()
    everybody = [
        *hundred(Side.HOST, people.co_chair_host, people.members_host),
        *hundred(Side.JAPAN, people.co_chair_japan, people.members_japan),
    ]
    ballot = circulated(people, {"title": "Adopt the rules?"})
    assert ballot.seats.count() == 2 * EACH_SIDE

    def answer(one: Membership) -> Event:
        try:
            return say(ballot, one, ("agree", ""), 1)
        finally:
            connection.close()

    with sweepers() as processes, ThreadPoolExecutor(AT_ONCE) as pool:
        assert [sweep_in(one) for one in processes] == ["swept\n"] * SWEEPERS
        began_at = monotonic()
        swept = [pool.submit(sweep_in, one) for one in processes]
        events = list(pool.map(answer, everybody))
        took = monotonic() - began_at
        swept += [pool.submit(sweep_in, one) for one in processes]
        assert {one.result() for one in swept} == {"swept\n"}
    assert len({event.pk for event in events}) == 2 * EACH_SIDE
    assert set(Position.objects.values_list("seat__membership", flat=True)) == {one.pk for one in everybody}
    assert Position.objects.count() == 2 * EACH_SIDE
    assert (outcomes(ballot), Decision.objects.count(), ballot.reload().state) == (["adopted"], 1, "closed")
    assert Event.objects.filter(type="ballot.settle").count() == 1
    told = Delivery.objects.filter(event__subject_type="ballot", event__type="ballot.take_position", subscriber="audit")
    assert told.count() == 2 * EACH_SIDE
    assert differences() == []
    # The figure of the promise, not a speed: a ballot of two hundred must not take the minute that they have.
    assert took < MINUTE
