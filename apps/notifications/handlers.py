"""The relay has everybody told of every event."""

from __future__ import annotations

from apps.documents import events as documents
from apps.events.kinds import subscriber
from apps.events.models import Event
from apps.notifications.services import tell, tell_of_document


@subscriber("notifications", "")
def tell_people(event: Event) -> None:
    """Write the messages about an event. A delivery that comes twice writes nothing twice.

    Of the naming of an expert nobody is told but the expert, on their desk.
    """
    if event.subject_type == documents.EXPERT:
        return
    (tell_of_document if event.subject_type == documents.SUBJECT else tell)(event)
