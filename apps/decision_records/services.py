"""Writing records: at least once asked for, once written. Each is signed with the site's key of records."""

from __future__ import annotations

from django.db import transaction

from apps.committee.models import Ballot
from apps.core.canonical import canonical, sha256
from apps.decision_records.kinds import key_id
from apps.decision_records.models import DecisionRecord, RecordKey
from apps.decision_records.render.record import content
from apps.decision_records.render.signing import public_half, signing_key
from apps.decision_records.selectors import acts_to_record, matter, records_numbered
from apps.events.models import Event


def write_records(ballot: Ballot) -> list[DecisionRecord]:
    """Write every record of a ballot that is missing, the oldest first, and return those written now.

    Idempotent, and safe to be called by several at once: they queue at the ballot. Nothing is written for a
    ballot that has not closed.
    """
    with transaction.atomic():
        held = Ballot.objects.select_for_update(no_key=True).get(pk=ballot.pk)
        there = records_numbered(held.reference)
        missing = acts_to_record(held)[len(there) :]
        for event in missing:
            there.append(_write(held, event, there))
    return there[len(there) - len(missing) :]


def _write(ballot: Ballot, event: Event, there: list[DecisionRecord]) -> DecisionRecord:
    supplement, before = len(there), there[-1] if there else None
    told = canonical(content(matter(ballot, event), supplement, before))
    key = signing_key()
    return DecisionRecord.objects.create(
        ballot=ballot,
        number=ballot.reference,
        supplement=supplement,
        content=told,
        sha256=sha256(told),
        signature=key.sign(told).hex(),
        key=_kept(public_half(key)),
        act_id=event.act_id,
    )


def _kept(public_key: bytes) -> RecordKey:
    """The key's row, written when it signs for the first time."""
    return RecordKey.objects.get_or_create(key_id=key_id(public_key), defaults={"public_key": public_key.hex()})[0]
