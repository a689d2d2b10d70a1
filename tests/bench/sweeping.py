"""What a sweep costs with few and with many deadlines open, of which as many are due."""

from __future__ import annotations

from datetime import datetime, timedelta
from statistics import median
from time import perf_counter, process_time

from django.db import connection

from apps.accounts.models import Membership
from apps.core import clock
from apps.core.clock import Rehearsal
from apps.workflow.actors import Actor
from apps.workflow.models import Deadline
from apps.workflow.services import open_file, sweep
from tests.bench.models import Watched

OPEN, DUE, ROUNDS = (1_000, 10_000, 100_000), 500, 3
# The limit of the benchmark's file, and a day after its end.
PAST = timedelta(days=9)

# Deadlines of other files that run for a year yet: rows alone, since a sweep asks for no more before they are due.
AHEAD = """
insert into workflow_deadline
 (subject_type, subject_id, step, clause, rule, days, both_ends, starts_on, due_at, by_clock, opened_by)
select 'watched', 1000000 + n, 'lapse', 'B 5', 'completeness_days', 7, false, %s, %s, true, gen_random_uuid()
  from generate_series(%s::int, %s::int) n
"""


def swept(member: Membership) -> str:
    """A line for each number of open deadlines: the median of a few sweeps, each with as many due."""
    began = clock.now()
    with clock.rehearse(began) as time:
        time.move_to(began + 9 * PAST)
        sweep()  # what the other measurements have left
        lines = [_line(member, time, open_, sum(OPEN[:place])) for place, open_ in enumerate(OPEN)]
    base = lines[0][1]
    head = f"{'One sweep, ' + str(DUE) + ' due':62}{'ms':>8}{'CPU ms':>9}{'ms a due one':>14}{'x ms':>7}"
    rows = [f"{name:62}{wall:8.0f}{cpu:9.0f}{wall / DUE:14.2f}{wall / base:7.2f}" for name, wall, cpu in lines]
    return "\n".join([head, "-" * len(head), *rows])


def _line(member: Membership, time: Rehearsal, open_: int, there: int) -> tuple[str, float, float]:
    _fill(open_ - Deadline.objects.filter(closed_at=None).count(), there, clock.now() + timedelta(days=366))
    found = [_round(member, time) for _ in range(ROUNDS)]
    walls, cpus = zip(*found, strict=True)
    return f"{open_:,} deadlines open", median(walls) * 1000, median(cpus) * 1000


def _fill(count: int, first: int, due_at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(AHEAD, [due_at.date(), due_at, first, first + count - 1])


def _round(member: Membership, time: Rehearsal) -> tuple[float, float]:
    """As many files as fall due are opened, the clock moves on, and one sweep fires them all."""
    for _ in range(DUE):
        open_file(Watched, "lodge", actor=Actor.person(member), edition="india_2026", title="A file")
    time.move_to(clock.now() + PAST)
    wall, cpu = perf_counter(), process_time()
    fired = sweep()
    took = perf_counter() - wall, process_time() - cpu
    assert fired == DUE, fired
    return took
