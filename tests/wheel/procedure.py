"""A procedure that turns: steps that reopen their own time limit, several limits in one state, a rule that follows."""

from __future__ import annotations

from django.db.models import TextChoices

from apps.accounts.roles import Role, either, host
from apps.workflow.inputs import Choice, Day, Entities, Entity, Numbers, Text, Tonnes
from apps.workflow.table import Limit, Procedure, Step


class State(TextChoices):
    """How a wheel turns."""

    MADE = "made", "Made"
    TURNING = "turning", "Turning"
    SLOW = "slow", "Turning slowly"
    STOPPED = "stopped", "Stopped"
    DONE = "done", "Done"
    GONE = "gone", "Gone"


MADE, TURNING, SLOW, STOPPED = State.MADE, State.TURNING, State.SLOW, State.STOPPED
RUNNING = (TURNING, SLOW)
PP, SEC, CLOCK, JC = either(Role.PARTICIPANT), either(Role.SECRETARIAT), either(Role.CLOCK), either(Role.COMMITTEE)
HOST = host(Role.GOVERNMENT)
MARKS = ("words", "day", "tonnes", "colour", "scopes", "holder", "holders")

# fmt: off
ROWS: tuple[Step, ...] = (
    Step("W 1", "make",    "Make a wheel",      (),                       MADE,       (PP, SEC), inputs=("words",), effects=("wheel_counted",)),
    Step("W 1", "stand",   "Make one that stands", (),                    STOPPED,    (SEC,), effects=("mark_added",), then=("settle",)),
    Step("W 2", "turn",    "Turn it",           (MADE,),                  TURNING,    (SEC,), limit=(Limit("completeness_days"),), checks=("wheel_is_not_stuck", "wheel_is_not_heavy")),
    Step("W 3", "stop",    "Stop it",           RUNNING,                  STOPPED,    (CLOCK, SEC), limit=(Limit("methodology_inputs_days", both_ends=True),), then=("settle",)),
    Step("W 4", "slow",    "Slow it down",      (TURNING,),               SLOW,       (SEC,), voluntary=True),
    Step("W 5", "remind",  "Remind its holder", (STOPPED,),               None,       (CLOCK,), limit=(Limit("pdd_inputs_days"),)),
    Step("W 6", "lapse",   "Let it go",         (STOPPED,),               State.GONE, (CLOCK,), limit=(Limit("consideration_days"),), checks=("wheel_is_not_stuck",)),
    Step("W 7", "restart", "Turn it again",     (STOPPED,),               TURNING,    (SEC,), voluntary=True),
    Step("W 7", "rewind",  "Begin its rest anew", (STOPPED,),             STOPPED,    (SEC,), voluntary=True, restarts=True),
    Step("W 8", "settle",  "Settle it",         (STOPPED,),               State.DONE, (CLOCK,), checks=("wheel_is_marked",)),
    Step("W 9", "mark",    "Mark it",           (MADE, *RUNNING, STOPPED), None,      (SEC, PP, HOST), inputs=MARKS, effects=("mark_added",), voluntary=True),
    Step("W 10", "finish", "Finish it",         (STOPPED,),               State.DONE, (JC,), limit=(Limit("extended_consideration_days", since="turned_on"),)),
)
# fmt: on

PROCEDURE = Procedure(
    key="wheel",
    app="wheel",
    model="Wheel",
    title="Wheel",
    states=State,
    final=frozenset({State.DONE, State.GONE}),
    tables={"india_2026": ROWS},
    inputs={
        "words": Text("words", "Words", required=False),
        "day": Day("day", "Day", required=False),
        "tonnes": Tonnes("tonnes", "Tonnes", required=False),
        "colour": Choice("colour", "Colour", required=False, choices=(("blue", "Blue"), ("green", "Green"))),
        "scopes": Numbers("scopes", "Scopes", required=False, choices=((1, "Energy"), (13, "Waste"))),
        "holder": Entity("holder", "Holder", required=False, model="accounts.Organisation"),
        "holders": Entities("holders", "Holders", required=False, model="accounts.Organisation"),
    },
)
