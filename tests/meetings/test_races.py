"""Several at once: two secretariats that agree, two that move the agenda, two that put the decisions."""

from datetime import timedelta

import pytest

from apps.committee.models import Ballot
from apps.core import clock
from apps.core.errors import Refusal
from apps.events.models import Event
from apps.meetings.models import Agreement, Meeting
from apps.meetings.services import agree_report, put_decisions
from apps.workflow.audit import differences
from apps.workflow.services import perform
from tests.committee.test_races import at_once
from tests.meetings import convened
from tests.meetings.convened import do
from tests.people import Cast, actor, cast

pytestmark = pytest.mark.django_db(transaction=True)


def in_the_past(people: Cast, *, reported: bool) -> Meeting:
    """A meeting that was held the day before yesterday, by a rehearsed clock."""
    now = clock.now()
    with clock.rehearse(now - timedelta(days=30)) as time:
        day = time.moment.date() + timedelta(days=25)
        return (convened.reported if reported else convened.held)(people, time, held_on=day)


def test_two_secretariats_that_agree_at_once_publish_once() -> None:
    people = cast()
    meeting = in_the_past(people, reported=True)
    both = [
        lambda one=one: agree_report(meeting, actor=actor(one), side=one.side, revision=1)
        for one in (people.secretariat_host, people.secretariat_japan)
    ]
    events = at_once(*both, *both)
    refusals = [one.codes for one in events if isinstance(one, Refusal)]
    assert len(refusals) == 2
    assert {code for codes in refusals for code in codes} <= {"MTG-23", "DOOR-02"}
    assert meeting.reload().state == "published"
    assert sorted(Agreement.objects.values_list("side", flat=True)) == ["host", "japan"]
    assert Event.objects.filter(type="meeting.publish_report").count() == 1
    assert differences() == []


def test_an_agreement_and_a_remark_at_once_never_publish_what_one_side_has_not_read() -> None:
    people = cast()
    meeting = in_the_past(people, reported=True)
    agree_report(meeting, actor=actor(people.secretariat_host), side="host", revision=1)
    results = at_once(
        lambda: agree_report(meeting, actor=actor(people.secretariat_japan), side="japan", revision=1),
        lambda: do(meeting, people.secretariat_host, "remark", item=1, remark="Once more."),
    )
    first = [one.codes for one in results if isinstance(one, Refusal)]
    found = meeting.reload()
    assert (first, found.state, found.report_revision) in (
        ([("DOOR-02",)], "published", 1),
        ([("MTG-22",)], "reported", 2),
    )


def test_moves_of_the_agenda_at_once_leave_each_item_its_own_place() -> None:
    people = cast()
    with clock.rehearse(clock.now()) as time:
        meeting = convened.planned(people, *"ABCDEF", held_on=time.moment.date() + timedelta(days=40))
    who = actor(people.co_chair_host)
    moves = [(1, 6), (6, 1), (2, 5), (3, 3)]
    at_once(*(lambda one=one: perform(meeting, "move_item", actor=who, item=one[0], to=one[1]) for one in moves))
    found = list(meeting.items.order_by("number").values_list("number", "title"))
    assert [number for number, _title in found] == [1, 2, 3, 4, 5, 6]
    assert sorted(title for _number, title in found) == list("ABCDEF")
    assert meeting.reload().version == 7 + len(moves)


def test_decisions_that_are_put_twice_at_once_make_one_ballot() -> None:
    people = cast()
    meeting = in_the_past(people, reported=False)
    chairs = (people.co_chair_host, people.secretariat_japan)
    results = at_once(*(lambda one=one: put_decisions(meeting, actor=actor(one)) for one in chairs))
    assert [one.codes for one in results if isinstance(one, Refusal)] == [("MTG-20",)]
    assert Ballot.objects.count() == 1
    assert meeting.reload().ballot == Ballot.objects.get()
