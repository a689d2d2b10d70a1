"""Every write of a ballot: opening, positions, outcomes, the effect of what was adopted, and notes inside a side."""

from apps.committee.services.notes import note
from apps.committee.services.opening import (
    about,
    ballot_numbered,
    circulate,
    item_added,
    item_removed,
    items_put,
    members_seated,
    open_ballot,
    put_cases,
)
from apps.committee.services.saying import (
    KEPT_LATE,
    as_inputs,
    late_reply_kept,
    positions_taken,
    record_reply,
    reply_confirmed,
    reply_recorded,
    take_positions,
)
from apps.committee.services.settling import (
    item_deferred,
    item_withdrawn,
    items_executed,
    items_settled,
    open_items_withdrawn,
)
from apps.committee.services.texts import digest, item_amended, papers_renewed, renew_papers_about, windows_closed

__all__ = [
    "KEPT_LATE",
    "about",
    "as_inputs",
    "ballot_numbered",
    "circulate",
    "digest",
    "item_added",
    "item_amended",
    "item_deferred",
    "item_removed",
    "item_withdrawn",
    "items_executed",
    "items_put",
    "items_settled",
    "late_reply_kept",
    "members_seated",
    "note",
    "open_ballot",
    "open_items_withdrawn",
    "papers_renewed",
    "positions_taken",
    "put_cases",
    "record_reply",
    "renew_papers_about",
    "reply_confirmed",
    "reply_recorded",
    "take_positions",
    "windows_closed",
]
