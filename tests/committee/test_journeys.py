"""Every state of a ballot can be reached, and its events lead there."""

import pytest

from apps.committee.procedure import State
from apps.core import clock
from apps.events.selectors import history
from apps.workflow.audit import judge
from tests.committee.ballots import START
from tests.journeys.ballot import JOURNEYS
from tests.people import cast


def test_every_state_has_its_journey() -> None:
    assert set(JOURNEYS) == set(State)


@pytest.mark.django_db
@pytest.mark.parametrize("state", State)
def test_a_ballot_reaches_every_state(state: State) -> None:
    with clock.rehearse(START) as time:
        ballot = JOURNEYS[state](cast(), time)
    assert ballot.state == state
    assert judge(ballot, history("ballot", ballot.pk)) is None
