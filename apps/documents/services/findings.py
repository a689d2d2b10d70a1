"""What the system finds about a document by itself, for the log."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db.models import Max

from apps.accounts.roles import Role
from apps.core import clock
from apps.documents.events import SUBJECT
from apps.documents.models import DocumentVersion
from apps.events.models import Event


def finding_of(version: DocumentVersion, kind: str, state: str, at: datetime, data: dict[str, Any]) -> Event:
    """An event about a document, whose file has not moved; the next of that document. The caller holds a row of it locked."""
    earlier = Event.objects.filter(subject_type=SUBJECT, subject_id=version.pk).aggregate(last=Max("version"))["last"] or 0
    return Event(
        type=kind,
        subject_type=SUBJECT,
        subject_id=version.pk,
        version=earlier + 1,
        to_state=state,
        acted_at=at,
        effective_on=clock.today(),
        rehearsed=clock.is_rehearsed(),
        actor=Role.CLOCK.value,
        capacity=Role.CLOCK.value,
        data={"kind": version.kind, "number": version.number, **data},
        documents=[version.sha256],
        act_id=uuid4(),
    )
