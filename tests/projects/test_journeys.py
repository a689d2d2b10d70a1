"""Every state of all editions can be reached, and its events lead there."""

import pytest

from apps.core import clock
from apps.events.selectors import history
from apps.projects.procedure import State
from apps.workflow.audit import judge
from tests.journeys.project import BY_EDITION, JOURNEYS
from tests.people import cast
from tests.projects.walk import noon

EVERY = [(edition, state) for edition, journeys in BY_EDITION.items() for state in journeys]


def test_the_editions_differ_in_what_the_governments_do() -> None:
    approval = {State.GOVERNMENTS_APPROVED, State.GOVERNMENT_REFUSED}
    agreement = {State.ALLOCATION_AGREED, State.ALLOCATION_REFUSED}
    assert set(State) - set(JOURNEYS) == agreement
    assert set(State) - set(BY_EDITION["jcm_2022"]) == approval
    assert set(State) - set(BY_EDITION["jcm_2013"]) == {*approval, *agreement, State.ALLOCATION_PROPOSED}


@pytest.mark.django_db
@pytest.mark.parametrize(("edition", "state"), EVERY)
def test_a_project_reaches_every_state(edition: str, state: State) -> None:
    with clock.rehearse(noon(2027, 3, 1)) as time:
        project = BY_EDITION[edition][state](cast(), time)
    assert (project.state, project.edition) == (state, edition)
    assert judge(project, history("project", project.pk)) is None
