"""The probe's straight path."""

from datetime import UTC, datetime

import pytest

from apps.core import clock
from apps.workflow.services import perform, sweep
from tests.people import actor, cast
from tests.probe.services import completed


@pytest.mark.django_db
def test_a_probe_comes_before_the_committee_by_two_approvals() -> None:
    people = cast()
    with clock.rehearse(datetime(2027, 3, 1, 3, tzinfo=UTC)) as time:
        probe = completed(people.participant_host, people.secretariat_host)
        time.move_to(datetime(2027, 3, 15, 15, tzinfo=UTC))
        assert sweep() == 1
        perform(probe, "approve_host", actor=actor(people.government_host))
        assert probe.reload().state == "approval"
        perform(probe, "approve_japan", actor=actor(people.government_japan))
    assert probe.reload().state == "committee"
    assert probe.reload().version == 6
