"""A ballot with everything said on it, as the engine counts it and as one side may see it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.db.models import OuterRef

from apps.accounts.models import Membership
from apps.committee.kinds import OBJECTIONS, YES, Answer
from apps.committee.models import Ballot, BallotItem, Decision, ItemRevision, Position, Seat
from apps.committee.selectors.finding import named_seats_of
from apps.core.statements import read
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion
from apps.workflow.editions import AdoptionRule, Disclosure
from apps.workflow.one_query import from_row, rows_of

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Standing:
    """What one seat says on one item: the position that counts, and the others, oldest first.

    A position on an earlier text does not count, nor does one of somebody with a conflict of interest on the
    item; where nobody else speaks for the seat, that conflict is its position. Where `hidden`, only whether
    the seat has `answered` is known.
    """

    seat: Seat
    now: Position | None
    before: tuple[Position, ...]
    hidden: bool = False
    answered: bool = False

    @property
    def answer(self) -> Answer | None:
        return self.now.as_answer if self.now else None

    @property
    def has_answered(self) -> bool:
        return self.answered or self.now is not None

    @property
    def said(self) -> tuple[Position, ...]:
        """Everything that was said for the seat, the oldest first, whether it counts or not."""
        return tuple(sorted((*self.before, *filter(None, [self.now])), key=lambda position: position.pk))


@dataclass(frozen=True, slots=True)
class Tally:
    """How one item stands: one standing per seat, India's or the partner's side first, co-chairs first."""

    item: BallotItem
    standings: tuple[Standing, ...]

    def saying(self, *answers: Answer | None) -> tuple[Standing, ...]:
        """The seats whose position is one of these; None stands for those that have not spoken."""
        return tuple(one for one in self.standings if not one.hidden and one.answer in answers)

    @property
    def decision(self) -> Decision | None:
        """The decision, where the item is adopted."""
        return getattr(self.item, "decision", None)

    @property
    def agreeing(self) -> tuple[Standing, ...]:
        return self.saying(*YES)

    @property
    def objecting(self) -> tuple[Standing, ...]:
        return self.saying(*OBJECTIONS)

    @property
    def standing_aside(self) -> tuple[Standing, ...]:
        """Those with a conflict of interest; they do not count."""
        return self.saying(Answer.CONFLICT_OF_INTEREST)

    @property
    def silent(self) -> tuple[Standing, ...]:
        return self.saying(None)

    @property
    def counted(self) -> tuple[Standing, ...]:
        return tuple(one for one in self.standings if one.answer != Answer.CONFLICT_OF_INTEREST)

    @property
    def co_chairs(self) -> tuple[Standing, ...]:
        return tuple(one for one in self.standings if one.seat.is_co_chair)

    @property
    def hidden(self) -> tuple[Standing, ...]:
        """The seats of the other side whose answers are not shown yet."""
        return tuple(one for one in self.standings if one.hidden)

    @property
    def conflicts(self) -> tuple[Position, ...]:
        """Every conflict of interest that was declared, whoever speaks for the seat now."""
        said = (one for standing in self.standings for one in standing.said)
        return tuple(one for one in said if one.as_answer == Answer.CONFLICT_OF_INTEREST)

    def of_side(self, side: str) -> tuple[Standing, ...]:
        """The standings of one side."""
        return tuple(one for one in self.standings if one.seat.side == side)

    def as_seen_by(self, side: str, rule: AdoptionRule) -> Tally:
        """The tally as one side may see it now: of the other side only who has answered, until the item closes.

        Source: rules 3.3; when each side reads the other's answers is a policy of the edition.
        """
        if rule.disclosure == Disclosure.AT_ONCE or not self.item.window_runs:
            return self
        return replace(self, standings=tuple(_veiled(one) if one.seat.side != side else one for one in self.standings))


def _veiled(standing: Standing) -> Standing:
    return Standing(standing.seat, None, (), hidden=True, answered=standing.now is not None)


@dataclass(frozen=True, slots=True)
class SeatRow:
    """One line of the positions table: a seat and what it says on each item, in the items' order."""

    seat: Seat
    standings: tuple[Standing, ...]

    @property
    def last(self) -> Position | None:
        """The newest of the positions that count."""
        return max((one.now for one in self.standings if one.now), key=lambda position: position.pk, default=None)

    @property
    def unanswered(self) -> tuple[int, ...]:
        """The indexes of the items on which the seat has not spoken."""
        return tuple(index for index, one in enumerate(self.standings) if not one.has_answered)


@dataclass(frozen=True, slots=True)
class Board:
    """A ballot with everything said on it; three queries whatever its size."""

    ballot: Ballot
    seats: tuple[Seat, ...]
    tallies: tuple[Tally, ...]

    def rows(self, side: str) -> tuple[SeatRow, ...]:
        """The positions table of one side, its co-chair first."""
        return tuple(
            SeatRow(seat, tuple(tally.standings[index] for tally in self.tallies))
            for index, seat in enumerate(self.seats)
            if seat.side == side
        )

    def seat_of(self, membership: Membership | None) -> Seat | None:
        """The seat that a membership speaks for, its own or that of whom it acts for; None for everybody else."""
        speaks_for = {membership.pk, membership.acts_for_id} if membership else set()
        return next((seat for seat in self.seats if seat.membership_id in speaks_for), None)

    def as_seen_by(self, side: str) -> Board:
        """The board as one side may see it now."""
        rule = self.ballot.rules.adoption
        return replace(self, tallies=tuple(tally.as_seen_by(side, rule) for tally in self.tallies))

    @property
    def reasons(self) -> tuple[Position, ...]:
        """Every position that says why, the oldest first, those that no longer count as well."""
        said = [one for tally in self.tallies for standing in tally.standings for one in standing.said]
        return tuple(sorted((one for one in said if one.reason), key=lambda position: position.pk))


# What the engine reads of a ballot at every act; statements that are never built anew.
SEATS = "from committee_seat r where r.ballot_id = %s order by r.side, r.is_co_chair desc, r.id"
ITEMS = "from committee_ballotitem r where r.ballot_id = %s order by r.number"
# Of each seat on each item the last that can count, and every conflict: however often the seats have spoken.
POSITIONS = """
from (
  with aside as materialized (
    select * from committee_position where ballot_id = %s and answer = 'conflict_of_interest')
  select l.* from committee_ballotitem i join committee_seat s on s.ballot_id = i.ballot_id
   cross join lateral (
     select * from committee_position p where p.item_id = i.id and p.seat_id = s.id and p.revision = i.revision
        and not exists (select from aside a where a.item_id = p.item_id and a.membership_id = p.membership_id)
      order by p.id desc limit 1) l
   where i.ballot_id = %s
  union all select * from aside) r
 order by r.item_id, r.seat_id, r.id
"""
PEOPLE = ("membership__user", "membership__organisation", "confirmation")


def board(ballot: Ballot) -> Board:
    """A ballot's items and seats with all positions and the people who hold and took them; three queries.

    The texts of items whose text has changed come along, see `texts_of`.
    """
    texts = rows_of(ItemRevision, item=OuterRef("pk"), item__revision__gt=1)
    items = BallotItem.objects.filter(ballot=ballot).select_related("decision").order_by("number").annotate(texts_told=texts)
    said = Position.objects.filter(ballot=ballot).select_related(*PEOPLE).order_by("item_id", "seat_id", "id")
    return _board(ballot, named_seats_of(ballot), items, said)


def texts_of(items: Iterable[BallotItem]) -> dict[int, list[ItemRevision]]:
    """Of the items of a board whose text has changed every text that was put to the members, by the item's key, oldest first."""
    return {item.pk: [from_row(ItemRevision, one) for one in vars(item)["texts_told"]] for item in items if item.revision > 1}


def board_for_engine(ballot: Ballot) -> Board:
    """What the outcome of an item depends on: the last of each seat that counts, without names or what was said before."""
    seats, items = read(Seat, SEATS, [ballot.pk]), read(BallotItem, ITEMS, [ballot.pk])
    return _board(ballot, seats, items, read(Position, POSITIONS, [ballot.pk, ballot.pk]))


def _board(ballot: Ballot, seats: Iterable[Seat], items: Iterable[BallotItem], said: Iterable[Position]) -> Board:
    seats, items = tuple(seats), tuple(items)
    for item in items:
        item.ballot = ballot
    by_place = _positions_by_place(seats, items, said)
    tallies = (Tally(item, tuple(standing(seat, item, by_place.get((item.pk, seat.pk), ())) for seat in seats)) for item in items)
    return Board(ballot, seats, tuple(tallies))


def _positions_by_place(
    seats: Iterable[Seat], items: Iterable[BallotItem], said: Iterable[Position]
) -> dict[Place, tuple[Position, ...]]:
    known_seats, known_items, found = {seat.pk: seat for seat in seats}, {item.pk: item for item in items}, list(said)
    for position in found:
        position.seat, position.item = known_seats[position.seat_id], known_items[position.item_id]
    return {place: tuple(group) for place, group in groupby(found, key=lambda one: (one.item_id, one.seat_id))}


def standing(seat: Seat, item: BallotItem, positions: Sequence[Position]) -> Standing:
    """Which of a seat's positions on an item counts, the oldest given first. Source: rules 3.3, 3.8."""
    aside = {one.membership_id: one for one in positions if one.as_answer == Answer.CONFLICT_OF_INTEREST}
    heard = [one for one in positions if one.membership_id not in aside and one.revision == item.revision]
    now = heard[-1] if heard else next(reversed(aside.values()), None)
    return Standing(seat, now, tuple(one for one in positions if one is not now))


def conflicts_of(membership: Membership) -> set[tuple[str, int]]:
    """The files on which the person of a membership has declared a conflict of interest, in whichever capacity."""
    declared = Position.objects.filter(
        membership__user=membership.user_id, answer=Answer.CONFLICT_OF_INTEREST, item__subject_id__isnull=False
    )
    return {(key, pk or 0) for key, pk in declared.values_list("item__subject_type", "item__subject_id")}


def barred(reader: Membership, versions: Sequence[DocumentVersion]) -> set[int]:
    """Which confidential documents are closed to a reader: those of files in conflict, and the other side's replies.

    A reply on paper is read by the other side once the item that it answers is closed. Source: rules 3.8.
    """
    files = {(one.subject_type, one.subject_id) for one in versions}
    aside = conflicts_of(reader) & files if files else set()
    closed = {one.pk for one in versions if (one.subject_type, one.subject_id) in aside}
    scans = [one for one in versions if one.kind == Kind.REPLY]
    return closed | {one.pk for one in scans if one.pk not in _readable_replies(reader, scans)}


def _readable_replies(reader: Membership, scans: Sequence[DocumentVersion]) -> set[int]:
    """The scans that a reader may see: own side's, and the other's where every item that they answer is closed."""
    uploaders = {one.pk: one.side for one in Membership.objects.filter(pk__in={scan.membership_id for scan in scans})}
    found = {scan.pk for scan in scans if uploaders.get(scan.membership_id) == reader.side}
    about: dict[int, list[Position]] = {}
    for one in Position.objects.filter(evidence__in=[scan.pk for scan in scans]).select_related("item__ballot"):
        about.setdefault(one.evidence_id or 0, []).append(one)
    return found | {pk for pk, said in about.items() if not any(_is_veiled(one.item) for one in said)}


def _is_veiled(item: BallotItem) -> bool:
    return item.window_runs and item.ballot.rules.adoption.disclosure == Disclosure.AFTER_CLOSE
