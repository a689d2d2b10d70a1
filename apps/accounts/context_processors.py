"""What every page says about its reader: in which capacity they act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from apps.accounts.models import Membership
from apps.accounts.render import membership_words


@dataclass(frozen=True, slots=True)
class Acting:
    """A capacity in words, with the side whose mark and zone go with it."""

    label: str
    side: str


def acting(request: HttpRequest) -> dict[str, Any]:
    """`acting` (.label, .side; None for visitors), `memberships` and `partner` (.code, .name)."""
    membership: Membership | None = getattr(request, "membership", None)
    return {
        "acting": acting_as(membership) if membership else None,
        "memberships": getattr(request, "memberships", ()),
        "partner": settings.JCM_PARTNER,
    }


def acting_as(membership: Membership) -> Acting:
    """A membership as the masthead writes it: role and organisation, and the side of either."""
    return Acting(membership_words(membership), membership.side or membership.organisation.side)
