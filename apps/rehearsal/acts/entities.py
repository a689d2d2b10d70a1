"""Verifiers apply for designation."""

from __future__ import annotations

from collections.abc import Sequence

from apps.accounts.models import Organisation
from apps.accounts.roles import Role, Side
from apps.rehearsal.acts.stage import Stage
from apps.third_party_entities.models import ThirdPartyEntity
from apps.third_party_entities.procedure import Basis
from apps.workflow.services import open_file


def apply(
    stage: Stage, organisation: Organisation, *, validation: Sequence[int], verification: Sequence[int]
) -> ThirdPartyEntity:
    """Draft and submit an application, and have it found complete."""
    actor = stage.players.of(organisation, Role.TPE)
    stage.tick()
    opened = open_file(
        ThirdPartyEntity,
        "draft",
        actor=actor,
        edition=stage.edition_of(ThirdPartyEntity),
        title=organisation.name,
        fields={"organisation_id": organisation.pk},
        basis=Basis.ISO_14065.value,
        validation=list(validation),
        verification=list(verification),
    )
    applied = stage.act(ThirdPartyEntity.objects.get(pk=opened.pk), "apply", actor)
    return stage.act(applied, "accept_as_complete", stage.players.one(Role.SECRETARIAT, Side.HOST))
