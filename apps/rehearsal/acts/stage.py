"""Where a rehearsal plays: its people, the edition in force, its clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from apps.accounts.models import Membership
from apps.core.calendar import JST
from apps.core.clock import Rehearsal, today
from apps.documents.kinds import Kind
from apps.documents.selectors import current_versions
from apps.rehearsal.acts.placeholder import placeholder
from apps.rehearsal.people import Players
from apps.workflow.actors import Actor
from apps.workflow.models import Deadline, Subject
from apps.workflow.selectors import edition_for, edition_in_force
from apps.workflow.services import hand_in, perform, sweep

S = TypeVar("S", bound=Subject)

# In Japan; 10:30 in India.
OPENS_AT = time(14, 0)
BETWEEN_ACTS = timedelta(seconds=20)


@dataclass(slots=True)
class Stage:
    """Gives each verb its actors and moves the clock; acts of one day follow each other by seconds."""

    players: Players
    clock: Rehearsal

    @property
    def edition(self) -> str:
        """The key of the edition in force on the rehearsal's day. Raises NoRules."""
        return edition_in_force(today()).key

    def edition_of(self, model: type[Subject]) -> str:
        """The same for a file of one procedure. Raises NoRules where the edition in force does not know it."""
        return edition_for(model.procedure, today()).key

    def go_to(self, day: date) -> None:
        """Let time pass until a day; what falls due on the way happens at its moment. Never goes back."""
        moment = datetime.combine(day, OPENS_AT, JST)
        if moment <= self.clock.moment:
            return
        while (due_at := next_due(self.clock.moment, moment)) is not None:
            self._sweep_at(due_at)
        self._sweep_at(moment)

    def _sweep_at(self, moment: datetime) -> None:
        self.clock.move_to(moment)
        sweep()

    def tick(self) -> None:
        self.clock.move_to(self.clock.moment + BETWEEN_ACTS)

    def act(self, subject: S, key: str, actor: Actor, **inputs: Any) -> S:
        """Upload what the row asks for and perform it; the file as it stands afterwards."""
        row = subject.procedure.row(subject.edition, key)
        self.file_papers(subject, row.documents if row else (), actor)
        self.tick()
        perform(subject, key, actor=actor, **inputs)
        return subject.reload()

    def file_papers(self, subject: Subject, kinds: Iterable[Kind], actor: Actor, *, again: bool = False) -> None:
        """Upload a placeholder of each kind that the file does not have yet (or of each, `again`)."""
        kinds = tuple(kinds)
        if not kinds or actor.membership_id is None:
            return
        there = set() if again else {version.kind for version in current_versions(subject.procedure.key, subject.pk)}
        missing = [kind for kind in kinds if kind.value not in there]
        if not missing:
            return
        membership = Membership.objects.get(pk=actor.membership_id)
        for kind in missing:
            what = f"{subject.procedure.key} {subject.pk} {kind.value} {self.clock.moment.isoformat()}"
            content = placeholder("A placeholder of the rehearsal", what)
            hand_in(subject=subject, kind=kind, name=f"{kind.value.lower()}.pdf", content=content, membership=membership)


def next_due(after: datetime, until: datetime) -> datetime | None:
    """The next moment, after one and until another, at which the clock has something to do."""
    waiting = Deadline.objects.filter(closed_at=None, by_clock=True, due_at__gt=after, due_at__lte=until)
    return waiting.order_by("due_at").values_list("due_at", flat=True).first()
