"""Who acts: a person in one named capacity, the clock, or an adopted decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from apps.accounts.models import Membership


class ActorKind(StrEnum):
    """What kind of actor performed an act."""

    PERSON = "person"
    CLOCK = "clock"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody or something that can perform steps."""

    kind: ActorKind
    membership_id: int | None = None
    decision_id: int | None = None
    decided_on: date | None = None

    @classmethod
    def person(cls, membership: Membership) -> Actor:
        """A person in the capacity of one membership."""
        return cls(ActorKind.PERSON, membership_id=membership.pk)

    @classmethod
    def clock(cls) -> Actor:
        """Time, or a rule that acts by itself."""
        return cls(ActorKind.CLOCK)

    @classmethod
    def decision(cls, decision_id: int, decided_on: date | None = None) -> Actor:
        """A decision that the Joint Committee has adopted, with its day where that is another than the day of its effect."""
        return cls(ActorKind.DECISION, decision_id=decision_id, decided_on=decided_on)
