"""Two acts at the same moment on one project: they queue on its row, so that neither sees half of the other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from apps.core import clock
from apps.documents.kinds import Kind
from apps.projects.procedure import State as ProjectState
from apps.reference_emissions.models import ReferenceAssessment
from apps.reference_emissions.procedure import State
from tests.people import cast
from tests.projects.walk import World, noon, upload
from tests.reference_emissions.walk import Assessing
from tests.workflow.threads import outcomes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def committed(transactional_db: None) -> Iterator[Assessing]:  # noqa: ARG001 - threads see committed rows only
    with clock.rehearse(noon(2027, 3, 1)) as time:
        yield Assessing(World(cast(), time, "india_2026"))


def test_of_two_assessments_at_once_one_is_opened(committed: Assessing) -> None:
    project = committed.project()
    assert sorted(outcomes([lambda: committed.draft(project)] * 2)) == ["REF-03", "done"]
    assert ReferenceAssessment.objects.count() == 1


def test_a_request_and_a_positive_opinion_at_once_never_both_pass_unseen(committed: Assessing) -> None:
    one = committed.draft()
    committed.hand_in(one)
    upload(one.project, committed.people.tpe, Kind.VALIDATION_REPORT)
    asked, reported = outcomes([lambda: committed.act(one, "request"), lambda: committed.world.report(one.project)])
    states = (one.reload().state, one.project.reload().state)
    assert (asked, reported, *states) in {
        ("done", "PRJ-40", State.REQUESTED, ProjectState.VALIDATION),
        ("REF-02", "done", State.DRAFT, ProjectState.VALIDATED),
    }


def test_a_decision_and_the_withdrawal_of_the_project_at_once_end_the_assessment_once(committed: Assessing) -> None:
    one = committed.bring(State.REQUESTED)
    accepted, withdrawn = outcomes(
        [
            lambda: committed.act(one, "accept_as_complete", committed.people.secretariat_host),
            lambda: committed.act(one.project, "withdraw"),
        ]
    )
    assert (accepted, withdrawn) in {("done", "done"), ("DOOR-02", "done")}
    assert one.reload().state == State.LAPSED
