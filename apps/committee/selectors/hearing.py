"""What an act that says something on a ballot needs to know, read once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from apps.committee.kinds import Answer
from apps.committee.models import Ballot, BallotItem, Position, Seat
from apps.committee.selectors.board import ITEMS
from apps.workflow.fsm import Act

NAMED = "select s.* from committee_seat s where s.ballot_id = %s and s.membership_id = %s"
OWN = (
    "select s.* from committee_seat s join accounts_membership m on m.id = %s"
    " where s.ballot_id = %s and s.membership_id in (m.id, m.acts_for_id) order by s.id"
)
# The last that was said for a seat, and the conflicts that were declared on it.
SAID = """
select * from (
  (select * from committee_position where seat_id = %s order by id desc limit 1)
  union
  select * from committee_position where ballot_id = %s and answer = 'conflict_of_interest' and seat_id = %s) p
 order by id
"""


@dataclass(frozen=True, slots=True)
class Hearing:
    """The seat for which an act speaks, the ballot's items, and the last and the conflicts that were said for that seat."""

    seat: Seat | None
    speaker: int
    items: Sequence[BallotItem]
    said: Sequence[Position]

    @property
    def aside(self) -> set[int]:
        """The keys of the items on which the speaker has declared a conflict of interest."""
        return {
            one.item_id for one in self.said if one.membership_id == self.speaker and one.answer == Answer.CONFLICT_OF_INTEREST
        }

    def answered(self, act: Act) -> Iterator[tuple[BallotItem, dict[str, Any]]]:
        """The items that an act answers, each with the answer; numbers that no item has are left out."""
        said = {one["item"]: one for one in act.inputs.get("answers", ())}
        yield from ((item, said[item.number]) for item in self.items if item.number in said)


def spoken_for(ballot: Ballot, membership_id: int) -> Seat | None:
    """The seat that a membership speaks for: its own, or that of whom it acts for."""
    return next(iter(Seat.objects.raw(OWN, [membership_id, ballot.pk])), None)


def items_of(ballot: Ballot) -> list[BallotItem]:
    """A ballot's items in their order."""
    items = list(BallotItem.objects.raw(ITEMS, [ballot.pk]))
    for item in items:
        item.ballot = ballot
    return items


def hearing(subject: Ballot, act: Act) -> Hearing:
    """What an act on a ballot is judged by: three queries, once an act.

    Of a reply on paper the seat is the one that is named, else that of the actor or of whom the actor acts for.
    """
    found: Hearing | None = act.read.get("hearing")
    if found is None:
        found = act.read["hearing"] = _read(subject, act)
    return found


def _read(subject: Ballot, act: Act) -> Hearing:
    named = act.inputs.get("seat")
    speaker = act.actor.membership_id or 0
    seat = next(iter(Seat.objects.raw(NAMED, [subject.pk, named])), None) if named else spoken_for(subject, speaker)
    said = list(Position.objects.raw(SAID, [seat.pk, subject.pk, seat.pk])) if seat else []
    return Hearing(seat, seat.membership_id if seat and named else speaker, items_of(subject), said)
