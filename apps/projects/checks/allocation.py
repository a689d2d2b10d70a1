"""What must be true of a credit allocation: how it is split, and that both Governments agree to it. Source: rules 2.9, 4.8."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from django.utils.translation import gettext as _

from apps.accounts.roles import Side
from apps.core.errors import Problem
from apps.projects.kinds import GOVERNMENT
from apps.projects.models import Project
from apps.projects.policies import agreed_before, not_agreed
from apps.workflow.fsm import Act
from apps.workflow.inputs import HUNDRED


def shares_make_the_whole_of_a_side(subject: Project, act: Act) -> list[Problem]:
    """PRJ-51: where a side's credits are split, its participants or its Government hold all of them. Source: 4.8 [NF]."""
    shares = act.inputs.get("shares") or []
    held: dict[Side, Decimal] = defaultdict(Decimal)
    for one in shares:
        held[Side(one["side"])] += Decimal(one["percent"])
    off = _("the parts of %(side)s make %(sum)s per cent; they make 100 together")
    found = [off % {"side": side.label, "sum": total} for side, total in held.items() if total != HUNDRED]
    return [Problem("PRJ-51", text, "shares") for text in (*_strangers(subject, shares), *found)]


def host_government_has_not_agreed(subject: Project, act: Act) -> list[Problem]:
    """PRJ-52: the partner country's Government agrees to an allocation once. Source: rules 2.9."""
    return agreed_before(subject, (Side.HOST,), "PRJ-52")


def japanese_government_has_not_agreed(subject: Project, act: Act) -> list[Problem]:
    """PRJ-52: the Government of Japan agrees to an allocation once. Source: rules 2.9."""
    return agreed_before(subject, (Side.JAPAN,), "PRJ-52")


def both_governments_agreed(subject: Project, act: Act) -> list[Problem]:
    """PRJ-53: registration is requested and decided with both Governments' agreement to the allocation. Source: rules 2.9."""
    return not_agreed(subject, "PRJ-53")


def _strangers(subject: Project, shares: list[dict[str, str]]) -> list[str]:
    """Who is named in a split and is neither a participant of that side nor its Government."""
    known = {(one.side, str(one).casefold()) for one in subject.participants.select_related("organisation")}
    known |= {(side.value, GOVERNMENT) for side in Side}
    text = _("%(name)s takes no part for %(side)s; name a participant of that side, or `government`")
    return [
        text % {"name": one["holder"], "side": Side(one["side"]).label}
        for one in shares
        if (one["side"], one["holder"].casefold()) not in known
    ]
