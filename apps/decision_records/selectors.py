"""Reading records, and everything of a closed ballot that its record tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import Q, QuerySet

from apps.accounts.models import Membership
from apps.committee.models import Ballot, BallotItem, Confirmation, ItemRevision, LateReply
from apps.committee.procedure import State
from apps.committee.selectors import Board, board, subjects_of
from apps.decision_records.models import DecisionRecord, RecordKey
from apps.documents.models import DocumentVersion
from apps.events.models import Event
from apps.events.selectors import history
from apps.workflow.models import Subject

CLOSED, EXECUTED = "ballot.close", "ballot.execute"

# A document by what identifies it: procedure and key of its file, kind, version.
Paper = tuple[str, int, str, int]


@dataclass(frozen=True)
class Matter:
    """A closed ballot as it stood when the act `told` was done; later acts are left out.

    `effects` are the events of items' steps, by decision.
    """

    told: Event
    log: Mapping[UUID, Event]
    board: Board
    subjects: Mapping[int, Subject]
    revisions: Sequence[ItemRevision]
    confirmations: Mapping[int, Confirmation]
    late: Sequence[LateReply]
    effects: Mapping[int, Event]
    people: Mapping[int, Membership]
    papers: Mapping[Paper, DocumentVersion]

    @property
    def ballot(self) -> Ballot:
        return self.board.ballot

    @property
    def events(self) -> list[Event]:
        """The ballot's acts, oldest first."""
        return list(self.log.values())

    def of_type(self, *types: str) -> list[Event]:
        """The ballot's acts of some types, oldest first."""
        return [one for one in self.events if one.type in types]

    @cached_property
    def performed(self) -> Mapping[int, Event]:
        """The act that performed each item, by the item's number."""
        return {
            tried["item"]: event for event in self.of_type(EXECUTED) for tried in event.data.get("items", ()) if tried["executed"]
        }

    @cached_property
    def refused(self) -> Mapping[int, tuple[Event, list[str]]]:
        """The last act that could not perform an item, and the codes of its refusal, by the item's number."""
        return {
            tried["item"]: (event, tried["problems"])
            for event in self.of_type(EXECUTED)
            for tried in event.data.get("items", ())
            if not tried["executed"]
        }

    def revisions_of(self, item: BallotItem) -> list[ItemRevision]:
        """How a question stood before the members, the first text first."""
        return [one for one in self.revisions if one.item_id == item.pk]

    def late_on(self, item: BallotItem) -> list[LateReply]:
        """What was said on an item after its window."""
        return [one for one in self.late if one.item_id == item.pk]


def matter(ballot: Ballot, told: Event) -> Matter:
    """Everything that the record of a ballot tells, as of an act; a fixed number of queries but for kinds of files."""
    found = board(ballot)
    items = [tally.item for tally in found.tallies]
    log = {one.act_id: one for one in history("ballot", ballot.pk) if one.version <= told.version}
    subjects = subjects_of(items)
    late = [one for one in LateReply.objects.filter(ballot=ballot).order_by("id") if one.act_id in log]
    return Matter(
        told=told,
        log=log,
        board=found,
        subjects=subjects,
        revisions=list(ItemRevision.objects.filter(ballot=ballot).order_by("item_id", "number")),
        confirmations={
            one.position_id: one for one in Confirmation.objects.filter(ballot=ballot).order_by("id") if one.act_id in log
        },
        late=late,
        effects=_effects(found),
        people=_people(found, late),
        papers=_papers(ballot, subjects.values()),
    )


def _effects(found: Board) -> dict[int, Event]:
    decisions = [tally.decision.pk for tally in found.tallies if tally.decision]
    return {one.decision_id: one for one in Event.objects.filter(decision_id__in=decisions) if one.decision_id is not None}


def _people(found: Board, late: Iterable[LateReply]) -> dict[int, Membership]:
    """Whoever speaks for a seat, its holder or an alternate, by membership."""
    wanted = {seat.membership_id for seat in found.seats} | {one.membership_id for one in late}
    for tally in found.tallies:
        wanted |= {one.membership_id for standing in tally.standings for one in standing.said}
    return {one.pk: one for one in Membership.objects.filter(pk__in=wanted).select_related("organisation")}


def _papers(ballot: Ballot, subjects: Iterable[Subject]) -> dict[Paper, DocumentVersion]:
    """Every version of every document of the files that the ballot is about, and of its own."""
    about = Q(subject_type=ballot.procedure.key, subject_id=ballot.pk)
    for subject in subjects:
        about |= Q(subject_type=subject.procedure.key, subject_id=subject.pk)
    found = DocumentVersion.objects.filter(about).order_by("kind", "number")
    return {(one.subject_type, one.subject_id, one.kind, one.number): one for one in found}


def acts_to_record(ballot: Ballot) -> list[Event]:
    """The acts that end in a record, oldest first: the close, then each later one that performed an item."""
    if ballot.state != State.CLOSED:
        return []
    found = history("ballot", ballot.pk).filter(type__in=[CLOSED, EXECUTED], to_state=State.CLOSED)
    return [one for one in found if one.type == CLOSED or any(tried["executed"] for tried in one.data.get("items", ()))]


def records_numbered(number: str) -> list[DecisionRecord]:
    """The record of a number and its supplements, oldest first; empty where there is none."""
    return list(DecisionRecord.objects.select_related("key", "ballot").filter(number=number).order_by("supplement"))


def keys() -> QuerySet[RecordKey]:
    """Every key that has ever signed, oldest first."""
    return RecordKey.objects.order_by("id")


def closed_ballot(number: str) -> Ballot | None:
    """A closed ballot by its number."""
    return Ballot.objects.filter(reference=number, state=State.CLOSED).first()


def papers_with(hashes: Iterable[str]) -> list[DocumentVersion]:
    """The versions of documents with some hashes."""
    return list(DocumentVersion.objects.filter(sha256__in=list(hashes)).order_by("id"))
