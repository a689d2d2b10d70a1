"""A window of the committee that stands still: silence is no consent on days on which nobody could speak."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from apps.committee.models import BallotItem
from apps.core import clock
from apps.core.clock import Rehearsal
from apps.core.errors import NotReady
from apps.workflow.selectors import open_deadlines
from apps.workflow.services import sweep
from tests.committee.ballots import (
    CIRCULATED_AT,
    CLOSES_AT,
    MOMENT,
    NO,
    both_co_chairs_agree,
    circulated,
    outcomes,
    probes_before_committee,
    registering,
    say,
)
from tests.journeys.appointment import cooling
from tests.people import Cast
from tests.refused import refused
from tests.timekeeping.ledger import at, march, proposed, stopped

pytestmark = pytest.mark.django_db
FOUR_DAYS = timedelta(days=4)


@pytest.mark.parametrize("every", [False, True])
def test_an_objection_counts_until_the_moved_end_and_silence_only_then(every: bool, people: Cast, time: Rehearsal) -> None:  # noqa: FBT001 - a case
    probe, other = probes_before_committee(people, time, 2)
    ballot = circulated(people, registering(probe), registering(other))
    both_co_chairs_agree(ballot, people)
    time.move_to(CIRCULATED_AT + timedelta(days=2))
    stopped(people, None if every else ballot, march(18), march(21))
    assert open_deadlines(ballot).get().due_at == CLOSES_AT + FOUR_DAYS
    assert {one.closes_at for one in BallotItem.objects.select_related("ballot")} == {CLOSES_AT + FOUR_DAYS}
    assert ballot.reload().closes_at == CLOSES_AT + FOUR_DAYS
    time.move_to(CLOSES_AT)
    sweep()
    assert outcomes(ballot) == ["", ""], "nothing is adopted by silence at the old end"
    time.move_to(CLOSES_AT + FOUR_DAYS - MOMENT)
    say(ballot.reload(), people.members_host[0], NO, 1)
    time.move_to(CLOSES_AT + FOUR_DAYS)
    sweep()
    assert outcomes(ballot) == ["severed", "adopted"]
    decision = BallotItem.objects.get(ballot=ballot, number=2).decision
    assert (decision.adopted_on, decision.adopted_at) == (march(30), CLOSES_AT + FOUR_DAYS)
    assert decision.explanation["window_ended_on"] == "2027-03-30"


def test_a_window_of_the_committee_is_extended_by_no_order(people: Cast, time: Rehearsal) -> None:
    (probe,) = probes_before_committee(people, time, 1)
    ballot = circulated(people, registering(probe))
    with refused(NotReady, "TIM-07"):
        proposed(people, "propose_extension", time_limit=open_deadlines(ballot).get(), days=2)


def test_a_cooling_period_stands_still_for_nobody(people: Cast) -> None:
    with clock.rehearse(at(date(2027, 4, 1))) as later:
        file = cooling(people, later)
        due_at = open_deadlines(file).get().due_at
        stopped(people, None, date(2027, 4, 1), date(2027, 4, 20))
        assert open_deadlines(file).get().due_at == due_at
