"""The page of issuances: its heading, and each decided round with its serial blocks."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.accounts.roles import Side
from apps.core.templatetags.gazette import grouped
from apps.portal.render.page import share_note
from apps.portal.selectors import Books, Issuance
from apps.registry.models import Block


def heading(found: Books) -> str:
    """How many of the decided credits both sides have issued."""
    if not found.rounds:
        return _("No credits have been decided yet")
    issued, decided = found.all_issued.total, found.all_decided.total
    if issued == decided:
        return _("All %(decided)s decided credits are issued") % {"decided": grouped(decided)}
    text = ngettext(
        "%(issued)s of %(decided)s decided credits is issued", "%(issued)s of %(decided)s decided credits are issued", issued
    )
    return text % {"issued": grouped(issued), "decided": grouped(decided)}


def issuance_row(one: Issuance) -> dict[str, Any]:
    """A decided round: both sides' tonnes, what became of each share, and the blocks of serials."""
    return {
        "round": one.round,
        "project": one.round.project,
        "decided": one.decided,
        "notes": {part.side.value: share_note(part) for part in one.round.sides},
        "blocks": [block_row(block) for block in one.blocks],
        "decision": one.decision,
        "proof": reverse("decision-record", args=[one.decision]) if one.decision else "",
    }


def block_row(block: Block) -> dict[str, Any]:
    """A block: its side, its vintage or else the whole period, its first and last serial, its tonnes, and the day of issuance."""
    return {
        "side": Side(block.side).value,
        "vintage": _("vintage %(year)s") % {"year": block.vintage} if block.vintage else _("whole period"),
        "first": block.first_serial,
        "last": block.last_serial,
        "tonnes": block.tonnes,
        "on": block.issued_on,
    }
