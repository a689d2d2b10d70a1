"""The Joint Committee meets."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from apps.accounts.models import Membership
from apps.accounts.roles import Role, Side
from apps.committee.models import Ballot
from apps.meetings.kinds import Manner, Mode, Result
from apps.meetings.models import Meeting
from apps.meetings.selectors import candidates
from apps.meetings.services import agree_report, plan_meeting, put_decisions, put_on_agenda, record_arrivals
from apps.rehearsal.acts import committee
from apps.rehearsal.acts.stage import OPENS_AT, Stage

ON_ONE_MATTER = timedelta(minutes=12)


def plan(stage: Stage, title: str, held_on: date, place: str, topics: Sequence[str], *, number: int | None = None) -> Meeting:
    """The secretariat of Japan plans a meeting in a room and online for the hour at which a stage's day begins."""
    actor = stage.players.one(Role.SECRETARIAT, Side.JAPAN)
    stage.tick()
    meeting = plan_meeting(
        actor=actor, title=title, edition=stage.edition_of(Meeting), held_on=held_on, starts_at=f"{OPENS_AT:%H:%M}",
        zone=Side.JAPAN.value, mode=Mode.HYBRID.value, place=place, number=number,
    )  # fmt: skip
    for topic in topics:
        stage.act(meeting, "add_item", actor, item_title=topic)
    return meeting.reload()


def announce(stage: Stage, meeting: Meeting) -> Meeting:
    """A co-chair announces it to all."""
    return stage.act(meeting, "announce", stage.players.one(Role.CO_CHAIR, Side.HOST))


def take_up(stage: Stage, meeting: Meeting, procedure: str, *, most: int) -> Meeting:
    """Files of a procedure that wait for the committee come on the agenda, those that wait longest first."""
    waiting = [one.key for one in candidates() if one.file[0] == procedure]
    stage.tick()
    put_on_agenda(meeting, actor=stage.players.one(Role.SECRETARIAT, Side.HOST), chosen=waiting[:most])
    return meeting.reload()


def hold(stage: Stage, meeting: Meeting, *, noted: Collection[int]) -> Meeting:
    """Everybody comes, every item is adopted or noted, and both co-chairs confirm on the same day."""
    secretariat, chair = stage.players.one(Role.SECRETARIAT, Side.JAPAN), stage.players.one(Role.CO_CHAIR, Side.HOST)
    for manner, people in _by_manner(stage.players.committee()):
        stage.tick()
        record_arrivals(meeting, actor=secretariat, memberships=people, manner=manner)
    meeting = stage.act(meeting.reload(), "open_meeting", chair)
    for item in meeting.items.order_by("number"):
        stage.clock.move_to(stage.clock.moment + ON_ONE_MATTER)
        result = Result.NOTED if item.number in noted else Result.ADOPTED
        stage.act(meeting, "take_decision", secretariat, item=item.number, result=result.value)
    meeting = stage.act(meeting.reload(), "close_meeting", chair)
    _confirm(stage, put_decisions(meeting, actor=secretariat))
    return meeting.reload()


def _by_manner(people: Iterable[Membership]) -> Iterable[tuple[str, list[Membership]]]:
    """The host country's side is in the room, and so is the co-chair of Japan; the others are online."""
    found = list(people)
    in_the_room = [one for one in found if one.side == Side.HOST or one.role == Role.CO_CHAIR]
    return (Manner.ROOM.value, in_the_room), (Manner.ONLINE.value, [one for one in found if one not in in_the_room])


def _confirm(stage: Stage, ballot: Ballot) -> None:
    committee.answer(stage, ballot, [one for one in stage.players.committee() if one.role == Role.CO_CHAIR])


def report(stage: Stage, meeting: Meeting, remark: str) -> Meeting:
    """The report is drafted, with a remark on its first item."""
    secretariat = stage.players.one(Role.SECRETARIAT, Side.JAPAN)
    stage.act(meeting, "remark", secretariat, item=1, remark=remark)
    return stage.act(meeting.reload(), "draft_report", secretariat)


def publish(stage: Stage, meeting: Meeting) -> Meeting:
    """Both secretariats agree."""
    for side in Side:
        stage.tick()
        revision = meeting.report_revision
        agree_report(meeting, actor=stage.players.one(Role.SECRETARIAT, side), side=side, revision=revision)
    return meeting.reload()
