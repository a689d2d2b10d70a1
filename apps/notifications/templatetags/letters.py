"""Mails that came back, on the desk of a secretariat: `{% load letters %}{% mails_that_came_back request.membership %}`."""

from __future__ import annotations

from typing import Any

from django import template

from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.core import clock
from apps.notifications.selectors import undelivered

register = template.Library()


@register.inclusion_tag("notifications/_undelivered.html")
def mails_that_came_back(membership: Membership | None) -> dict[str, Any]:
    """The people whom mails do not reach, for the secretariats; nothing, and no query, for others."""
    watches = membership is not None and membership.as_role == Role.SECRETARIAT
    return {"mails": undelivered(clock.now()) if watches else []}
