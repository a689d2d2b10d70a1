"""The committee: ballots about steps, and answers to them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.committee.kinds import Answer, Form
from apps.committee.models import BallotItem, Seat
from apps.committee.selectors import RUNNING
from apps.committee.services import about, as_inputs, circulate, open_ballot
from apps.core import clock
from apps.workflow import registry
from apps.workflow.models import Subject
from apps.workflow.table import Step
from tests.people import actor
from tests.walks import log
from tests.walks.base import Walker, name

ANSWERS = [Answer.AGREE, Answer.AGREE, Answer.AGREE, Answer.DO_NOT_AGREE, Answer.CONFLICT_OF_INTEREST, Answer.ASK_FOR_MEETING]


class Deciding(Walker):
    """The committee: ballots about steps, and answers to them."""

    def move(self, data: st.DataObject, file: Subject, row: Step, inputs: dict[str, Any]) -> None:
        """Put a step before the committee, and perhaps let it be adopted at once."""
        able = [one for one in self.serving if one.as_role in {Role.SECRETARIAT, Role.CO_CHAIR}]
        by = self.pick(data, able if able and not self.chance(data, 8) else self.members)
        form = self.pick(data, [Form.UNSTATED, Form.ELECTRONIC, Form.UNSTATED, Form.UNSTATED])
        day = self.pick(data, [None, None, None, clock.today() - timedelta(days=3), clock.today() + timedelta(days=20)])
        items = [about(file, row.key, f"{row.key} of {file}"[:200], effective_on=day, **inputs)]
        items += [{"title": "Adopt the forms?"}] if self.chance(data, 4) else []
        edition = file.edition if file.edition in registry.procedure("ballot").tables else self.world.edition
        given = {"actor": actor(by), "title": "Decision", "form": form, "items": items, "edition": edition}
        ballot, _refusal = self.tried(
            f"{name(by)}: moves {row.key} of {file.procedure.key} {file.pk}", lambda: open_ballot(**given)
        )
        if ballot is None or self.chance(data, 8):
            return
        event, _refusal = self.tried(f"{name(by)}: circulates ballot {ballot.pk}", lambda: circulate(ballot, actor=actor(by)))
        if event is None or self.chance(data, 4):
            return
        chairs = self.seats(ballot.pk).filter(is_co_chair=True)
        for seat in self.seats(ballot.pk) if form == Form.ELECTRONIC else chairs:
            self.say(ballot.pk, seat.membership, dict.fromkeys(self.open_items(ballot.pk), ("agree", "")))

    def seats(self, pk: int) -> Any:
        """The seats of a ballot in a fixed order."""
        return Seat.objects.filter(ballot=pk).select_related("membership__user", "membership__organisation").order_by("id")

    def open_items(self, pk: int) -> list[int]:
        """The numbers of the items without an outcome."""
        return list(BallotItem.objects.filter(ballot=pk, outcome="").order_by("number").values_list("number", flat=True))

    def say(self, pk: int, by: Membership, answers: dict[int, tuple[str, str]]) -> None:
        """Take a position, under a key."""
        ballot = log.file_of("ballot", pk)
        assert ballot is not None
        inputs, given = as_inputs(answers), {"reason": "", "idempotency_key": self.key()}
        event = self.act(ballot, "take_position", by, inputs, **given)
        if event is not None:
            self.sent.append({"file": ballot, "step": "take_position", "by": by, "inputs": inputs, "event": event.pk, **given})

    @rule(data=st.data())
    def answer(self, data: st.DataObject) -> None:
        """A member, or somebody else, answers a running ballot."""
        self.figures.counts["steps"] += 1
        running = [pk for (key, pk), one in self.files.items() if key == "ballot" and one.state in RUNNING]
        if not running:
            return
        pk = self.pick(data, running)
        seated = [seat.membership for seat in self.seats(pk)]
        by = self.pick(data, self.members if self.chance(data, 6) else seated)
        numbers = self.open_items(pk) or [1]
        chosen = numbers if not self.chance(data, 3) else [self.pick(data, [*numbers, 9])]
        told = {number: (self.pick(data, ANSWERS), self.pick(data, ["Why not.", "Why not.", ""])) for number in chosen}
        self.say(pk, by, told)
