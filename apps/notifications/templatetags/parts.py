"""How the parts of the site are, on the desk of a secretariat: `{% load parts %}{% how_the_parts_are request.membership %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings

from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.core import clock
from apps.notifications.render import parts_of
from apps.notifications.selectors import work_of

register = template.Library()


@register.inclusion_tag("notifications/_parts.html", takes_context=True)
def how_the_parts_are(context: template.Context, membership: Membership | None) -> dict[str, Any]:
    """When each part last did its work, and what waits for it, for the secretariats; nothing, and no query, for others."""
    if membership is None or membership.as_role != Role.SECRETARIAT:
        return {"parts": ()}
    parts = parts_of(work_of(), clock.now())
    return {
        "parts": parts,
        "late": any(one.is_late for one in parts),
        "scans": bool(settings.CLAMD),
        "viewer_zone": context.get("viewer_zone"),
    }
