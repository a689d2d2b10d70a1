"""What nobody may: any step by anybody at any time, and the same submit once more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.core import clock
from apps.workflow.actors import Actor
from apps.workflow.services import perform
from tests.journeys.walker import Need, needs
from tests.people import actor
from tests.walks.base import Walker, name


class Forbidden(Walker):
    """What nobody may: any step by anybody at any time, and the same submit once more."""

    @rule(data=st.data())
    def attempt(self, data: st.DataObject) -> None:
        """Anybody tries any step of any file, in any state, on any day, with a stale page or without papers."""
        self.figures.counts["steps"] += 1
        file = self.any_file(data, running=False)
        assert file is not None
        key = self.pick(data, sorted(file.procedure.steps()))
        row = file.procedure.row(file.edition, key)
        by = self.pick(data, [*self.members, Actor.clock(), Actor.clock(), Actor.decision(1)])
        if row is not None and row.is_for(Role.COMMITTEE) and isinstance(by, Actor) and by.decision_id:
            by = Actor.clock()
        given: dict[str, Any] = {"reason": self.pick(data, ["", "Because."])}
        if (ahead := self.pick(data, [0, 0, -1, -400, 1, 400])) and isinstance(by, Membership):
            given["effective_on"] = clock.today() + timedelta(days=ahead)
        if stale := self.pick(data, [0, 0, 1, 7]):
            given["version"] = max(0, file.version - stale)
        inputs = (
            self.filled(file, row, needs(file.procedure).get(key, Need()), first=False) if row and self.chance(data, 2) else {}
        )
        self.act(file, key, by, inputs, **given)

    @rule(data=st.data())
    def press_again(self, data: st.DataObject) -> None:
        """The same submit once more: the first result and nothing new; with another body a refusal, and one effect."""
        self.figures.counts["steps"] += 1
        if not self.sent:
            return
        sent, other = self.pick(data, self.sent), self.pick(data, ["same", "same", "reason", "person", "file"])
        by = self.pick(data, self.members) if other == "person" else sent["by"]
        reason = "Another body." if other == "reason" else sent["reason"]
        file = self.any_file(data, running=False) if other == "file" else sent["file"]
        assert file is not None
        same = (by, reason, (file.procedure.key, file.pk)) == (
            sent["by"], sent["reason"], (sent["file"].procedure.key, sent["file"].pk),
        )  # fmt: skip
        who = by if isinstance(by, Actor) else actor(by)
        before = self.looks
        work = lambda: perform(  # noqa: E731 - what is tried has no name
            file, sent["step"], actor=who, reason=reason, idempotency_key=sent["idempotency_key"], **sent["inputs"]
        )
        event, refusal = self.tried(f"{name(by)}: presses {sent['step']} again ({other})", work)
        self.figures.counts["repeated"] += 1
        if self.looks != before:
            self.complain(["I-12: a repeated key has had another effect"])
        if same and (event is None or event.pk != sent["event"]):
            self.complain([f"I-12: the same submit gave {event or refusal}"])
        if not same and event is not None:
            self.complain(["I-12: a key was taken for another body"])
