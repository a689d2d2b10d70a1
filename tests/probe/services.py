"""Writes of the probe, and short ways to bring one to a state through real steps."""

from __future__ import annotations

from typing import Any

from apps.accounts.models import Membership
from apps.core import clock
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion
from apps.workflow.actors import Actor
from apps.workflow.fsm import Act
from apps.workflow.services import open_file, perform, take_number
from tests.probe.models import Probe


def number_taken(subject: Probe, act: Act) -> None:
    """A registered probe gets a number."""
    subject.reference = f"P{take_number(series='probe', subject=subject, act=act):03d}"


def lodged(by: Membership, title: str = "Probe", **fields: Any) -> Probe:
    """A probe that somebody has lodged under the Indian rules."""
    columns = {"organisation_id": by.organisation_id, **fields}
    probe = open_file(Probe, "lodge", actor=Actor.person(by), edition="india_2026", title=title, fields=columns)
    assert isinstance(probe, Probe)
    return probe


def completed(by: Membership, secretariat: Membership, **fields: Any) -> Probe:
    """A probe that is open for inputs; its document is a row without a file behind it."""
    probe = lodged(by, **fields)
    DocumentVersion.objects.create(
        subject_type="probe", subject_id=probe.pk, kind=Kind.PDD, number=1, name="pdd.pdf", media_type="application/pdf",
        size=3, sha256="0" * 64, uploaded_at=clock.now(), membership_id=by.pk,
    )  # fmt: skip
    perform(probe, "complete", actor=Actor.person(secretariat))
    return probe.reload()
