"""Which edition of the rules files are opened under."""

from __future__ import annotations

from datetime import date

from apps.workflow.fsm import Act
from apps.workflow.models import EditionInForce


def put_edition_in_force(*, edition: str, starts_on: date, act: Act) -> None:
    """Open files under an edition from a day on. Files that run keep theirs. Source: rules 3.11."""
    EditionInForce.objects.create(edition=edition, starts_on=starts_on, act_id=act.id)
