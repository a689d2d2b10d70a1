"""Amended texts and new papers: one item begins anew, the others go on; each closes at an instant of its own."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from apps.committee.models import Attempt, Ballot, BallotItem, Decision, ItemRevision
from apps.committee.pages import page_of, what_changed
from apps.committee.services import take_positions
from apps.core.clock import Rehearsal
from apps.core.errors import NotReady
from apps.documents.kinds import Kind
from apps.events.models import Event
from apps.workflow.models import Deadline
from apps.workflow.services import perform, sweep
from tests.committee.ballots import (
    AGREE,
    CIRCULATED_AT,
    CLOSES_AT,
    MOMENT,
    NO,
    both_co_chairs_agree,
    circulated,
    outcomes,
    registering,
    say,
)
from tests.paper import upload
from tests.people import Cast, actor
from tests.probe.models import Probe
from tests.refused import refused

WEEK_LATER = CIRCULATED_AT + timedelta(days=7)
# Ten days after 23 March: the window of what was put anew ends with 2 April in Japan.
CLOSES_LATER = datetime(2027, 4, 2, 15, tzinfo=UTC)
TEXTS = [{"title": f"Adopt rule {number}?", "text": f"Rule {number}."} for number in (1, 2)]
WHY = "Asked for by both co-chairs."


@pytest.fixture
def ballot(people: Cast, probes: list[Probe]) -> Ballot:
    """Two steps of files and a text."""
    return circulated(people, *map(registering, probes), TEXTS[0])


def amended(people: Cast, ballot: Ballot, number: int = 3, **texts: object) -> Event:
    """Put another text to the members."""
    texts = texts or {"new_text": "Rule 1, as amended."}
    return perform(ballot, "amend_item", actor=actor(people.co_chair_host), item=number, reason=WHY, **texts)


def closes(ballot: Ballot) -> list[datetime | None]:
    """When each item closes."""
    return [item.closes_at for item in ballot.reload().items.select_related("ballot").order_by("number")]


def test_an_amended_text_begins_its_own_window_anew_and_no_other(people: Cast, ballot: Ballot, time: Rehearsal) -> None:
    both_co_chairs_agree(ballot, people)
    say(ballot, people.members_host[0], NO, 3)
    time.move_to(WEEK_LATER)
    event = amended(people, ballot)
    assert event.data["items"] == [{"item": 3, "revision": 2}]
    assert closes(ballot) == [CLOSES_AT, CLOSES_AT, CLOSES_LATER]
    both_co_chairs_agree(ballot, people, 3)
    time.move_to(CLOSES_AT)
    sweep()
    assert (ballot.reload().state, outcomes(ballot)) == ("circulated", ["adopted", "adopted", ""])
    time.move_to(CLOSES_LATER - MOMENT)
    assert sweep() == 0
    time.move_to(CLOSES_LATER)
    assert sweep() == 1
    assert (ballot.reload().state, outcomes(ballot)) == ("closed", ["adopted"] * 3)
    assert list(Decision.objects.order_by("item__number").values_list("adopted_on", flat=True)) == [
        date(2027, 3, 26), date(2027, 3, 26), date(2027, 4, 2),
    ]  # fmt: skip


@pytest.mark.parametrize("late", [timedelta(0), timedelta(days=9)])
def test_a_sweep_after_both_windows_gives_each_item_its_own_day(
    people: Cast, ballot: Ballot, time: Rehearsal, late: timedelta
) -> None:
    both_co_chairs_agree(ballot, people)
    time.move_to(WEEK_LATER)
    amended(people, ballot)
    both_co_chairs_agree(ballot, people, 3)
    time.move_to(CLOSES_LATER + late)
    assert sweep() == 2
    decisions = Decision.objects.order_by("item__number")
    assert list(decisions.values_list("adopted_on", "adopted_at")) == [
        (date(2027, 3, 26), CLOSES_AT), (date(2027, 3, 26), CLOSES_AT), (date(2027, 4, 2), CLOSES_LATER),
    ]  # fmt: skip


def test_what_was_said_on_the_former_text_stays_in_sight_and_does_not_count(
    people: Cast, ballot: Ballot, time: Rehearsal
) -> None:
    for one in people.committee:
        if one != people.members_japan[1]:
            say(ballot, one, AGREE, 3)
    amended(people, ballot)
    say(ballot, people.members_japan[1], AGREE, 3)
    assert outcomes(ballot) == ["", "", ""], "yeses on two texts are no yes of all"
    page = page_of(ballot.reload(), people.members_host[0])
    standing = page.board.tallies[2].standings[1]
    assert (standing.answer, [one.revision for one in standing.before]) == (None, [1])
    assert page.is_asked
    time.move_to(ballot.closes_at or CLOSES_AT)
    sweep()
    assert outcomes(ballot) == ["", "", ""], "no co-chair has agreed to the text that stands"


def test_an_answer_to_a_text_that_was_replaced_is_refused_and_remembered(people: Cast, ballot: Ballot) -> None:
    amended(people, ballot)
    given = {"actor": actor(people.members_host[0]), "answers": {3: AGREE}}
    with refused(NotReady, "BAL-24"):
        take_positions(ballot, **given, revisions={3: 1})
    assert Attempt.objects.get().codes == ["BAL-24"]
    take_positions(ballot, **given, revisions={3: 2})
    assert ballot.positions.get().revision == 2


def test_two_who_answer_for_one_seat_at_once_do_not_overwrite_each_other(people: Cast, ballot: Ballot) -> None:
    first = say(ballot, people.members_host[0], NO, 1)
    given = {"actor": actor(people.members_host[0]), "answers": {1: AGREE}}
    with refused(NotReady, "BAL-25"):
        take_positions(ballot, **given, seen=0)
    assert Attempt.objects.get().codes == ["BAL-25"]
    seen = ballot.positions.get(act_id=first.act_id).pk
    take_positions(ballot, **given, seen=seen)
    assert list(ballot.positions.values_list("answer", flat=True)) == ["do_not_agree", "agree"]
    with refused(NotReady, "BAL-25"):  # the first of two was read
        take_positions(ballot, **given, seen=seen)


def test_amending_in_vain_is_refused(people: Cast, ballot: Ballot) -> None:
    with refused(NotReady, "BAL-31"):
        amended(people, ballot, new_text="Rule 1.")
    with refused(NotReady, "BAL-12"):
        amended(people, ballot, 9)
    with refused(NotReady, "BAL-11"):
        perform(ballot, "amend_item", actor=actor(people.co_chair_host), item=3, new_text="Other.")
    with refused(NotReady, "DOOR-07"):
        amended(people, ballot, 1, new_inputs={"colour": "green"})
    amended(people, ballot, 1, new_inputs={"tonnes": 90})
    assert BallotItem.objects.get(ballot=ballot, number=1).inputs == {"tonnes": 90}
    for one in people.committee:
        say(ballot, one, AGREE, 3)
    with refused(NotReady, "BAL-13"):
        amended(people, ballot, 3)


def test_an_amendment_after_the_window_puts_the_ballot_before_all_members_again(
    people: Cast, ballot: Ballot, time: Rehearsal
) -> None:
    say(ballot, people.co_chair_host)
    time.move_to(CLOSES_AT)
    sweep()
    assert ballot.reload().state == "waiting"
    amended(people, ballot, 1, new_title="Register probe 1, with conditions?")
    assert (ballot.reload().state, closes(ballot)[0]) == ("circulated", datetime(2027, 4, 6, 15, tzinfo=UTC))
    say(ballot, people.members_host[0], NO, 1)
    open_rows = Deadline.objects.filter(subject_type="ballot", subject_id=ballot.pk, closed_at=None)
    assert [one.due_at for one in open_rows] == [datetime(2027, 4, 6, 15, tzinfo=UTC)]
    time.move_to(datetime(2027, 4, 6, 15, tzinfo=UTC))
    sweep()
    assert (ballot.reload().state, outcomes(ballot)) == ("waiting", ["severed", "", ""])


def test_an_item_can_be_left_to_a_meeting(people: Cast, ballot: Ballot) -> None:
    with refused(NotReady, "BAL-11"):
        perform(ballot, "defer_item", actor=actor(people.co_chair_japan), item=2)
    for number in (1, 2, 3):
        perform(ballot, "defer_item", actor=actor(people.co_chair_japan), item=number, reason="To be talked over.")
    assert (ballot.reload().state, outcomes(ballot)) == ("closed", ["deferred"] * 3)


# --- Papers -------------------------------------------------------------------------------------------


def test_a_new_paper_voids_what_was_said_on_its_item_alone(people: Cast, probes: list[Probe], time: Rehearsal) -> None:
    ballot = circulated(people, *map(registering, probes))
    for one in people.committee[:-1]:
        say(ballot, one)
    time.move_to(WEEK_LATER)
    (version,) = upload(probes[1], people.participant_host, Kind.PDD)
    assert closes(ballot) == [CLOSES_AT, CLOSES_LATER]
    event = Event.objects.get(type="ballot.renew_papers")
    assert (event.actor, event.data["items"]) == ("clock", [{"item": 2, "revision": 2}])
    say(ballot, people.committee[-1])
    assert outcomes(ballot) == ["adopted", ""]
    now = ItemRevision.objects.get(item__number=2, number=2)
    assert [(one["kind"], one["sha256"]) for one in now.papers] == [("PDD", version.sha256)]
    assert now.sha256 != ItemRevision.objects.get(item__number=2, number=1).sha256


def test_a_reader_is_told_what_changed_since_their_answer(people: Cast, probes: list[Probe]) -> None:
    ballot = circulated(people, *map(registering, probes), TEXTS[0])
    member, silent = people.members_host[0], people.members_host[1]
    say(ballot, member, AGREE)
    amended(people, ballot, new_text="Rule 1, as amended.")
    say(ballot, member, AGREE, 3)
    amended(people, ballot, new_text="Rule 1, amended twice.")
    upload(probes[0], people.participant_host, Kind.PDD)
    for reader, was in ((member, "Rule 1, as amended."), (silent, "Rule 1.")):
        page = page_of(ballot.reload(), reader)
        since = [what_changed(page, tally) for tally in page.board.tallies]
        assert since[1] is None
        assert since[0] is not None
        assert since[2] is not None
        assert (list(since[0].fields), list(since[0].papers)) == ([], ["Project design document"])
        assert list(since[2].fields) == [("Text of the draft decision", was, "Rule 1, amended twice.")]
        assert (since[2].answered_at is not None) == (reader == member)


@pytest.mark.usefixtures("time")
def test_a_correction_names_the_decision_that_it_corrects(people: Cast) -> None:
    first = circulated(people, TEXTS[0])
    for one in people.committee:
        say(first, one)
    for wrong in ("JC-IN-2027-001", "JC-IN-2027-001/2", "JC-IN-2027-009/1", f"{first.reference}/x"):
        with pytest.raises(NotReady) as caught:
            circulated(people, {**TEXTS[1], "corrects": wrong})
        assert caught.value.codes == ("BAL-34",)
    second = circulated(people, {**TEXTS[1], "corrects": f"{first.reference}/1"})
    assert second.items.get().corrects == "JC-IN-2027-001/1"
