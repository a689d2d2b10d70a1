"""The relay has everybody told of every event."""

from __future__ import annotations

from apps.events.kinds import subscriber
from apps.events.models import Event
from apps.notifications.services import tell


@subscriber("notifications", "")
def tell_people(event: Event) -> None:
    """Write the messages about an event. A delivery that comes twice writes nothing twice."""
    tell(event)
