"""Reference data that changes by an act: holidays by their procedure, editions by a decision. Read-only, with their history."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.administration.admin.base import SideAware
from apps.administration.admin.filters import SideFilter, by_yes_no
from apps.administration.kinds import Group
from apps.administration.render import Cell
from apps.methodologies.models import MethodologyVersion
from apps.timekeeping.models import HolidayYear
from apps.workflow.editions import EDITIONS
from apps.workflow.models import EditionInForce, GeneralStop, HolidayList


class ReferenceAdmin(SideAware):
    """A table that an act writes."""

    group = Group.REFERENCE
    for_administrators = True


@admin.register(HolidayList)
class HolidayListAdmin(ReferenceAdmin):
    """The holidays of each side and year, the later lists above the earlier."""

    about = _("Written by the procedure “Holidays of a year”: its files are under Procedures")
    list_display = ("year", "side", "confirmed", "count", "source")
    list_filter = (SideFilter, by_yes_no("confirmed", _("Confirmed")))
    search_fields = ("=year", "source")
    ordering = ("-year", "side", "-id")
    shown = ("year", "side", "confirmed", "source", "days_words", "procedure", "act_id")

    @admin.display(description=_("days"))
    def count(self, found: HolidayList) -> str:
        return str(len(found.days))

    @admin.display(description=_("Procedure"))
    def procedure(self, found: HolidayList) -> Cell:  # noqa: ARG002 # reason: the signature of columns
        """Where the next list is drawn up and confirmed, step by step."""
        return Cell(str(HolidayYear.procedure.title), "link", reverse("admin:timekeeping_holidayyear_changelist"))

    @admin.display(description=_("days"))
    def days_words(self, found: HolidayList) -> str:
        return "\n".join(f"{day} {name}" for day, name in found.days)


@admin.register(GeneralStop)
class GeneralStopAdmin(ReferenceAdmin):
    """Days on which every clock stands still."""

    about = _("Days on which every clock stands still, by an order of both secretariats")
    list_display = ("order", "first_on", "last_on")
    search_fields = ("order",)


@admin.register(EditionInForce)
class EditionInForceAdmin(ReferenceAdmin):
    """Under which edition files are opened from when on."""

    about = _("Editions that the committee adopted after the first, with the day from which files are opened under them")
    list_display = ("edition_words", "starts_on")
    ordering = ("-starts_on", "-id")
    shown = ("edition_words", "starts_on", "act_id")

    @admin.display(description=_("rulebook edition"), ordering="edition")
    def edition_words(self, found: Any) -> str:
        known = EDITIONS.get(found.edition)
        return str(known.title) if known else found.edition


@admin.register(MethodologyVersion)
class MethodologyVersionAdmin(ReferenceAdmin):
    """Approved methodologies, version by version."""

    about = _("Approved methodologies, version by version")
    list_display = ("number", "title", "version", "scopes", "approved_on")
    list_select_related = ("methodology",)
    search_fields = ("methodology__reference", "title")
    ordering = ("-approved_on", "-id")
    shown = ("number", "title", "version", "scopes", "approved_on", "act_id")

    @admin.display(description=_("number"), ordering="methodology__reference")
    def number(self, found: MethodologyVersion) -> str:
        return found.methodology.reference

    @admin.display(description=_("version"))
    def version(self, found: MethodologyVersion) -> str:
        return f"{found.major}.{found.minor}"

    @admin.display(description=_("sectoral scopes"))
    def scopes(self, found: MethodologyVersion) -> str:
        return str(_(", ")).join(map(str, found.sectoral_scopes))
