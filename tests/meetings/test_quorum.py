"""Who counts: co-chairs, members and alternates, at a moment and for an item."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from apps.accounts.models import Membership
from apps.core.clock import Rehearsal
from apps.meetings.models import Meeting
from apps.meetings.policies import quorum
from apps.workflow import editions
from tests.committee.ballots import probes_before_committee
from tests.meetings.convened import MINUTE, OPENS_AT, alternate, announced, decide, do, in_session, open_it, planned, refusal_of
from tests.people import Cast

BOTH = [("MTG-16", ""), ("MTG-16", "")]


def come(meeting: Meeting, people: Cast, *who: Membership) -> None:
    for one in who:
        do(meeting, people.secretariat_host, "record_attendance", membership=one.pk, manner="online")


@pytest.fixture
def of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """An edition that asks for two of each side."""
    old = editions.INDIA_2026
    parameters = {**old.parameters, "quorum_members_per_side": replace(old.parameters["quorum_members_per_side"], value=2)}
    monkeypatch.setitem(editions.EDITIONS, "india_2026", replace(old, parameters=MappingProxyType(parameters)))  # type: ignore[arg-type] # reason: a mapping for readers


def test_both_co_chairs_must_be_there_to_open(people: Cast, time: Rehearsal) -> None:
    meeting, who = announced(people), people.secretariat_host
    time.move_to(OPENS_AT)
    come(meeting, people, *people.members_host, *people.members_japan)
    assert refusal_of(meeting, who, "open_meeting") == BOTH
    come(meeting, people, people.co_chair_host)
    assert refusal_of(meeting, who, "open_meeting") == [("MTG-16", "")]
    come(meeting, people, people.co_chair_japan)
    do(meeting, who, "open_meeting")
    found = quorum(meeting.reload(), OPENS_AT)
    assert (found.is_there, found.present) == (True, {"host": 3, "japan": 3})


def test_a_decision_needs_them_at_its_moment(people: Cast, time: Rehearsal) -> None:
    meeting = in_session(people, time)
    time.move_to(OPENS_AT + 10 * MINUTE)
    do(meeting, people.secretariat_host, "record_departure", line=2)
    time.move_to(OPENS_AT + 20 * MINUTE)
    who, given = people.secretariat_host, {"item": 1, "result": "adopted"}
    assert refusal_of(meeting, who, "take_decision", **given) == [("MTG-16", "")]
    assert refusal_of(meeting, who, "take_decision", **given, taken_at=OPENS_AT + 10 * MINUTE) == [("MTG-16", "")]
    decide(meeting, people, 1, taken_at=OPENS_AT + 9 * MINUTE)
    decide(meeting, people, 2, "deferred")


def test_an_alternate_counts_for_whom_they_act_for_and_once(people: Cast, time: Rehearsal) -> None:
    meeting, stand_in = announced(people), alternate("Stand-in", people.co_chair_japan)
    time.move_to(OPENS_AT)
    come(meeting, people, people.co_chair_host, stand_in)
    do(meeting, people.secretariat_host, "open_meeting")
    come(meeting, people, people.co_chair_japan)
    assert quorum(meeting.reload(), OPENS_AT).present == {"host": 1, "japan": 1}


def test_an_alternate_of_some_matters_counts_at_the_opening_and_in_those(people: Cast, time: Rehearsal) -> None:
    (probe,) = probes_before_committee(people, time, 1)
    stand_in = alternate("Stand-in", people.co_chair_japan, ["probe"])
    meeting = planned(people, "Topic", held_on="2027-04-20")
    about = {"subject_type": "probe", "subject_id": probe.pk, "subject_step": "register", "item_title": "Register it"}
    do(meeting, people.co_chair_host, "add_item", **about, inputs={"tonnes": 1})
    do(meeting, people.co_chair_host, "announce")
    time.move_to(meeting.reload().starts_at)
    come(meeting, people, people.co_chair_host, stand_in)
    do(meeting, people.secretariat_host, "open_meeting")
    decide(meeting, people, 2)
    assert refusal_of(meeting, people.co_chair_host, "take_decision", item=1, result="adopted") == [("MTG-16", "")]


def test_an_alternate_of_somebody_who_no_longer_sits_counts_for_nobody(people: Cast, time: Rehearsal) -> None:
    meeting, member = announced(people), people.members_japan[0]
    stand_in = alternate("Stand-in", member)
    member.ends_on = time.moment.date()
    member.save(update_fields=["ends_on"])
    open_it(meeting, people, time, stand_in)
    assert quorum(meeting.reload(), OPENS_AT).present == {"host": 1, "japan": 1}


def test_who_has_a_conflict_of_interest_does_not_count_and_their_alternate_does(people: Cast, time: Rehearsal) -> None:
    meeting = in_session(people, time)
    given = {"item": 1, "result": "adopted", "conflicts": [2]}
    assert refusal_of(meeting, people.secretariat_host, "take_decision", **given) == [("MTG-16", "")]
    come(meeting, people, alternate("Stand-in", people.co_chair_japan))
    decide(meeting, people, 1, conflicts=[2])
    assert meeting.resolutions.get().conflicts == [2]


def test_a_presence_that_was_an_error_counts_for_nothing(people: Cast, time: Rehearsal) -> None:
    meeting = announced(people)
    time.move_to(OPENS_AT)
    come(meeting, people, people.co_chair_host, people.co_chair_japan)
    do(meeting, people.secretariat_host, "record_departure", line=2, until_at=OPENS_AT)
    assert refusal_of(meeting, people.secretariat_host, "open_meeting") == [("MTG-16", "")]


@pytest.mark.usefixtures("of_two")
def test_an_edition_may_ask_for_a_number_of_each_side(people: Cast, time: Rehearsal) -> None:
    meeting = announced(people)
    time.move_to(OPENS_AT)
    come(meeting, people, people.co_chair_host, people.co_chair_japan, people.members_host[0])
    assert refusal_of(meeting, people.secretariat_host, "open_meeting") == [("MTG-17", "")]
    come(meeting, people, people.members_japan[0])
    do(meeting, people.secretariat_host, "open_meeting")
