"""Two decisions at the same moment: two revisions of one methodology never become one version."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import connection

from apps.core import clock
from apps.core.errors import Refusal
from apps.methodologies.models import MethodologyVersion, ProposedMethodology
from apps.methodologies.procedure import State
from tests.decision import decide
from tests.journeys import methodology as journey
from tests.people import cast


@pytest.mark.django_db(transaction=True)
def test_two_revisions_approved_at_once_never_share_a_version() -> None:
    people = cast()
    with clock.rehearse(datetime(2028, 2, 15, 3, tzinfo=UTC)) as time:
        revised = journey.approved(people, time).bases.get().version.methodology
        for round_number in range(2, 5):
            rivals = [journey.considered(people, time, revises=revised.pk) for _ in range(2)]
            start = Barrier(2)

            def approve(rival: ProposedMethodology, start: Barrier = start, major: int = round_number) -> str:
                try:
                    start.wait(10)
                    decide(people, rival, "approve", major=major)
                except Refusal as refusal:
                    return refusal.codes[0]
                else:
                    return "done"
                finally:
                    connection.close()

            with ThreadPoolExecutor(2) as threads:
                outcomes = list(
                    threads.map(lambda pair: pair[0].run(approve, pair[1]), [(copy_context(), one) for one in rivals])
                )
            assert sorted(outcomes) == ["MET-07", "done"]
            assert sorted(one.reload().state for one in rivals) == [State.APPROVED, State.CONSIDERATION]
    assert list(MethodologyVersion.objects.values_list("major", flat=True)) == [1, 2, 3, 4]
