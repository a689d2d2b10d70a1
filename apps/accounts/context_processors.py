"""What every page says about its reader: in which capacity they act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from apps.accounts.models import Membership


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
    organisation = membership.organisation
    return Acting(f"{membership.get_role_display()}, {organisation.name}", membership.side or organisation.side)
