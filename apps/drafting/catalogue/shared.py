"""Sections that several official forms have."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from apps.drafting.inputs import Asked, Choice, Day, Section, Short, Table
from apps.drafting.inputs.questions import YES, Label
from apps.drafting.kinds import Shown
from apps.workflow.editions import Mark

KNOWN = _("What the file knows stands here already and is taken into the form as it is on the day on which the form is produced.")


def particulars(*asks: Asked, lead: Label = KNOWN, number: str = "") -> Section:
    """What the file knows of itself, and what it does not."""
    return Section("particulars", _("Particulars"), asks, lead, number, Shown.FILE)


def signature(title: Label, number: str = "", mark: Mark = Mark.RECALLED) -> Section:
    """Who signs, in which office, on which day."""
    asks = (
        Short("signed_by", _("Name"), mark),
        Short("signed_as", _("Title or office"), mark),
        Day("signed_on", _("Day of signature"), mark),
    )
    return Section("signature", title, asks, number=number)


def declaration(words: Label, mark: Mark = Mark.RECALLED) -> Section:
    """One sentence to be declared."""
    asked = Choice("declared", _("Declaration"), mark, choices=((YES, words),))
    return Section("declaration", _("Declaration"), (asked,))


def signatures(lead: Label) -> Section:
    """Who signs for each organisation."""
    columns = (
        Short("organisation", _("Organisation")),
        Short("name", _("Name")),
        Short("office", _("Title or office")),
        Day("on", _("Day of signature")),
    )
    return Section("signatures", _("Signatures"), (Table("signatures", _("Signatures"), _("Signature"), columns),), lead)
