"""How to bring a meeting into each of its states, by real steps under a rehearsed clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from apps.accounts.models import Membership
from apps.core.calendar import legal_day
from apps.core.clock import Rehearsal
from apps.meetings.models import Meeting
from apps.meetings.procedure import State
from apps.meetings.services import put_decisions
from tests.journeys.editions import EDITION, in_each
from tests.journeys.walker import Need, Scene
from tests.meetings import convened
from tests.people import Cast, actor

Journey = Callable[[Cast, Rehearsal], Meeting]
AHEAD = timedelta(days=24)


def plan(time: Rehearsal) -> dict[str, Any]:
    """A plan for a day that leaves time for the notice."""
    return {"held_on": legal_day(time.moment) + AHEAD, "edition": EDITION.get()}


def planned(people: Cast, time: Rehearsal) -> Meeting:
    """Two topics on a draft agenda."""
    return convened.planned(people, *convened.TOPICS, **plan(time))


def announced(people: Cast, time: Rehearsal) -> Meeting:
    """Announced, and its day has come, both co-chairs being there and a member."""
    meeting = convened.announced(people, *convened.TOPICS, **plan(time))
    time.move_to(meeting.starts_at)
    for one in (people.co_chair_host, people.co_chair_japan, people.members_host[0]):
        convened.do(meeting, people.secretariat_host, "record_attendance", membership=one.pk, manner="room")
    return meeting.reload()


def brought(way: Callable[..., Meeting], people: Cast, time: Rehearsal) -> Meeting:
    """A later state, by the way that the tests of meetings take."""
    return way(people, time, **plan(time))


def cancelled(people: Cast, time: Rehearsal) -> Meeting:
    """Called off before its day."""
    return convened.cancelled(people, **plan(time))


JOURNEYS: dict[State, Journey] = {
    State.PLANNED: planned,
    State.ANNOUNCED: announced,
    State.IN_SESSION: partial(brought, convened.in_session),
    State.HELD: partial(brought, convened.confirmed),
    State.REPORTED: partial(brought, convened.reported),
    State.PUBLISHED: partial(brought, convened.published),
    State.CANCELLED: cancelled,
}
BY_EDITION = in_each(Meeting.procedure.tables, JOURNEYS)


def on_a_ballot(people: Cast, time: Rehearsal) -> Meeting:
    """Closed, and its decisions put before both co-chairs."""
    meeting = convened.held(people, time, **plan(time))
    put_decisions(meeting, actor=actor(people.secretariat_host))
    return meeting.reload()


def before_its_day(people: Cast, time: Rehearsal) -> Meeting:
    """Announced, its day still ahead."""
    return convened.announced(people, *convened.TOPICS, **plan(time))


def ballot_there(scene: Scene) -> object:
    """The ballot that the service makes before the step that names it."""
    from apps.committee.services import circulate, open_ballot  # noqa: PLC0415 - once
    from apps.meetings.services import _ballot_items  # noqa: PLC0415 - as the service does

    who, meeting = actor(scene.people.co_chair_host), Meeting.objects.get(pk=scene.file.pk)
    ballot = open_ballot(
        actor=who, title="Decisions", form="meeting", items=_ballot_items(meeting), edition=meeting.edition,
        meeting_no=meeting.number, place=meeting.place, held_on=meeting.held_on,
    )  # fmt: skip
    return circulate(ballot, actor=who)


def later(scene: Scene) -> dict[str, Any]:
    """The same plan, a week later."""
    return {**convened.PLAN, "held_on": Meeting.objects.get(pk=scene.file.pk).held_on + timedelta(days=7)}


def a_member(scene: Scene) -> dict[str, Any]:
    """Somebody who is not there yet."""
    return {"membership": scene.people.members_japan[0].pk, "manner": "online"}


def other_side_agreed(people: Cast, time: Rehearsal) -> Meeting:
    """Published by the second agreement."""
    return convened.published(people, time, **plan(time))


def host(people: Cast) -> Membership:
    return people.secretariat_host


NEEDS = {
    "amend": Need(later),
    "add_item": Need({"item_title": "Adopt the forms"}),
    "move_item": Need({"item": 2, "to": 1}),
    "remove_item": Need({"item": 1}),
    "record_attendance": Need(a_member),
    "record_departure": Need({"line": 1}),
    "add_late_item": Need({"item_title": "A special measure", "consent": "Both co-chairs, in the room"}),
    "take_decision": Need({"item": 1, "result": "adopted"}),
    "put_decisions": Need(before=ballot_there, reach=partial(brought, convened.held)),
    "remark": Need({"item": 1, "remark": "Both sides thanked the panel."}),
    "return_report": Need({"grounds": "The list of guests is not complete."}),
    "agree_report_host": Need({"revision": 1}),
    "agree_report_japan": Need({"revision": 1}),
    "publish_report": Need(follows="agree_report_japan", reach=other_side_agreed),
    "cancel": Need({"grounds": "Nothing is ready to be decided."}),
}
