"""Which documents of a record somebody may have. Default: what is public."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from apps.accounts.models import Membership
from apps.committee.selectors import reads_ballots
from apps.core import clock
from apps.documents.models import DocumentVersion
from apps.documents.policies import can_see, closed_to
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


def all_hashes(said: Said) -> set[str]:
    """The hashes of all documents of a record, those of the scans of replies on paper among them."""
    positions = [one for item in said["items"] for one in item.get("positions", ())]
    scans = [one["on_paper"]["scan"] for one in positions if "scan" in one.get("on_paper", {})]
    return {one["sha256"] for item in said["items"] for one in item.get("documents", ())} | {one["sha256"] for one in scans}


def readable(papers: Sequence[DocumentVersion], membership: Membership) -> list[DocumentVersion]:
    """Those among some documents that a member may read today: not those of a file on which they declared a conflict.

    What is closed to them in one file is not handed out because another file has the same bytes.
    """
    holding = holding_of(membership, clock.today())
    if holding is None:
        return []
    barred = closed_to(membership, papers)
    seen = [one for one in papers if one.pk not in barred and can_see(one, held_by(holding, _file_of(one)))]
    closed = {one.sha256 for one in papers if one not in seen}
    return [one for one in papers if not one.confidential or (one in seen and one.sha256 not in closed)]


def _file_of(paper: DocumentVersion) -> Any:
    return registry.model_of(paper.subject_type)._default_manager.get(pk=paper.subject_id)
