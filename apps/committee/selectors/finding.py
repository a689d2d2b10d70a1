"""Finding ballots, items, seats and decisions: who sits, what waits for whom, what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Protocol, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from apps.accounts.models import Membership, User
from apps.accounts.roles import Role
from apps.accounts.selectors import holders
from apps.committee.kinds import Outcome
from apps.committee.models import Attempt, Ballot, BallotItem, Decision, ItemRevision, LateReply, Position, Seat
from apps.committee.procedure import State
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion
from apps.documents.selectors import newest_of
from apps.workflow.models import Subject
from apps.workflow.one_query import WholeRow, from_row
from apps.workflow.selectors import About, file_of, files_of

RUNNING = frozenset({State.CIRCULATED, State.WAITING, State.CONFIRMATION})
READERS = frozenset({Role.CO_CHAIR, Role.SECRETARIAT, Role.MEMBER, Role.ALTERNATE, Role.AUTHORITY})
OPENERS = frozenset({Role.CO_CHAIR, Role.SECRETARIAT})
# No ballot has a thousand items.
MOST_DIGITS = 3

Rows = TypeVar("Rows", bound=Model)


class Asking(About, Protocol):
    """A question to the committee, on a ballot or an agenda: a step of a file, or a text."""

    pk: Any

    @property
    def step(self) -> str: ...


def seats_of(ballot: Ballot) -> QuerySet[Seat]:
    """A ballot's seats, the partner country's side first, each side's co-chair first."""
    return Seat.objects.filter(ballot=ballot).order_by("side", "-is_co_chair", "id")


def named_seats_of(ballot: Ballot) -> QuerySet[Seat]:
    """A ballot's seats with their people, in the same order."""
    return seats_of(ballot).select_related("membership__user", "membership__organisation")


def seats_of_membership(membership: Membership, ballots: Iterable[int]) -> dict[int, Seat]:
    """The seats that a membership speaks for at some ballots, by ballot; one query."""
    speaks_for = {membership.pk, membership.acts_for_id} - {None}
    return {seat.ballot_id: seat for seat in Seat.objects.filter(membership__in=speaks_for, ballot__in=ballots)}


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
    return membership is not None and membership.as_role in READERS


def ballots_visible_to(membership: Membership | None) -> QuerySet[Ballot]:
    """The ballots that a membership may read, newest first; none by default.

    Co-chairs and the secretariat see all; members, their alternates and the ministries that a side consults all but
    drafts. Decisions are public: see `decisions`.
    """
    if membership is None or not reads_ballots(membership):
        return Ballot.objects.none()
    found = Ballot.objects.order_by("-id")
    return found if membership.as_role in OPENERS else found.exclude(circulated_at=None)


def running_ballots(membership: Membership | None) -> QuerySet[Ballot]:
    """The running ballots that a membership may read, newest first; `waits` tells those with an item that waits for it."""
    unanswered = BallotItem.unanswered_by(membership.pk if membership else 0).filter(ballot=OuterRef("pk"))
    running = ballots_visible_to(membership).filter(state__in=RUNNING)
    return running.annotate(waits=Exists(unanswered))


def not_adopted(membership: Membership | None) -> QuerySet[BallotItem]:
    """Items that were severed or withdrawn from ballots that a membership may read, the newest first."""
    found = BallotItem.objects.filter(outcome__in=[Outcome.SEVERED, Outcome.WITHDRAWN, Outcome.DEFERRED])
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


def subjects_of(items: Iterable[Asking]) -> dict[int, Subject]:
    """The file of each item of a ballot or agenda, by the item's key; none for a text. As many queries as `files_of`."""
    with_step = [item for item in items if item.step]
    found = files_of(with_step)
    return {item.pk: found[place] for item in with_step if (place := (item.subject_type, item.subject_id or 0)) in found}


def subject_of(item: BallotItem) -> Subject | None:
    """The file that an item is about; None for a text, or where there is no such file."""
    return file_of(item.subject_type, item.subject_id)


def last_number(ballot: Ballot) -> int:
    """The highest number of an item; 0 where there is none."""
    return BallotItem.objects.filter(ballot=ballot).order_by("-number").values_list("number", flat=True).first() or 0


def adopted_item(named: str) -> BallotItem | None:
    """The adopted item of a number such as JC-IN-2026-012/3."""
    reference, _slash, number = named.partition("/")
    if not number.isascii() or not number.isdigit() or len(number) > MOST_DIGITS:
        return None
    found = BallotItem.objects.filter(ballot__reference=reference, number=int(number), outcome=Outcome.ADOPTED)
    return found.select_related("ballot").first()


def scan_of(ballot: Ballot, membership_id: int | None) -> DocumentVersion | None:
    """The newest scan of a reply that somebody has handed in and that stands for no reply yet."""
    used = Position.objects.filter(ballot=ballot, evidence__isnull=False).values("evidence")
    scans = DocumentVersion.objects.filter(subject_type=ballot.procedure.key, subject_id=ballot.pk, kind=Kind.REPLY)
    return scans.filter(membership_id=membership_id or 0).exclude(pk__in=used).order_by("-number").first()


def replies_to_confirm(ballot: Ballot, membership_id: int | None) -> QuerySet[Position]:
    """Replies on paper that were recorded for a seat's holder, who has not confirmed them."""
    return Position.objects.filter(ballot=ballot, seat__membership=membership_id, on_paper=True, confirmation=None)


def papers_of(items: Iterable[BallotItem]) -> dict[int, list[dict[str, Any]]]:
    """The current documents of each item's file, by the item's key, as its revision keeps them; one query."""
    wanted = [(item.pk, (item.subject_type, item.subject_id or 0)) for item in items if not item.is_text]
    found: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for version in newest_of({file for _pk, file in wanted}) if wanted else ():
        found.setdefault((version.subject_type, version.subject_id), []).append(as_paper(version))
    return {pk: found.get(file, []) for pk, file in wanted}


def as_paper(version: DocumentVersion) -> dict[str, Any]:
    """A document as an item's revision names it."""
    return {
        "version": version.pk,
        "kind": version.kind,
        "number": version.number,
        "sha256": version.sha256,
        "confidential": version.confidential,
    }


def with_beside(ballots: QuerySet[Ballot], side: str) -> QuerySet[Ballot]:
    """The same ballots with what `beside_the_count` tells of each, read in their own query."""
    late = LateReply.objects.filter(ballot=OuterRef("pk")).order_by("pk")
    tries = Attempt.objects.filter(ballot=OuterRef("pk"), side=side).exclude(side="").order_by("-pk")
    return ballots.annotate(late_told=_beside(late, number="item__number"), tries_told=_beside(tries))


def beside_the_count(ballot: Ballot, side: str) -> tuple[list[LateReply], list[Attempt]]:
    """What came after the close, the oldest first, and the refused tries of one side's people, the newest first.

    Neither ever counts. Without a side, nobody's tries. One query, none where they came with the ballot.
    """
    told = vars(ballot if "late_told" in vars(ballot) else with_beside(Ballot.objects.filter(pk=ballot.pk), side).get())
    late = [_with(from_row(LateReply, one["row"]), membership=_who(one), item=_numbered(one)) for one in told["late_told"]]
    return late, [_with(from_row(Attempt, one["row"]), membership=_who(one)) for one in told["tries_told"]]


def _beside(rows: QuerySet[Any], **more: str) -> ArraySubquery:
    who = {"name": "membership__user__name", "role": "membership__role"}
    return ArraySubquery(rows.values_list(JSONObject(row=WholeRow("pk"), **who, **more)))


def _who(told: Mapping[str, Any]) -> Membership:
    return Membership(role=told["role"], user=User(name=told["name"]))


def _numbered(told: Mapping[str, Any]) -> BallotItem:
    return BallotItem(number=told["number"])


def _with(row: Rows, **related: Model) -> Rows:
    """A row with as much of its relations as a page tells."""
    for name, one in related.items():
        setattr(row, name, one)
    return row


def changed_papers(ballot: Ballot) -> list[BallotItem]:
    """Open items whose papers are others than those that were put to the members."""
    items = [item for item in open_items(ballot) if not item.is_text]
    known = {one.item_id: one for one in ItemRevision.objects.filter(ballot=ballot).order_by("number")}
    papers = papers_of(items)
    return [item for item in items if item.pk in known and papers[item.pk] != known[item.pk].papers]
