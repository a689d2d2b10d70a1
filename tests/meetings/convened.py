"""Meetings of the tests, brought on by real steps. The day of the meeting is 16 March 2027, at two in the afternoon in Delhi."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from apps.accounts.models import Membership, User
from apps.accounts.roles import Role
from apps.committee.models import Ballot
from apps.committee.services import take_positions
from apps.core.clock import Rehearsal
from apps.core.errors import Refusal
from apps.events.models import Event
from apps.meetings.models import Meeting
from apps.meetings.services import agree_report, plan_meeting, put_decisions
from apps.workflow.services import perform
from tests.people import APPOINTED_ON, Cast, actor

# Noon in Japan of the day on which the notice is still long enough.
START = datetime(2027, 2, 20, 3, tzinfo=UTC)
HELD_ON = date(2027, 3, 16)
OPENS_AT = datetime(2027, 3, 16, 8, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PLAN = {"held_on": HELD_ON, "starts_at": "14:00", "zone": "host", "mode": "hybrid", "place": "New Delhi"}
TOPICS = ("Adopt the rules of procedure", "Report on the public inputs")


def planned(people: Cast, *topics: str, edition: str = "", **plan: Any) -> Meeting:
    """A plan with topics on its agenda."""
    title = "Meeting of the Joint Committee"
    meeting = plan_meeting(actor=actor(people.secretariat_host), title=title, edition=edition, **{**PLAN, **plan})
    for topic in topics:
        do(meeting, people.secretariat_japan, "add_item", item_title=topic)
    return meeting.reload()


def announced(people: Cast, *topics: str, **plan: Any) -> Meeting:
    """Announced to all."""
    meeting = planned(people, *(topics or TOPICS), **plan)
    do(meeting, people.co_chair_host, "announce")
    return meeting.reload()


def in_session(people: Cast, time: Rehearsal, *topics: str, **plan: Any) -> Meeting:
    """Opened on its day, both co-chairs being in the room."""
    meeting = announced(people, *topics, **plan)
    open_it(meeting, people, time)
    return meeting.reload()


def open_it(meeting: Meeting, people: Cast, time: Rehearsal, *others: Membership) -> None:
    """Let both co-chairs, and others, come to an announced meeting, and open it."""
    time.move_to(max(meeting.starts_at, time.moment))
    for one in (people.co_chair_host, people.co_chair_japan, *others):
        do(meeting, people.secretariat_host, "record_attendance", membership=one.pk, manner="room")
    do(meeting, people.co_chair_host, "open_meeting")


def decide(meeting: Meeting, people: Cast, item: int, result: str = "adopted", **more: Any) -> Event:
    """What the meeting makes of an item, now."""
    return do(meeting, people.secretariat_host, "take_decision", item=item, result=result, **more)


def held(people: Cast, time: Rehearsal, *topics: str, result: str = "adopted", **plan: Any) -> Meeting:
    """Closed, its first item adopted twenty minutes after the opening, twenty minutes before the closing."""
    meeting = in_session(people, time, *topics, **plan)
    time.move_to(time.moment + 20 * MINUTE)
    decide(meeting, people, 1, result)
    time.move_to(time.moment + 20 * MINUTE)
    do(meeting, people.co_chair_japan, "close_meeting")
    return meeting.reload()


def confirmed(people: Cast, time: Rehearsal, *topics: str, **plan: Any) -> Meeting:
    """Its decision put before both co-chairs, who have confirmed it."""
    meeting = held(people, time, *topics, **plan)
    confirm(put_decisions(meeting, actor=actor(people.secretariat_host)), people)
    return meeting.reload()


def confirm(ballot: Ballot, people: Cast) -> None:
    """Both co-chairs agree to all that the meeting adopted."""
    for chair in (people.co_chair_host, people.co_chair_japan):
        numbers = ballot.items.filter(outcome="").values_list("number", flat=True)
        take_positions(ballot, actor=actor(chair), answers=dict.fromkeys(numbers, ("agree", "")))


def reported(people: Cast, time: Rehearsal, *topics: str, **plan: Any) -> Meeting:
    """Its report before both secretariats."""
    meeting = confirmed(people, time, *topics, **plan)
    do(meeting, people.secretariat_japan, "draft_report")
    return meeting.reload()


def published(people: Cast, time: Rehearsal, *topics: str, **plan: Any) -> Meeting:
    """Both secretariats have agreed."""
    meeting = reported(people, time, *topics, **plan)
    for one in (people.secretariat_host, people.secretariat_japan):
        agree_report(meeting, actor=actor(one), side=one.side, revision=1)
    return meeting.reload()


def cancelled(people: Cast, **plan: Any) -> Meeting:
    """Called off after it was announced."""
    meeting = announced(people, **plan)
    do(meeting, people.secretariat_host, "cancel", grounds="Nothing is ready to be decided.")
    return meeting.reload()


def do(meeting: Meeting, who: Membership, step: str, **inputs: Any) -> Event:
    """A step, whatever others did meanwhile."""
    return perform(meeting, step, actor=actor(who), **inputs)


def refusal_of(meeting: Meeting, who: Membership, step: str, **inputs: Any) -> list[tuple[str, str]]:
    """Code and field of each problem that a step is refused with."""
    before = Event.objects.count()
    try:
        do(meeting, who, step, **inputs)
    except Refusal as refusal:
        assert Event.objects.count() == before
        return [(one.code, one.field) for one in refusal.problems]
    return []


def alternate(name: str, of: Membership, scope: Iterable[str] = ()) -> Membership:
    """Somebody who acts for a member."""
    address = f"{name.lower().replace(' ', '.')}@example.org"
    return Membership.objects.create(
        user=User.objects.create_user(address, name=name), organisation=of.organisation, role=Role.ALTERNATE, side=of.side,
        starts_on=APPOINTED_ON, acts_for=of, scope=list(scope),
    )  # fmt: skip
