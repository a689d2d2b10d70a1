"""Raising findings, for tests."""

from __future__ import annotations

from typing import Any

from apps.accounts.models import Membership
from apps.findings.kinds import Assessment, FindingKind, Requirement
from apps.findings.models import Assessed, Finding
from apps.findings.services import raise_finding
from tests.people import actor
from tests.projects.walk import World

USUAL = {Assessment.VALIDATION: Requirement.EMISSIONS, Assessment.VERIFICATION: Requirement.CALIBRATION}


def raised(file: Assessed, by: Membership, kind: FindingKind = FindingKind.CAR, **changes: Any) -> Finding:
    """A finding about a file, raised by an entity."""
    given = {
        "about": file,
        "actor": actor(by),
        "kind": kind,
        "requirement": USUAL[file.assessment],
        "title": "The second boiler is missing",
        "finding": "Section B.3 counts one boiler, the drawing shows two.",
        **changes,
    }
    return raise_finding(**given).reload()


def about_a_project(world: World, kind: FindingKind = FindingKind.CAR) -> Finding:
    """A finding about a new project in validation."""
    return raised(world.in_validation(), world.people.tpe, kind)
