"""Reactions of the engine to its own events."""

from __future__ import annotations

from apps.events.kinds import subscriber
from apps.events.models import Event
from apps.events.selectors import history
from apps.workflow import registry
from apps.workflow.audit import Unfounded, judge


@subscriber("audit", "")
def audit_file(event: Event) -> None:
    """Prove after each act that the file's events lead to its state. Raises Unfounded; the delivery then stays open."""
    if not registry.is_procedure(event.subject_type):
        return
    subject = registry.model_of(event.subject_type)._default_manager.get(pk=event.subject_id)
    complaint = judge(subject, history(event.subject_type, event.subject_id).filter(version__lte=subject.version))
    if complaint:
        raise Unfounded(complaint)
