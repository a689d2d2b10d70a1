"""When a Government may answer, and when the committee may decide; each app above gives its own code. Source: rules 0.4-1."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from apps.accounts.roles import Side
from apps.core.errors import Problem
from apps.projects.models import NeedsApproval


def approved_before(file: NeedsApproval, sides: Iterable[Side], code: str) -> list[Problem]:
    """Why a Government does not answer again."""
    given = [(side, day) for side in sides if (day := file.approved_on(side))]
    text = _("the prior approval of %(side)s was given on %(day)s")
    return [Problem(code, text % {"side": side.label, "day": day}) for side, day in given]


def not_approved(file: NeedsApproval, code: str) -> list[Problem]:
    """The prior approvals that are missing."""
    text = _("the prior approval of %(side)s is missing")
    return [Problem(code, text % {"side": side.label}) for side in Side if file.approved_on(side) is None]
