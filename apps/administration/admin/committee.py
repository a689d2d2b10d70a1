"""What the committee decided."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from apps.administration.admin.base import SideAware
from apps.administration.admin.filters import SinceFilter
from apps.administration.kinds import Group
from apps.committee.models import Decision


class AdoptedFilter(SinceFilter):
    """Adopted within the last days."""

    column = "adopted_at"


@admin.register(Decision)
class DecisionAdmin(SideAware):
    """Decisions are public; how anybody voted stands on the ballot's own page, for whoever may read it."""

    group = Group.COMMITTEE
    about = _("Every adopted item with its day and its ground")
    list_display = ("number", "question", "adopted_on", "rule")
    list_filter = (AdoptedFilter,)
    list_select_related = ("ballot", "item")
    search_fields = ("ballot__reference", "item__title")
    search_help_text = _("Number of the ballot, or words of the question")
    ordering = ("-adopted_on", "-id")
    shown = ("number", "question", "adopted_on", "adopted_at", "rule", "act_id")

    @admin.display(description=_("number"), ordering="ballot__reference")
    def number(self, decision: Any) -> str:
        return f"{decision.ballot.reference}/{decision.item.number}"

    @admin.display(description=_("question"), ordering="item__title")
    def question(self, decision: Any) -> str:
        return str(decision.item.title)
