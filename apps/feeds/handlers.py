"""Every event is written down for the webhooks that are to be told of it."""

from __future__ import annotations

from apps.events.kinds import subscriber
from apps.events.models import Event
from apps.feeds.services.hooks import write_deliveries


@subscriber("webhooks", "")
def tell_webhooks(event: Event) -> None:
    """Write rows only; a relay of their own sends them. A delivery that comes twice changes nothing."""
    write_deliveries(event)
