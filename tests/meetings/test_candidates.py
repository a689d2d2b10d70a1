"""What waits for the committee: files before it, and items that a ballot left to a meeting."""

from __future__ import annotations

from apps.committee.models import BallotItem
from apps.core.clock import Rehearsal
from apps.meetings.selectors import candidates
from apps.meetings.services import put_on_agenda
from apps.workflow.services import sweep
from tests.committee.ballots import (
    AGREE,
    CLOSES_AT,
    MEETING,
    NO,
    both_co_chairs_agree,
    circulated,
    probes_before_committee,
    registering,
    say,
)
from tests.meetings.convened import MINUTE, confirm, decide, do, open_it, planned
from tests.people import Cast, actor
from tests.probe.models import Probe


def keys() -> list[str]:
    return [one.key for one in candidates()]


def left_to_a_meeting(people: Cast, time: Rehearsal, probe: Probe) -> BallotItem:
    """A ballot of which one item is severed because somebody asks for a meeting, one because somebody does not agree."""
    ballot = circulated(people, registering(probe, 120), {"title": "Adopt the rules?"}, {"title": "Adopt the forms?"})
    say(ballot, people.members_host[0], MEETING, 1, 2)
    say(ballot, people.members_host[0], AGREE, 2)
    say(ballot, people.members_japan[0], MEETING, 1)
    say(ballot, people.members_japan[0], NO, 3)
    time.move_to(CLOSES_AT)
    sweep()
    both_co_chairs_agree(ballot, people)
    return BallotItem.objects.get(ballot=ballot, number=1)


def test_files_before_the_committee_are_proposed_by_how_long_they_wait(people: Cast, time: Rehearsal) -> None:
    first, second = probes_before_committee(people, time, 2)
    assert keys() == [f"case:probe:{one.pk}:register" for one in (first, second)]


def test_what_stands_on_a_running_ballot_or_an_open_agenda_is_not_proposed(people: Cast, time: Rehearsal) -> None:
    first, second, third = probes_before_committee(people, time, 3)
    circulated(people, registering(first))
    meeting = planned(people, held_on="2027-04-20")
    put_on_agenda(meeting, actor=actor(people.co_chair_host), chosen=[f"case:probe:{second.pk}:register"])
    assert keys() == [f"case:probe:{third.pk}:register"]
    do(meeting, people.co_chair_host, "cancel", grounds="Nothing is ready.")
    assert keys() == [f"case:probe:{one.pk}:register" for one in (second, third)]


def test_an_item_that_a_ballot_left_to_a_meeting_comes_first_with_all_that_it_said(people: Cast, time: Rehearsal) -> None:
    probe, other = probes_before_committee(people, time, 2)
    item = left_to_a_meeting(people, time, probe)
    assert (item.outcome, BallotItem.objects.get(number=3).outcome) == ("severed", "severed")
    name = f"{item.ballot.reference}/1"
    assert keys() == [f"deferred:{name}", f"case:probe:{other.pk}:register"]
    meeting = planned(people, held_on="2027-04-20")
    put_on_agenda(meeting, actor=actor(people.secretariat_host), chosen=[f"deferred:{name}"])
    found = meeting.items.get()
    assert (found.title, found.inputs, found.subject_id, found.from_item) == (item.title, {"tonnes": 120}, probe.pk, item)
    assert keys() == [f"case:probe:{other.pk}:register"]


def test_it_waits_until_a_meeting_has_settled_it(people: Cast, time: Rehearsal) -> None:
    (probe,) = probes_before_committee(people, time, 1)
    item = left_to_a_meeting(people, time, probe)
    name = f"deferred:{item.ballot.reference}/1"
    for day, result, left in (("2027-04-20", "deferred", [name]), ("2027-05-20", "adopted", [])):
        meeting = planned(people, held_on=day)
        put_on_agenda(meeting, actor=actor(people.secretariat_host), chosen=[name])
        do(meeting, people.secretariat_host, "announce")
        open_it(meeting.reload(), people, time)
        time.move_to(time.moment + MINUTE)
        decide(meeting, people, 1, result)
        do(meeting, people.secretariat_host, "close_meeting")
        assert keys() == (left or [f"case:probe:{probe.pk}:register"])
    from apps.meetings.services import put_decisions  # noqa: PLC0415 - beside its use

    confirm(put_decisions(meeting, actor=actor(people.co_chair_host)), people)
    assert (keys(), probe.reload().state) == ([], "registered")
