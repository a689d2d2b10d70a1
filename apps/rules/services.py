"""What a step about the rules writes besides its own file."""

from __future__ import annotations

from apps.rules.models import EditionChange, Grievance, MeasureWindow, SpecialMeasure
from apps.workflow.fsm import Act
from apps.workflow.services import partner_number, put_edition_in_force


def edition_put_in_force(subject: EditionChange, act: Act) -> None:
    """From the change's first day on, files are opened under the new edition."""
    put_edition_in_force(edition=subject.new_edition, starts_on=subject.starts_on or act.effective_on, act=act)


def measure_numbered(subject: SpecialMeasure, act: Act) -> None:
    """Give the measure the next number, such as IN_SM001."""
    subject.number, subject.reference = partner_number("SM", subject=subject, act=act)


def window_opened(subject: SpecialMeasure, act: Act) -> None:
    """Write down the days: those proposed, or those of the extension."""
    MeasureWindow.objects.create(
        measure=subject,
        starts_on=act.inputs.get("starts_on", subject.proposed_start_on),
        ends_on=act.inputs.get("ends_on", subject.proposed_end_on),
        act_id=act.id,
    )


def grievance_numbered(subject: Grievance, act: Act) -> None:
    """Give the grievance the next number, such as IN_GR001."""
    subject.number, subject.reference = partner_number("GR", subject=subject, act=act)
