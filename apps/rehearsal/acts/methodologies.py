"""Methodologies are proposed and published."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from apps.accounts.models import Organisation
from apps.accounts.roles import Role, Side
from apps.documents.kinds import Kind
from apps.methodologies.models import ApprovedMethodology, ProposedMethodology
from apps.methodologies.procedure import Reason
from apps.rehearsal.acts.stage import Stage
from apps.workflow.services import open_file


def propose(
    stage: Stage,
    *,
    title: str,
    scopes: Sequence[int],
    proponents: Sequence[Organisation],
    revises: ApprovedMethodology | None = None,
) -> ProposedMethodology:
    """Draft and submit a proposal; without proponents the committee itself proposes."""
    actor = stage.players.of(proponents[0], Role.PARTICIPANT) if proponents else stage.players.one(Role.SECRETARIAT, Side.HOST)
    inputs: dict[str, Any] = {"sectoral_scopes": list(scopes)}
    if revises:
        # The record tells no reason of any revision.
        inputs |= {"revises": revises.pk, "revision_reason": Reason.OTHER.value}
    if proponents:
        inputs["proponents"] = [one.pk for one in proponents[1:]]
    stage.tick()
    edition, key = stage.edition_of(ProposedMethodology), "draft" if proponents else "draft_own"
    opened = open_file(ProposedMethodology, key, actor=actor, edition=edition, title=title, **inputs)
    proposal = ProposedMethodology.objects.get(pk=opened.pk)
    if revises:
        stage.file_papers(proposal, (Kind.REVISION_REQUEST,), actor)
    return stage.act(proposal, "submit" if proponents else "submit_own", actor)


def publish(stage: Stage, proposal: ProposedMethodology, *, number: int | None = None) -> ProposedMethodology:
    """The secretariat finds a proposal complete and opens the public inputs."""
    return stage.act(proposal, "publish", stage.players.one(Role.SECRETARIAT, Side.HOST), number=number)
