"""The relay has everybody told of every event."""

from __future__ import annotations

from apps.documents import events as documents
from apps.events.kinds import subscriber
from apps.events.models import Event
from apps.notifications.services import tell, tell_of_document


@subscriber("notifications", "")
def tell_people(event: Event) -> None:
    """Write the messages about an event. A delivery that comes twice writes nothing twice."""
    (tell_of_document if event.subject_type == documents.SUBJECT else tell)(event)
