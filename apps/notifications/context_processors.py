"""How many messages the reader has not read."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from apps.accounts.models import User
from apps.notifications.selectors import unread_count


def unread(request: HttpRequest) -> dict[str, Any]:
    """`unread_messages`: the number, as it came with the reader's memberships; 0 for visitors.

    For a person without any it is counted when a page asks.
    """
    memberships = getattr(request, "memberships", ())
    if memberships:
        return {"unread_messages": memberships[0].unread_messages}
    user = getattr(request, "user", None)
    return {"unread_messages": SimpleLazyObject(lambda: unread_count(user)) if isinstance(user, User) else 0}
