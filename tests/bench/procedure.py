"""A file that goes forward and back, each way with a person, a check, a time limit and an effect on its columns."""

from __future__ import annotations

from django.db.models import TextChoices

from apps.accounts.roles import Role, either
from apps.workflow.table import Limit, Procedure, Step


class State(TextChoices):
    """Where the file lies."""

    HERE = "here", "Here"
    THERE = "there", "There"


SEC, PP = either(Role.SECRETARIAT), either(Role.PARTICIPANT)

# fmt: off
ROWS: tuple[Step, ...] = (
    Step("B 1", "lodge",   "Lodge",      (),             State.HERE,  (SEC,)),
    Step("B 2", "forward", "Go forward", (State.HERE,),  State.THERE, (SEC,), limit=(Limit("completeness_days"),), told=(PP,), checks=("title_is_given", "file_has_begun")),
    Step("B 3", "back",    "Go back",    (State.THERE,), State.HERE,  (SEC,), limit=(Limit("consideration_days"),), told=(PP,), checks=("title_is_given", "file_has_begun")),
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
