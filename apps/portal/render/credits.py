"""The page of issuances: its heading, and each decided round with its serial blocks."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.accounts.roles import Side
from apps.core.templatetags.gazette import grouped, in_words
from apps.portal.render.page import share_note
from apps.portal.selectors import Books, Issuance
from apps.registry.models import Block


def heading(found: Books) -> str:
    """How many credits both sides have issued, and of how many decided rounds."""
    if not found.rounds:
        return _("No credits have been decided yet")
    text = ngettext(
        "%(tonnes)s credits issued of %(rounds)s decided round",
        "%(tonnes)s credits issued of %(rounds)s decided rounds",
        found.rounds,
    )
    return text % {"tonnes": grouped(found.all_issued.total), "rounds": in_words(found.rounds)}


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
