"""What the benchmark moves: a file that goes forward and back by persons, and one that only waits for the clock."""

from __future__ import annotations

from django.db.models import TextChoices

from apps.accounts.roles import Role, either
from apps.workflow.table import Limit, Procedure, Step


class State(TextChoices):
    """Where the file lies."""

    HERE = "here", "Here"
    THERE = "there", "There"


class Wait(TextChoices):
    """Whether the clock has come."""

    OPEN = "open", "Open"
    OVER = "over", "Over"


SEC, PP, CLOCK = either(Role.SECRETARIAT), either(Role.PARTICIPANT), either(Role.CLOCK)

# fmt: off
ROWS: tuple[Step, ...] = (
    Step("B 1", "lodge",   "Lodge",      (),             State.HERE,  (SEC,)),
    Step("B 2", "forward", "Go forward", (State.HERE,),  State.THERE, (SEC,), limit=(Limit("completeness_days"),), told=(PP,), checks=("title_is_given", "file_has_begun")),
    Step("B 3", "back",    "Go back",    (State.THERE,), State.HERE,  (SEC,), limit=(Limit("consideration_days"),), told=(PP,), checks=("title_is_given", "file_has_begun")),
)

WAITING: tuple[Step, ...] = (
    Step("B 4", "lodge",   "Lodge",      (),             Wait.OPEN,   (SEC,)),
    Step("B 5", "lapse",   "Lapse",      (Wait.OPEN,),   Wait.OVER,   (CLOCK,), limit=(Limit("completeness_days"),)),
)
# fmt: on

PROCEDURE = Procedure(
    key="bench",
    app="bench",
    model="File",
    title="Benchmark",
    states=State,
    final=frozenset(),
    tables={"india_2026": ROWS},
)

WATCHED = Procedure(
    key="watched",
    app="bench",
    model="Watched",
    title="Benchmark of the sweep",
    states=Wait,
    final=frozenset({Wait.OVER}),
    tables={"india_2026": WAITING},
)
