"""Time: the clock jumps, sweeps run, and the system is down for a while."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from apps.core import clock
from apps.events.models import Event
from apps.workflow import registry
from apps.workflow.models import Deadline
from apps.workflow.selectors import waiting_for_clock
from apps.workflow.services import sweep
from tests.walks.base import Walker
from tests.walks.commits import committed, undone

ONE_MICROSECOND = timedelta(microseconds=1)
JUMPS = [
    timedelta(seconds=1), timedelta(hours=1), timedelta(hours=10), timedelta(days=1), timedelta(days=5), timedelta(days=16),
    timedelta(days=40), timedelta(days=130),
]  # fmt: skip


class Hours(Walker):
    """Time: the clock jumps, sweeps run, and the system is down for a while."""

    @rule(data=st.data())
    def let_time_pass(self, data: st.DataObject) -> None:
        """The clock jumps, perhaps to the edge of a deadline; perhaps the sweep runs, twice."""
        self.figures.counts["steps"] += 1
        to = self.time.moment + self.pick(data, JUMPS)
        if self.chance(data, 2):
            due = Deadline.objects.filter(closed_at=None, due_at__gt=self.time.moment + ONE_MICROSECOND).order_by("due_at", "id")
            edges = list(due.values_list("due_at", flat=True)[:4])
            to = self.pick(data, edges) + self.pick(data, [-ONE_MICROSECOND, timedelta(0), ONE_MICROSECOND]) if edges else to
        self.time.move_to(to)
        self.tell("the clock stands here")
        if self.chance(data, 2):
            self.sweep(twice=self.chance(data, 3))

    def sweep(self, *, twice: bool) -> None:
        """Sweep; nothing that is due is left but what its checks refuse, and a second sweep finds nothing to do."""
        self.figures.counts["sweeps"] += 1
        fired, _refusal = self.tried("the sweep", sweep)
        again, _refusal = self.tried("the sweep again", sweep) if twice else (0, None)
        left = [one for one in waiting_for_clock(clock.now()) if not self.may_be_refused(one)]
        if again or left:
            self.complain([f"I-14: {fired} fired, then {again}, and {left} stay"])

    def may_be_refused(self, deadline: Deadline) -> bool:
        """Whether the row of a deadline has a check that may hold up the clock."""
        stand = self.files[deadline.subject_type, deadline.subject_id]
        row = registry.procedure(deadline.subject_type).row(stand.edition, deadline.step)
        return row is not None and bool(row.checks) and stand.state in row.source

    @rule(data=st.data())
    def an_outage(self, data: st.DataObject) -> None:
        """A sweep after an outage tells the same of every file as sweeps at each moment would have; neither is kept."""
        self.figures.counts["steps"] += 1
        if not self.chance(data, 6):
            return
        self.figures.counts["outages"] += 1
        until = self.time.moment + timedelta(days=self.pick(data, [12, 45, 200]))
        late, punctual = self.swept(until, at_each=False), self.swept(until, at_each=True)
        if late != punctual:
            self.tell(f"the system is down until {until:%Y-%m-%d}")
            self.complain([f"I-14: after an outage {sorted(set(late) ^ set(punctual))} differ"])

    def swept(self, until: Any, *, at_each: bool) -> list[tuple[Any, ...]]:
        """What sweeps until a moment record, undone."""
        with undone(), clock.rehearse(self.time.moment) as time:
            while at_each and (due := waiting_for_clock(until).filter(due_at__gt=time.moment).first()) is not None:
                time.move_to(due.due_at)
                committed(sweep)
            time.move_to(until)
            committed(sweep)
            told = Event.objects.filter(pk__gt=self.newest)
            columns = ("subject_type", "type", "version", "from_state", "to_state", "effective_on", "actor")
            return sorted(told.values_list(*columns))
