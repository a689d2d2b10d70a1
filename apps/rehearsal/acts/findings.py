"""Entities accept their assignments, raise findings and settle them with the participants."""

from __future__ import annotations

from typing import Any, TypeVar

from apps.accounts.roles import Role
from apps.findings.kinds import FindingKind, Requirement, rows_of_form
from apps.findings.models import Assessed, Finding
from apps.findings.services import raise_finding
from apps.rehearsal.acts.stage import Stage
from apps.third_party_entities.models import ThirdPartyEntity
from apps.workflow.actors import Actor

A = TypeVar("A", bound=Assessed)


def accept(stage: Stage, file: A, entity: ThirdPartyEntity) -> A:
    """The entity accepts its assignment, unless it has done so."""
    if file.accepted_on is not None:
        return file
    return stage.act(file, "accept_assignment", stage.players.of(entity.organisation, Role.TPE), declaration="no_conflict")


def ticked(file: Assessed) -> list[int]:
    """Every requirement row of the file's form."""
    return [one.value for one in rows_of_form(file.assessment, file.rules)]


def raise_about(
    stage: Stage,
    file: Assessed,
    entity: ThirdPartyEntity,
    kind: FindingKind,
    requirement: Requirement,
    *,
    title: str,
    finding: str,
) -> Finding:
    """The entity raises a finding."""
    stage.tick()
    actor = stage.players.of(entity.organisation, Role.TPE)
    opened = raise_finding(about=file, actor=actor, kind=kind, requirement=requirement, title=title, finding=finding)
    return Finding.objects.get(pk=opened.pk)


def settle(stage: Stage, finding: Finding, by: Actor, key: str, **said: Any) -> Finding:
    """A step of either side on a finding."""
    return stage.act(finding.reload(), key, by, **said)
