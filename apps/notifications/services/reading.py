"""Marking messages as read."""

from __future__ import annotations

from apps.accounts.models import User
from apps.core import clock
from apps.notifications.models import Message


def read(message: Message) -> None:
    """Mark a message as read; the first time counts."""
    if message.read_at is None:
        Message.objects.filter(pk=message.pk, read_at=None).update(read_at=clock.now())


def read_all(user: User) -> int:
    """Mark all of a person's messages as read; returns how many were not."""
    return Message.objects.filter(user=user, read_at=None).update(read_at=clock.now())
