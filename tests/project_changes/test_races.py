"""Two acts at the same moment on one project: they queue on its row, so that neither sees half of the other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from apps.core import clock
from apps.documents.kinds import Kind
from apps.issuance.models import Round
from apps.issuance.procedure import State as RoundState
from apps.project_changes.models import Renewal
from apps.projects.models import ProjectVersion
from tests.issuance.walk import Course
from tests.people import cast
from tests.project_changes.renewing import Renewing
from tests.project_changes.walk import MINOR
from tests.projects.walk import World, noon, upload
from tests.workflow.threads import outcomes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def committed(transactional_db: None) -> Iterator[Renewing]:  # noqa: ARG001 - threads see committed rows only
    with clock.rehearse(noon(2027, 3, 1)) as time:
        yield Renewing(World(cast(), time, "india_2026"))


def test_of_two_renewals_at_once_one_is_opened(committed: Renewing) -> None:
    project, entity = committed.renewable(), committed.world.usual_entity
    works = [lambda: committed.renewal(project, entity=entity)] * 2
    assert sorted(outcomes(works)) == ["RNW-04", "done"]
    assert Renewal.objects.count() == 1


def test_two_minor_changes_confirmed_at_once_become_two_versions(committed: Renewing) -> None:
    project, people = committed.project(), committed.people
    pair = [committed.change(project, **MINOR, new_title=f"Title {number}") for number in (1, 2)]
    for one in pair:
        upload(one, people.tpe, Kind.CHANGE_OPINION, Kind.PDD)
    works = [lambda one=one: committed.act(one, "confirm_minor", people.tpe) for one in pair]
    assert outcomes(works) == ["done", "done"]
    first, second = ProjectVersion.objects.filter(project=project).order_by("number")
    assert (first.number, second.number) == (2, 3)
    assert second.was == first.now
    assert project.reload().title == second.now["title"]


def test_a_request_and_a_change_of_its_days_at_once_never_both_pass_unseen(committed: Renewing) -> None:
    course, people = Course(committed.world), committed.people
    one: Round = course.reach(RoundState.VERIFIED, course.open(committed.project(), date(2028, 4, 1), date(2028, 9, 30)))
    upload(one, people.participant_japan, Kind.ISSUANCE_REQUEST)
    asked, changed = outcomes(
        [lambda: course.act(one, "request_issuance", people.participant_japan), lambda: committed.change(one.project)]
    )
    assert changed == "done"
    assert (asked, one.reload().state) in {("done", RoundState.REQUESTED), ("ISS-28", RoundState.VERIFIED)}
