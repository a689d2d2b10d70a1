"""What the page of a record shows besides the record itself, and what is in a bundle for whom."""

from __future__ import annotations

import json
from typing import Any

from apps.accounts.models import Membership
from apps.decision_records.kinds import LANGUAGES
from apps.decision_records.models import DecisionRecord
from apps.decision_records.policies import all_hashes, public_hashes, readable
from apps.decision_records.render.bundle import COMMITTEE, PUBLIC, Part, parts_of
from apps.decision_records.render.signing import current_key
from apps.decision_records.selectors import keys, papers_with

# How each language calls itself.
OWN_NAMES = {"en": "English", "ja": "日本語", "hi": "हिन्दी"}


def public_parts(record: DecisionRecord) -> list[Part]:
    """The bundle that everybody may have."""
    papers = [one for one in papers_with(public_hashes(json.loads(record.json))) if not one.confidential]
    return parts_of(record, papers, PUBLIC)


def committee_parts(record: DecisionRecord, membership: Membership) -> list[Part]:
    """The bundle with the confidential documents that a member of the committee or of a secretariat may read."""
    papers = papers_with(all_hashes(json.loads(record.json)))
    return parts_of(record, readable(papers, membership), COMMITTEE)


def languages() -> list[tuple[str, str]]:
    """The languages of the papers, each by its own name."""
    return [(language, OWN_NAMES[language]) for language in LANGUAGES]


def key_rows() -> list[dict[str, Any]]:
    """The keys that have signed, and the one that signs now, the newest first."""
    now = current_key()
    rows = [{"key_id": one.key_id, "public_key": one.public_key, "since": one.first_used_at} for one in keys()]
    known = {row["key_id"] for row in rows}
    rows += [] if now["key_id"] in known else [{**now, "since": None}]
    return [{**row, "current": row["key_id"] == now["key_id"]} for row in reversed(rows)]
