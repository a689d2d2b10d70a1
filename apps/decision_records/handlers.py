"""The relay has a record written after the ballot closes, and after each later performance."""

from __future__ import annotations

from apps.committee.models import Ballot
from apps.decision_records.selectors import CLOSED, EXECUTED
from apps.decision_records.services import write_records
from apps.events.kinds import subscriber
from apps.events.models import Event


@subscriber("decision_records", CLOSED, EXECUTED)
def record_decision(event: Event) -> None:
    """Write what is missing. A delivery that comes twice, or before an earlier one, changes nothing."""
    write_records(Ballot.objects.get(pk=event.subject_id))
