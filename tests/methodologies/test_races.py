"""Two decisions at the same moment: two revisions of one methodology never become one version."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from apps.core import clock
from apps.methodologies.models import MethodologyVersion
from apps.methodologies.procedure import State
from tests.decision import decide
from tests.journeys import methodology as journey
from tests.people import cast
from tests.workflow.threads import outcomes


@pytest.mark.django_db(transaction=True)
def test_two_revisions_approved_at_once_never_share_a_version() -> None:
    people = cast()
    with clock.rehearse(datetime(2028, 2, 15, 3, tzinfo=UTC)) as time:
        revised = journey.approved(people, time).bases.get().version.methodology
        for round_number in range(2, 5):
            rivals = [journey.considered(people, time, revises=revised.pk) for _ in range(2)]
            works = [lambda one=one, major=round_number: decide(people, one, "approve", major=major) for one in rivals]
            assert sorted(outcomes(works)) == ["MET-07", "done"]
            assert sorted(one.reload().state for one in rivals) == [State.APPROVED, State.CONSIDERATION]
    assert list(MethodologyVersion.objects.values_list("major", flat=True)) == [1, 2, 3, 4]
