"""What the list of decisions shows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from apps.accounts.models import Membership
from apps.committee.models import Decision
from apps.committee.selectors import subjects_of
from apps.workflow.policies import way_to


def decision_rows(decisions: Iterable[Decision], membership: Membership | None) -> list[dict[str, Any]]:
    """Adopted items, each with its file and where the reader finds it; one query for each kind of file."""
    found = list(decisions)
    subjects = subjects_of([one.item for one in found])
    return [
        {"decision": one, "subject": subjects.get(one.item_id), "url": way_to(subjects.get(one.item_id), membership)}
        for one in found
    ]
