"""Reading ballots: who sits, who said what, what waits for whom, and what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.accounts.selectors import holders
from apps.committee.kinds import OBJECTIONS, Answer, Outcome
from apps.committee.models import Ballot, BallotItem, Decision, Position, Seat
from apps.committee.procedure import State
from apps.workflow import registry
from apps.workflow.models import Subject

RUNNING = frozenset({State.CIRCULATED, State.WAITING, State.CONFIRMATION})


@dataclass(frozen=True, slots=True)
class Standing:
    """What one seat says on one item: the position that counts, and those before it, oldest first."""

    seat: Seat
    now: Position | None
    before: tuple[Position, ...]

    @property
    def answer(self) -> Answer | None:
        return self.now.as_answer if self.now else None


@dataclass(frozen=True, slots=True)
class Tally:
    """How one item stands: one standing per seat, India's or the partner's side first, co-chairs first."""

    item: BallotItem
    standings: tuple[Standing, ...]

    def saying(self, *answers: Answer | None) -> tuple[Standing, ...]:
        """The seats whose position is one of these; None stands for those that have not spoken."""
        return tuple(one for one in self.standings if one.answer in answers)

    @property
    def decision(self) -> Decision | None:
        """The decision, where the item is adopted."""
        return getattr(self.item, "decision", None)

    @property
    def agreeing(self) -> tuple[Standing, ...]:
        return self.saying(Answer.AGREE)

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

    def of_side(self, side: str) -> tuple[Standing, ...]:
        """The standings of one side."""
        return tuple(one for one in self.standings if one.seat.side == side)


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
        return tuple(index for index, one in enumerate(self.standings) if one.now is None)


@dataclass(frozen=True, slots=True)
class Board:
    """A ballot with everything said on it; four queries whatever its size."""

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
        """The seat of a membership; None for everybody else."""
        return next((seat for seat in self.seats if membership and seat.membership_id == membership.pk), None)

    @property
    def reasons(self) -> tuple[Position, ...]:
        """Every position that says why, the oldest first, those that no longer count as well."""
        said = [one for tally in self.tallies for standing in tally.standings for one in _all_of(standing)]
        return tuple(sorted((one for one in said if one.reason), key=lambda position: position.pk))


def _all_of(standing: Standing) -> tuple[Position, ...]:
    return (*standing.before, standing.now) if standing.now else standing.before


def board(ballot: Ballot) -> Board:
    """A ballot's items and seats with all positions."""
    seats = tuple(seats_of(ballot))
    items = tuple(BallotItem.objects.filter(ballot=ballot).select_related("decision").order_by("number"))
    by_place = _positions_by_place(ballot, seats, items)
    tallies = (Tally(item, tuple(_standing(seat, by_place.get((item.pk, seat.pk), ())) for seat in seats)) for item in items)
    return Board(ballot, seats, tuple(tallies))


def _positions_by_place(
    ballot: Ballot, seats: Iterable[Seat], items: Iterable[BallotItem]
) -> dict[tuple[int, int], tuple[Position, ...]]:
    known_seats, known_items = {seat.pk: seat for seat in seats}, {item.pk: item for item in items}
    found = list(Position.objects.filter(ballot=ballot).order_by("item_id", "seat_id", "id"))
    for position in found:
        position.seat, position.item = known_seats[position.seat_id], known_items[position.item_id]
    return {place: tuple(group) for place, group in groupby(found, key=lambda one: (one.item_id, one.seat_id))}


def _standing(seat: Seat, positions: Sequence[Position]) -> Standing:
    return Standing(seat, positions[-1], tuple(positions[:-1])) if positions else Standing(seat, None, ())


def seats_of(ballot: Ballot) -> QuerySet[Seat]:
    """A ballot's seats with their people, the partner country's side first, each side's co-chair first."""
    found = Seat.objects.filter(ballot=ballot).select_related("membership__user", "membership__organisation")
    return found.order_by("side", "-is_co_chair", "id")


def seat_of(ballot: Ballot, membership_id: int | None) -> Seat | None:
    """The seat that a membership has at a ballot."""
    return Seat.objects.filter(ballot=ballot, membership=membership_id).first() if membership_id else None


def seats_of_membership(membership: Membership, ballots: Iterable[int]) -> dict[int, Seat]:
    """The seats that a membership has at some ballots, by ballot; one query."""
    return {seat.ballot_id: seat for seat in Seat.objects.filter(membership=membership, ballot__in=ballots)}


def members_on(day: date) -> list[Membership]:
    """Whoever sits on the committee on a day: one membership a person, as co-chair where they are one."""
    found = sorted(holders((Role.MEMBER, Role.CO_CHAIR), day), key=lambda one: (one.side, one.role != Role.CO_CHAIR, one.pk))
    return list({one.user_id: one for one in reversed(found)}.values())[::-1]


def open_items(ballot: Ballot) -> QuerySet[BallotItem]:
    """Items without an outcome, in their order."""
    return BallotItem.objects.filter(ballot=ballot, outcome="").order_by("number")


def items_waiting_for_effect(ballot: Ballot) -> QuerySet[BallotItem]:
    """Adopted items whose step has not been performed, in their order."""
    return BallotItem.without_effect().filter(ballot=ballot).select_related("decision").order_by("number")


def items_without_effect() -> QuerySet[BallotItem]:
    """Adopted items of all ballots that did not take effect, with their reasons: the secretariat's desk."""
    return (
        BallotItem.without_effect().select_related("ballot", "decision").order_by("decision__adopted_on", "ballot_id", "number")
    )


def items_waiting_for(membership: Membership) -> QuerySet[BallotItem]:
    """Open items on which a membership has not spoken and may, those that close first first."""
    found = BallotItem.unanswered_by(membership.pk).select_related("ballot")
    return found.order_by("ballot__circulated_at", "ballot_id", "number")


def ballots_waiting_for(membership: Membership) -> QuerySet[Ballot]:
    """Running ballots with an item that waits for a membership, those that close first first."""
    unanswered = BallotItem.unanswered_by(membership.pk).filter(ballot=OuterRef("pk"))
    return Ballot.objects.filter(Exists(unanswered)).order_by("circulated_at", "id")


def reads_ballots(membership: Membership | None) -> bool:
    """Whether a membership may read ballots at all; decisions are public."""
    return membership is not None and membership.as_role in {Role.CO_CHAIR, Role.SECRETARIAT, Role.MEMBER}


def ballots_visible_to(membership: Membership | None) -> QuerySet[Ballot]:
    """The ballots that a membership may read, newest first; none by default.

    Co-chairs and the secretariat see all, members all but drafts. Decisions are public: see `decisions`.
    """
    if membership is None or not reads_ballots(membership):
        return Ballot.objects.none()
    found = Ballot.objects.order_by("-id")
    return found.exclude(circulated_at=None) if membership.as_role == Role.MEMBER else found


def running_ballots(membership: Membership | None) -> QuerySet[Ballot]:
    """The running ballots that a membership may read, newest first; `waits` tells those with an item that waits for it."""
    unanswered = BallotItem.unanswered_by(membership.pk if membership else 0).filter(ballot=OuterRef("pk"))
    running = ballots_visible_to(membership).filter(state__in=RUNNING)
    return running.annotate(waits=Exists(unanswered))


def not_adopted(membership: Membership | None) -> QuerySet[BallotItem]:
    """Items that were severed or withdrawn from ballots that a membership may read, the newest first."""
    found = BallotItem.objects.filter(outcome__in=[Outcome.SEVERED, Outcome.WITHDRAWN])
    return found.filter(ballot__in=ballots_visible_to(membership)).select_related("ballot").order_by("-ballot_id", "number")


def decisions() -> QuerySet[Decision]:
    """Every adopted item with its ballot, the newest first."""
    return Decision.objects.select_related("item", "ballot").order_by("-adopted_on", "-id")


def decisions_on(subject: Subject) -> QuerySet[Decision]:
    """What the committee has decided about a file, the newest first."""
    return decisions().filter(item__subject_type=subject.procedure.key, item__subject_id=subject.pk)


def ballots_on(subject: Subject) -> QuerySet[BallotItem]:
    """The items of running ballots about a file."""
    about = Q(subject_type=subject.procedure.key, subject_id=subject.pk, outcome="")
    return (
        BallotItem.objects.filter(about)
        .exclude(ballot__circulated_at=None)
        .select_related("ballot")
        .order_by("ballot_id", "number")
    )


def subjects_of(items: Iterable[BallotItem]) -> dict[int, Subject]:
    """The file of each item by the item's key; one query per kind of file."""
    with_step = [item for item in items if not item.is_text]
    wanted: dict[str, set[int]] = {}
    for item in with_step:
        wanted.setdefault(item.subject_type, set()).add(item.subject_id or 0)
    found = {key: _readable(registry.model_of(key)).in_bulk(ids) for key, ids in wanted.items()}
    files = ((item.pk, found[item.subject_type].get(item.subject_id)) for item in with_step)
    return {pk: subject for pk, subject in files if subject}


def _readable(model: type[Subject]) -> QuerySet[Subject]:
    files: QuerySet[Subject] = model._default_manager.all()
    return files.select_related(*model.read_with) if model.read_with else files


def subject_of(item: BallotItem) -> Subject | None:
    """The file that an item is about; None for a text, or where there is no such file."""
    known = {procedure.key for procedure in registry.procedures()}
    if item.subject_type not in known:
        return None
    return registry.model_of(item.subject_type)._default_manager.filter(pk=item.subject_id).first()


def last_number(ballot: Ballot) -> int:
    """The highest number of an item; 0 where there is none."""
    return BallotItem.objects.filter(ballot=ballot).order_by("-number").values_list("number", flat=True).first() or 0
