"""A stop of every clock while files are opened, closed and stopped by others: no date is missed, and nobody waits for ever."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from apps.core import clock
from apps.core.errors import Refusal
from apps.workflow.models import Deadline
from apps.workflow.services import perform
from tests.people import actor, cast
from tests.timekeeping.ledger import march, proposed
from tests.wheel.models import Wheel
from tests.wheel.services import act, made
from tests.workflow.threads import at_once

NOON = datetime(2027, 3, 1, 3, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_no_clock_slips_through_a_general_stop() -> None:
    with clock.rehearse(NOON):
        people = cast()
        wheels = [made(people.secretariat_host) for _ in range(6)]
        order = proposed(people, "propose_general_stop", first_on=march(2), last_on=march(4))
        agree = lambda: perform(order, "agree_to_stop", actor=actor(people.secretariat_host))  # noqa: E731 - one of the jobs
        turns = [lambda wheel=wheel: act(wheel, "turn", people.secretariat_host) for wheel in wheels]
        makes = [lambda: made(people.secretariat_japan) for _ in range(6)]
        results = at_once([*turns[:3], *makes[:3], agree, *makes[3:], *turns[3:]])
    assert [one for one in results if isinstance(one, Refusal)] == []
    assert Wheel.objects.count() == 12
    stop = [{"first_on": "2027-03-02", "last_on": "2027-03-04", "order": "IN_TO001"}]
    assert [one.stops for one in Wheel.objects.all()] == [stop] * 12
    running = Deadline.objects.filter(subject_type="wheel", closed_at=None)
    assert sorted((one.step, one.last_day) for one in running) == [("stop", march(18))] * 6 + [("turn", march(11))] * 6
    assert not Deadline.objects.filter(subject_type="wheel", outcome="superseded", superseded_by=None).exists()
