"""One way to perform an act, and what it takes: interleaved runs, medians, statements as the server hears them."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter, thread_time
from typing import Any

import psycopg
from psycopg.pq import Trace

MILLISECONDS = 1000


@dataclass
class Variant:
    """One way to perform an act; each call performs so many `acts`."""

    name: str
    act: Callable[[], None]
    connection: psycopg.Connection[Any]
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

    def forget(self) -> None:
        """Drop what was noted so far."""
        self.wall.clear()
        self.cpu.clear()

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

    def line(self, base: Variant) -> str:
        """The figures in columns; the last two are those of the base as one."""
        wall, cpu = statistics.median(self.wall), statistics.median(self.cpu)
        ratios = wall / statistics.median(base.wall), cpu / statistics.median(base.cpu)
        return f"{self.name:62}{wall:8.2f}{cpu:9.2f}{self.statements:12.1f}{ratios[0]:9.2f}{ratios[1]:9.2f}"


def interleave(variants: list[Variant], rounds: int, warm_up: int) -> None:
    """Run every variant in each round, so that what disturbs the machine disturbs all of them."""
    for number in range(warm_up + rounds):
        for variant in variants:
            variant.run()
        if number == warm_up - 1:
            for variant in variants:
                variant.forget()
    for variant in variants:
        variant.count_statements()


def table(title: str, variants: list[Variant], base: Variant) -> str:
    """The figures of several variants, milliseconds an act."""
    head = f"{title:62}{'ms':>8}{'CPU ms':>9}{'statements':>12}{'x ms':>9}{'x CPU':>9}"
    return "\n".join([head, "-" * len(head), *(one.line(base) for one in variants)])
