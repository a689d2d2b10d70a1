"""What every page says about its reader: in which capacity they act."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest

from apps.accounts.middleware.acting import ActingRequest
from apps.accounts.middleware.limits import minutes_of
from apps.accounts.models import Membership
from apps.accounts.render import membership_words


@dataclass(frozen=True, slots=True)
class Acting:
    """A capacity in words, with the side whose mark and zone go with it."""

    label: str
    side: str


def acting(request: HttpRequest) -> dict[str, Any]:
    """`acting` (.label, .side; None for visitors), `memberships`, `partner` (.code, .name) and `session_minutes`."""
    membership: Membership | None = getattr(request, "membership", None)
    return {
        "acting": acting_as(membership) if membership else None,
        "memberships": getattr(request, "memberships", ()),
        "partner": settings.JCM_PARTNER,
        # Asked for by pages alone that know somebody signed in.
        "session_minutes": partial(minutes_of, cast("ActingRequest", request)),
    }


def acting_as(membership: Membership) -> Acting:
    """A membership as the masthead writes it: role and organisation, and the side of either."""
    return Acting(membership_words(membership), membership.side or membership.organisation.side)
