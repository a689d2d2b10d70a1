"""What an act that says something on a ballot needs to know, read once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from apps.accounts.models import Membership
from apps.accounts.selectors import in_force
from apps.committee.models import Ballot, BallotItem, Seat
from apps.committee.selectors.board import ITEMS
from apps.core.statements import read
from apps.workflow.fsm import Act

SPEAKER = "from committee_seat r join accounts_membership m on m.id = %s where r.ballot_id = %s"
OWN = f"{SPEAKER} and r.membership_id in (m.id, m.acts_for_id) order by r.id"
# Whoever is named by a reply on paper speaks for no other seat than their own.
HEARD = f"{SPEAKER} and (r.membership_id = m.id or not %s and r.membership_id = m.acts_for_id) order by r.id"
# The last that was said for the seat, and the items on which the speaker has declared a conflict.
SAID = {
    "last_said": "coalesce((select max(p.id) from committee_position p where p.seat_id = r.id), 0)",
    "conflicts": """
        array(select p.item_id from committee_position p
               where p.ballot_id = r.ballot_id and p.seat_id = r.id and p.membership_id = m.id
                 and p.answer = 'conflict_of_interest')""",
}


@dataclass(frozen=True, slots=True)
class Hearing:
    """The seat for which an act speaks, who speaks, the ballot's items, and what was said for that seat before.

    `last_said` is the key of the last answer for the seat (0: none), `aside` are the keys of the items on which the
    speaker has declared a conflict of interest.
    """

    seat: Seat | None
    speaker: int
    items: Sequence[BallotItem]
    last_said: int = 0
    aside: frozenset[int] = frozenset()

    def answered(self, act: Act) -> Iterator[tuple[BallotItem, dict[str, Any]]]:
        """The items that an act answers, each with the answer; numbers that no item has are left out."""
        said = {one["item"]: one for one in act.inputs.get("answers", ())}
        yield from ((item, said[item.number]) for item in self.items if item.number in said)


def spoken_for(ballot: Ballot, membership_id: int) -> Seat | None:
    """The seat that a membership speaks for: its own, or that of whom it acts for."""
    return next(iter(read(Seat, OWN, [membership_id, ballot.pk])), None)


def held_office(seat: Seat, on: date) -> bool:
    """Whether whoever has a seat held the office on a day."""
    return Membership.objects.filter(in_force(on), pk=seat.membership_id).exists()


def items_of(ballot: Ballot) -> list[BallotItem]:
    """A ballot's items in their order."""
    items = read(BallotItem, ITEMS, [ballot.pk])
    for item in items:
        item.ballot = ballot
    return items


def hearing(subject: Ballot, act: Act) -> Hearing:
    """What an act on a ballot is judged by: two queries, once an act.

    Of a reply on paper the seat is the one that is named, else that of the actor or of whom the actor acts for.
    """
    found: Hearing | None = act.read.get("hearing")
    if found is None:
        found = act.read["hearing"] = _read(subject, act)
    return found


def _read(subject: Ballot, act: Act) -> Hearing:
    named = act.inputs.get("seat")
    speaker = named or act.actor.membership_id or 0
    seat = next(iter(read(Seat, HEARD, [speaker, subject.pk, named is not None], also=SAID)), None)
    if seat is None:
        return Hearing(None, speaker, items_of(subject))
    found = vars(seat)
    return Hearing(seat, speaker, items_of(subject), found["last_said"], frozenset(found["conflicts"]))
