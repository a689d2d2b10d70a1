"""Raising a finding, and what becomes of findings when their files move on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from apps.core.errors import NotReady
from apps.findings.errors import not_being_assessed
from apps.findings.kinds import FindingKind, Requirement
from apps.findings.models import Assessed, Finding
from apps.workflow import registry
from apps.workflow.actors import Actor
from apps.workflow.fsm import Act
from apps.workflow.services import open_file, perform, take_number


def raise_finding(  # reason: keyword-only; each names a part of the finding
    *,
    about: Assessed,
    actor: Actor,
    kind: FindingKind,
    requirement: Requirement,
    title: str,
    finding: str,
    idempotency_key: str | None = None,
) -> Finding:
    """Raise a finding about a file, under that file's edition. Raises as `open_file` does (FND-01 to FND-03)."""
    forward = kind == FindingKind.FAR
    more: dict[str, Any] = {} if forward else {"kind": kind.value}
    opened = open_file(
        Finding,
        "raise_forward" if forward else "raise_request",
        actor=actor,
        edition=about.edition,
        title=title,
        idempotency_key=idempotency_key,
        about=about,
        requirement=str(int(requirement)),
        finding=finding,
        **more,
    )
    return cast("Finding", opened)


def file_held(subject: Finding, act: Act) -> None:  # reason: every effect takes an act
    """Hold the file that a finding is about until both are written, so that no opinion passes it by. Raises NotReady (FND-02)."""
    files = registry.model_of(subject.subject_type)._default_manager.select_for_update(no_key=True)
    file = cast("Assessed", files.get(pk=subject.subject_id))
    if not file.is_being_assessed:
        raise NotReady(not_being_assessed(file))


def finding_numbered(subject: Finding, act: Act) -> None:
    """Give the finding the next number of its kind at its file."""
    series = f"{subject.file.reference}-{subject.kind.upper()}"
    subject.reference = f"{series}{take_number(series=series, subject=subject, act=act)}"


def take_up(findings: Iterable[Finding], at: Assessed) -> None:
    """Take up forward action requests at a verification; the entity that verifies acts on them from now on."""
    for one in findings:
        perform(one, "take_up", actor=Actor.clock(), taken_up_by=at)


def lapse(findings: Iterable[Finding]) -> None:
    """End findings of which the file ends without an opinion."""
    for one in findings:
        perform(one, "lapse", actor=Actor.clock())
