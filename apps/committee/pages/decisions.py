"""What the list of decisions shows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from apps.accounts.models import Membership
from apps.accounts.policies import capacities
from apps.accounts.roles import RELATED
from apps.committee.models import Decision
from apps.committee.selectors import subjects_of
from apps.workflow.models import Subject
from apps.workflow.policies import may_know


def decision_rows(decisions: Iterable[Decision], membership: Membership | None) -> list[dict[str, Any]]:
    """Adopted items, each with its file and where the reader finds it; one query for each kind of file."""
    found = list(decisions)
    subjects = subjects_of([one.item for one in found])
    return [
        {"decision": one, "subject": subjects.get(one.item_id), "url": url_of(subjects.get(one.item_id), membership)}
        for one in found
    ]


def url_of(subject: Subject | None, membership: Membership | None) -> str:
    """Where a reader finds a file: officials on its own page, everybody else on a public one; empty where nowhere."""
    if subject is None or membership is None or membership.as_role in RELATED:
        return subject.register_url if subject else ""
    held = capacities(membership.as_role, membership.side, ())
    return subject.get_absolute_url() if may_know(subject, held) else subject.register_url
