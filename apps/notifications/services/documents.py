"""Telling of a document that was found infected: those who handed it in, and both secretariats."""

from __future__ import annotations

from uuid import uuid5

from apps.core import clock
from apps.documents.models import DocumentVersion
from apps.events.models import Event
from apps.notifications.kinds import Kind
from apps.notifications.models import Message
from apps.notifications.selectors import Recipient, concerned_with
from apps.notifications.services.posting import post
from apps.workflow import registry
from apps.workflow.models import Subject


def tell_of_document(event: Event) -> None:
    """Write a message about the file that the document belongs to, to each person once. Telling again writes nothing again."""
    version = DocumentVersion.everything.get(pk=event.subject_id)
    subject = registry.model_of(version.subject_type)._default_manager.get(pk=version.subject_id)
    told = {one.membership.user_id: one for one in reversed(concerned_with(version))}
    post([_message(event, one, subject) for one in told.values()], event.acted_at)


def _message(event: Event, to: Recipient, subject: Subject) -> Message:
    user = to.membership.user
    return Message(
        id=uuid5(event.act_id, str(user.pk)), user=user, membership=to.membership, kind=Kind.SECURITY, event=event,
        subject_type=subject.procedure.key, subject_id=subject.pk, edition=subject.edition, state=subject.state,
        side=to.side, by_mail=True, created_at=clock.now(),
    )  # fmt: skip
