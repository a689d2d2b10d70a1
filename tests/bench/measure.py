"""Measuring: interleaved acts, medians, statements as the server hears them."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter, thread_time

import psycopg
from psycopg.pq import Trace

MILLISECONDS = 1000


@dataclass
class Variant:
    """One way to perform an act; `acts` are performed by each call."""

    name: str
    act: Callable[[], None]
    connection: psycopg.Connection[tuple[object, ...]]
    acts: int = 1
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    statements: float = 0

    def run(self) -> None:
        """Perform once and note what it took."""
        wall, cpu = perf_counter(), thread_time()
        self.act()
        self.cpu.append((thread_time() - cpu) * MILLISECONDS / self.acts)
        self.wall.append((perf_counter() - wall) * MILLISECONDS / self.acts)

    @property
    def milliseconds(self) -> float:
        return statistics.median(self.wall)

    @property
    def cpu_milliseconds(self) -> float:
        return statistics.median(self.cpu)

    def count_statements(self) -> None:
        """Perform once with the protocol written down, and count what was asked of the server."""
        with tempfile.TemporaryFile(mode="w+") as protocol:
            self.connection.pgconn.trace(protocol.fileno())
            self.connection.pgconn.set_trace_flags(Trace.SUPPRESS_TIMESTAMPS)
            self.act()
            self.connection.pgconn.untrace()
            protocol.seek(0)
            asked = [line.split("\t")[2] for line in protocol if line.startswith("F\t")]
        self.statements = sum(word in {"Query", "Execute"} for word in asked) / self.acts


def interleave(variants: list[Variant], rounds: int, warm_up: int) -> None:
    """Run every variant in each round, so that what disturbs the machine disturbs all of them."""
    for number in range(warm_up + rounds):
        for variant in variants:
            variant.run()
        if number == warm_up - 1:
            for variant in variants:
                variant.wall.clear()
                variant.cpu.clear()
    for variant in variants:
        variant.count_statements()


def table(variants: list[Variant], *, base: Variant) -> str:
    """The figures in columns; the last is the time beside that of the base."""
    head = f"{'one act':58}{'ms':>8}{'CPU ms':>9}{'statements':>12}{'ratio':>8}"
    lines = [
        f"{one.name:58}{one.milliseconds:8.2f}{one.cpu_milliseconds:9.2f}{one.statements:12.1f}"
        f"{one.milliseconds / base.milliseconds:8.2f}"
        for one in variants
    ]
    return "\n".join([head, "-" * len(head), *lines])
