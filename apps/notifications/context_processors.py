"""How many messages the reader has not read, and what is delayed."""

from __future__ import annotations

from time import monotonic
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from apps.accounts.models import User
from apps.core import clock
from apps.notifications.selectors import Delays, delays_now, delays_of, unread_count
from apps.workflow.selectors import LATE, swept_at


def unread(request: HttpRequest) -> dict[str, Any]:
    """`unread_messages`: the number, as it came with the reader's memberships; 0 for visitors.

    For a person without any it is counted when a page asks.
    """
    memberships = getattr(request, "memberships", ())
    if memberships:
        return {"unread_messages": memberships[0].unread_messages}
    user = getattr(request, "user", None)
    return {"unread_messages": SimpleLazyObject(lambda: unread_count(user)) if isinstance(user, User) else 0}


def delays(request: HttpRequest) -> dict[str, Any]:
    """`delays`: what is late, as it came with the reader's memberships; for visitors nothing but the sweep.

    For a person without any membership, and for visitors, it is looked up when a page asks.
    """
    memberships, user = getattr(request, "memberships", ()), getattr(request, "user", None)
    if memberships:
        return {"delays": delays_of(memberships[0].what_waits, clock.now())}
    return {"delays": SimpleLazyObject(lambda: delays_now() if isinstance(user, User) else _Visitors.delays())}


class _Visitors:
    """What visitors are told, asked at most twice a minute and process: their pages cost no query for it."""

    delayed = Delays()
    asked_at = float("-inf")

    @classmethod
    def delays(cls) -> Delays:
        """That the sweep is late, if it is."""
        if monotonic() - cls.asked_at > 30:  # noqa: PLR2004 # reason: seconds, said above
            swept = swept_at()
            cls.delayed = Delays(limits=swept if swept and clock.now() - swept > LATE else None)
            cls.asked_at = monotonic()
        return cls.delayed
