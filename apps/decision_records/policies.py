"""Which documents of a record somebody may have. Default: what is public."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from apps.accounts.models import Membership
from apps.committee.selectors import reads_ballots
from apps.core import clock
from apps.documents.models import DocumentVersion
from apps.documents.policies import can_see
from apps.workflow import registry
from apps.workflow.holding import holding_of
from apps.workflow.policies import held_by

Said = Mapping[str, Any]


def has_committee_bundle(membership: Membership | None) -> bool:
    """Whether somebody may have a bundle with confidential documents: the committee and both secretariats."""
    return reads_ballots(membership)


def public_hashes(said: Said) -> set[str]:
    """The hashes of a record's public documents."""
    return {one["sha256"] for item in said["items"] for one in item.get("documents", ()) if one["public"]}


def open_hashes(said: Said, membership: Membership) -> set[str]:
    """The hashes of the documents that a member may have: not those of items on which they declared a conflict of interest.

    The scans of replies on paper are among them.
    """
    found: set[str] = set()
    for item in said["items"]:
        aside = {one["seat"] for one in item.get("conflicts_of_interest", ())}
        found |= set() if membership.pk in aside else _hashes(item)
    return found | public_hashes(said)


def _hashes(item: Said) -> set[str]:
    scans = (one["on_paper"].get("scan") for one in item.get("positions", ()) if "on_paper" in one)
    return {one["sha256"] for one in (*item.get("documents", ()), *scans) if one}


def readable(papers: Iterable[DocumentVersion], membership: Membership) -> list[DocumentVersion]:
    """Those among some documents that the policy of documents opens to a member today."""
    holding = holding_of(membership, clock.today())
    if holding is None:
        return []
    return [one for one in papers if can_see(one, held_by(holding, _file_of(one)))]


def _file_of(paper: DocumentVersion) -> Any:
    return registry.model_of(paper.subject_type)._default_manager.get(pk=paper.subject_id)
