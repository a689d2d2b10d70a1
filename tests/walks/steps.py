"""Legal steps: somebody takes what the tables open to them, alone or by the committee."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.workflow.actors import Actor
from apps.workflow.models import Subject
from apps.workflow.options import option, survey, whose_move
from apps.workflow.services import perform
from apps.workflow.table import Step
from tests.journeys.walker import Need, needs
from tests.people import actor
from tests.walks.base import described, name
from tests.walks.deciding import Deciding
from tests.walks.filling import varied
from tests.walks.oracle import is_overdue, those_who_may

# The whole desk is read once in so many times.
SURVEYED = 16


class Steps(Deciding):
    """Legal steps: somebody takes what the tables open to them, alone or by the committee."""

    def forward(self, data: st.DataObject) -> None:
        """Somebody whom the table names takes a step of the state that a file is in."""
        self.figures.counts["steps"] += 1
        file = self.any_file(data, running=True)
        rows = [row for row in file.procedure.rows(file.edition) if file.state in row.source] if file else []
        if file and rows:
            self.take(data, file, self.pick(data, rows))

    go_forward = rule(data=st.data())(forward)
    go_further = rule(data=st.data())(forward)

    def take(self, data: st.DataObject, file: Subject, row: Step) -> None:
        """Take a step with what it needs, or almost."""
        need = needs(file.procedure).get(row.key, Need())
        inputs = self.filled(file, row, need, first=True)
        file = file.reload() if need.before else file
        inputs = varied(self, data, file, row, inputs)
        if row.is_for(Role.COMMITTEE):
            self.move(data, file, row, inputs)
            return
        by = self.performer(data, file, row, need)
        if by is None:
            return
        if not self.chance(data, 8):
            self.hand_in_missing(file, row, by)
        reason = "" if self.chance(data, 8) else need.reason
        self.submit(data, file, row.key, by, inputs, reason)

    def submit(self, data: st.DataObject, file: Subject, key: str, by: Any, inputs: dict[str, Any], reason: str) -> None:
        """Perform under a key of its own, and remember it for a second press of the button."""
        given: dict[str, Any] = {"reason": reason, "idempotency_key": self.key()}
        if self.chance(data, 4):
            given["version"] = file.version
        event = self.act(file, key, by, inputs, **given)
        if event is not None:
            self.sent.append({"file": file, "step": key, "by": by, "inputs": inputs, "event": event.pk, **given})

    def performer(self, data: st.DataObject, file: Subject, row: Step, need: Need) -> Membership | Actor | None:
        """Somebody whom the table names, on duty today; the journeys' own choice now and then."""
        able: list[Membership | Actor] = [*those_who_may(row, file, self.serving)]
        if row.is_for(Role.CLOCK):
            able.append(Actor.clock())
        if need.by and (own := need.by(self.people)) in able:
            able = [own, *able]
        return self.pick(data, able) if able else None

    def on_the_desk(self, by: Membership) -> list[tuple[Subject, Step]]:
        """What somebody's desk shows, which takes long."""
        return [(one.subject, row) for one in survey(by, most=20, theirs_only=True) for row in one.theirs]

    def awaited(self, data: st.DataObject, by: Membership) -> list[tuple[Subject, Step]]:
        """What a file that is at hand waits for from somebody."""
        file = self.any_file(data, running=True)
        return [(file, row) for row in whose_move(file) if [*those_who_may(row, file, [by])]] if file else []

    @rule(data=st.data())
    def from_the_desk(self, data: st.DataObject) -> None:
        """Somebody takes what their desk shows; page and door must give one answer."""
        self.figures.counts["steps"] += 1
        by = self.pick(data, self.serving)
        waiting = self.on_the_desk(by) if self.chance(data, SURVEYED) else self.awaited(data, by)
        if not waiting:
            return
        file, row = self.pick(data, sorted(waiting, key=lambda pair: (pair[0].procedure.key, pair[0].pk, pair[1].key)))
        need = needs(file.procedure).get(row.key, Need())
        inputs = varied(self, data, file, row, self.filled(file, row, need, first=True))
        self.hand_in_missing(file, row, by)
        file = file.reload()
        told = option(file, row, by, inputs, need.reason)
        overdue = is_overdue(file)
        said = f"{name(by)} at the desk: {row.key} on {file.procedure.key} {file.pk}{described(inputs)}"
        work = lambda: perform(file, row.key, actor=actor(by), reason=need.reason, **inputs)  # noqa: E731 - what is tried has no name
        _event, refusal = self.tried(said, work)
        shown = {problem.code for problem in told.problems}
        if shown and not overdue and (refusal is None or set(refusal.codes) != shown):
            self.complain([f"the page says {shown}"])
