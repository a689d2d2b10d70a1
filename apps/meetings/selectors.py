"""Reading meetings: who may read them, what stands on the agenda, what could, who is present, what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.accounts.selectors import holders
from apps.committee.kinds import Answer, Form, Outcome
from apps.committee.models import Ballot, BallotItem, Position
from apps.committee.procedure import State as BallotState
from apps.committee.selectors import File, cases, members_on, subjects_of
from apps.meetings.kinds import Result
from apps.meetings.models import AgendaItem, Attendance, Meeting, Remark, Report, Resolution
from apps.meetings.procedure import State
from apps.workflow.models import Subject
from apps.workflow.table import Step

# Who reads meetings as they go; everybody else reads what is announced and published.
INSIDERS = frozenset({Role.CO_CHAIR, Role.SECRETARIAT, Role.MEMBER, Role.ALTERNATE})
CONVENERS = frozenset({Role.CO_CHAIR, Role.SECRETARIAT})
# Who attends under their own appointment; everybody else is a guest.
ATTENDS = (Role.CO_CHAIR, Role.MEMBER, Role.ALTERNATE, Role.SECRETARIAT)
# Meetings whose agenda is still before them.
OPEN = frozenset({State.PLANNED, State.ANNOUNCED, State.IN_SESSION})


def is_insider(membership: Membership | None) -> bool:
    """Whether somebody reads meetings as they go."""
    return membership is not None and membership.as_role in INSIDERS


def convenes(membership: Membership | None) -> bool:
    """Whether somebody prepares meetings: a co-chair or a secretariat."""
    return membership is not None and membership.as_role in CONVENERS


def meetings_visible_to(membership: Membership | None) -> QuerySet[Meeting]:
    """The meetings that somebody may know of, the newest first: drafts are known to those alone who prepare them."""
    found = Meeting.objects.order_by("-held_on", "-number")
    return found if convenes(membership) else found.exclude(announced_at=None)


# --- What stands on the agenda --------------------------------------------------------------------


def agenda_of(meeting: Meeting) -> list[AgendaItem]:
    """The items in their order."""
    return list(meeting.items.select_related("from_item__ballot").order_by("number"))


def resolutions_of(meeting: Meeting) -> dict[int, Resolution]:
    """What was decided, by the key of the item; the latest counts."""
    return {one.item_id: one for one in meeting.resolutions.order_by("id")}


def remarks_of(meeting: Meeting) -> dict[int, Remark]:
    """The remark that stands beside each item, by the key of the item."""
    return {one.item_id: one for one in meeting.remarks.order_by("id")}


def adopted_of(meeting: Meeting) -> list[tuple[AgendaItem, Resolution]]:
    """The items that the meeting adopted, in the order of the agenda."""
    found = resolutions_of(meeting)
    pairs = [(item, found[item.pk]) for item in agenda_of(meeting) if item.pk in found]
    return [(item, one) for item, one in pairs if one.result == Result.ADOPTED]


def ballot_of(meeting: Meeting) -> Ballot | None:
    """The ballot before both co-chairs that was made for a meeting and belongs to none yet."""
    about = Ballot.objects.filter(form=Form.MEETING, meeting_no=meeting.number, held_on=meeting.held_on, meeting=None)
    return about.filter(state=BallotState.CONFIRMATION).order_by("-id").first()


def last_number(meeting: Meeting) -> int:
    """The number of the last item; 0 without any."""
    return meeting.items.order_by("-number").values_list("number", flat=True).first() or 0


def inputs_for(item: AgendaItem, given: Mapping[str, Any]) -> dict[str, Any]:
    """What an adopted step is given: the item's own inputs, where it is the item's own step, and what was said at the meeting."""
    own = item.inputs if given.get("subject_step", item.step) == item.step else {}
    return {**own, **given.get("inputs", {})}


def report_of(meeting: Meeting) -> Report | None:
    """The latest draft of the report."""
    return meeting.reports.order_by("-revision").first()


# --- Who is there ---------------------------------------------------------------------------------


def attendance_of(meeting: Meeting) -> list[Attendance]:
    """Everybody who was there, in the order of the list, without what was written down in error."""
    found = meeting.attendances.select_related("membership__acts_for__user").order_by("line")
    return meeting.once("attendance", lambda: [one for one in found if one.counts])


def seats_on(meeting: Meeting) -> list[Membership]:
    """Whoever sits on the committee on the day of the meeting."""
    return meeting.once("seats", lambda: members_on(meeting.held_on))


def may_attend(meeting: Meeting) -> list[Membership]:
    """Those who attend under their own appointment: members, alternates of members, secretariats."""
    found = holders(ATTENDS, meeting.held_on).select_related("acts_for__user")
    return sorted(found, key=lambda one: (one.side, ATTENDS.index(one.as_role), one.pk))


def last_line(meeting: Meeting) -> int:
    """The number of the last line of the attendance list; 0 without any."""
    return meeting.attendances.order_by("-line").values_list("line", flat=True).first() or 0


def last_taken_at(meeting: Meeting) -> datetime | None:
    """When the last of the decisions was taken that still count."""
    return max((one.taken_at for one in resolutions_of(meeting).values()), default=None)


# --- What could stand on the agenda ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Candidate:
    """A matter that waits for the committee: a step of a file, or an item that an electronic ballot deferred."""

    key: str
    title: str
    subject: Subject | None
    row: Step | None
    deferred: BallotItem | None = None

    @property
    def file(self) -> File:
        """The file that it is about; nothing for a text."""
        return (self.subject.procedure.key, self.subject.pk) if self.subject else ("", None)


def candidates() -> list[Candidate]:
    """All that waits for the committee and stands on no agenda yet, deferred items first, then files by waiting time.

    Of a file the first step that it waits for; a meeting may take another.
    """
    elsewhere = _elsewhere()
    deferred = [one for one in _deferred() if one.subject is None or one.file not in elsewhere]
    taken = elsewhere | {one.file for one in deferred}
    waiting = (Candidate(f"case:{one.key}", one.name, one.subject, one.row) for one in cases())
    return [*deferred, *(one for one in waiting if one.file not in taken)]


def deferred_items() -> QuerySet[BallotItem]:
    """Items that a ballot left to a meeting, on no open agenda and not settled at a meeting since."""
    later = Position.objects.filter(item=OuterRef("item"), seat=OuterRef("seat"), pk__gt=OuterRef("pk"))
    asked = Position.objects.filter(~Exists(later), item=OuterRef("pk"), answer=Answer.ASK_FOR_MEETING)
    found = BallotItem.objects.filter(Q(outcome=Outcome.DEFERRED) | Q(Exists(asked), outcome=Outcome.SEVERED))
    settled = Resolution.objects.exclude(result=Result.DEFERRED).filter(item__from_item=OuterRef("pk"))
    on_agenda = AgendaItem.objects.filter(from_item=OuterRef("pk"), meeting__state__in=OPEN)
    return found.filter(~Exists(settled), ~Exists(on_agenda)).select_related("ballot").order_by("ballot_id", "number")


def _deferred() -> Iterator[Candidate]:
    """Those of them whose file still stands where the committee can decide."""
    items = list(deferred_items())
    files = subjects_of(items)
    for item in items:
        subject = files.get(item.pk)
        row = subject.procedure.row(subject.edition, item.step) if subject else None
        if item.is_text or (subject and row and subject.state in row.source):
            yield Candidate(f"deferred:{name_of(item)}", item.title, subject, row, item)


def name_of(item: BallotItem) -> str:
    """An item of a ballot by the ballot's number and its own: JC-IN-2027-003/2."""
    return f"{item.ballot.reference}/{item.number}"


def deferred_named(name: str) -> BallotItem | None:
    """The deferred item of that name; None where none of that name waits for a meeting."""
    reference, _, number = name.rpartition("/")
    if not (number.isascii() and number.isdigit() and len(number) < len("10000")):
        return None
    return deferred_items().filter(ballot__reference=reference, number=int(number)).first()


def _elsewhere() -> set[File]:
    """The files on an open agenda or a running ballot; one query."""
    on_agendas = AgendaItem.objects.filter(meeting__state__in=OPEN).exclude(step="")
    on_ballots = BallotItem.objects.filter(outcome="").exclude(step="").exclude(ballot__circulated_at=None)
    named = [one.order_by().values_list("subject_type", "subject_id") for one in (on_agendas, on_ballots)]
    return set(named[0].union(named[1]))


# --- Lists ----------------------------------------------------------------------------------------


def next_first(found: Iterable[Meeting]) -> tuple[list[Meeting], list[Meeting]]:
    """Meetings to come, the next one first; and those that were held or cancelled, the latest first."""
    meetings = list(found)
    ahead = [one for one in meetings if one.state in OPEN]
    past = [one for one in meetings if one.state not in OPEN]
    return sorted(ahead, key=lambda one: (one.starts_at, one.pk)), past
