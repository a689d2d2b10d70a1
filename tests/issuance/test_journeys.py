"""Every state of all editions can be reached, and its events lead there."""

import pytest

from apps.core import clock
from apps.events.selectors import history
from apps.issuance.procedure import State
from apps.issuance.selectors import reconcile
from apps.workflow.audit import judge
from tests.journeys.round import BY_EDITION, JOURNEYS
from tests.people import cast
from tests.projects.walk import noon

EVERY = [(edition, state) for edition, journeys in BY_EDITION.items() for state in journeys]


def test_india_knows_every_state_and_the_generations_before_all_but_prior_approval() -> None:
    assert set(JOURNEYS) == set(State)
    approval = {State.GOVERNMENTS_APPROVED, State.GOVERNMENT_REFUSED}
    assert [set(State) - set(BY_EDITION[edition]) for edition in ("jcm_2013", "jcm_2022")] == [approval, approval]


@pytest.mark.django_db
@pytest.mark.parametrize(("edition", "state"), EVERY)
def test_a_round_reaches_every_state(edition: str, state: State) -> None:
    with clock.rehearse(noon(2027, 3, 1)) as time:
        one = BY_EDITION[edition][state](cast(), time)
    assert (one.state, one.edition) == (state, edition)
    assert judge(one, history("round", one.pk)) is None
    assert reconcile() == []
