"""What the tests of messages share: telling, and who was told what."""

from __future__ import annotations

from apps.accounts.models import Membership
from apps.events.services import relay
from apps.notifications.models import Message


def deliver() -> None:
    """Hand over all that waits."""
    while relay():
        pass


def kinds_of(event_type: str) -> dict[str, str]:
    """Who was told of the latest acts of a type, and why, by name."""
    found = Message.objects.filter(event__type=event_type).select_related("user").order_by("event_id")
    return {one.user.name: one.kind for one in found}


def messages_to(one: Membership) -> list[Message]:
    """What somebody was told, in the order in which it happened."""
    return list(Message.objects.filter(user=one.user_id).order_by("created_at", "event_id", "days_before"))


def latest(one: Membership) -> Message:
    """What somebody was told last."""
    return messages_to(one)[-1]
