"""Relay and readers ask for the same record at once."""

from __future__ import annotations

import pytest

from apps.core.clock import Rehearsal
from apps.decision_records.models import DecisionRecord, RecordKey
from apps.decision_records.services import write_records
from tests.committee.ballots import circulated, say
from tests.committee.test_races import at_once
from tests.decision_records.closed import RULE
from tests.people import Cast


@pytest.mark.django_db(transaction=True)
def test_several_at_once_write_one_record_each(people: Cast, time: Rehearsal) -> None:  # noqa: ARG001 - it stands still
    ballots = [circulated(people, RULE) for _ in range(2)]
    for ballot in ballots:
        for one in people.committee:
            say(ballot, one)
    results = at_once(*(lambda ballot=ballot: write_records(ballot) for ballot in ballots * 4))
    assert sorted(len(found) for found in results if isinstance(found, list)) == [0] * 6 + [1] * 2
    assert [(one.number, one.supplement) for one in DecisionRecord.objects.order_by("number")] == [
        (ballot.reference, 0) for ballot in ballots
    ]
    assert RecordKey.objects.count() == 1
