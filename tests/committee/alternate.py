"""Alternates of the tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from apps.accounts.models import Membership
from apps.accounts.roles import Role
from tests.people import APPOINTED_ON, person


def alternate(of: Membership, **more: Any) -> Membership:
    """Somebody appointed to act for a member."""
    one = person(f"Alternate of {of.user.name}", Role.SECRETARIAT, of.organisation, of.side)
    Membership.objects.filter(pk=one.pk).update(ends_on=APPOINTED_ON)
    fields = {"starts_on": date(2014, 1, 1), "acts_for": of, **more}
    return Membership.objects.create(user=one.user, organisation=of.organisation, role=Role.ALTERNATE, side=of.side, **fields)
