"""The committee's pages: the ballot, its items, circulation and effect, replies on paper, and the list of decisions."""

from apps.committee.views.ballots import ballot_page, decision_list, decision_table
from apps.committee.views.circulation import circulation_page, effect_page, item_effect_page
from apps.committee.views.items import items_page
from apps.committee.views.replies import reply_page

__all__ = [
    "ballot_page",
    "circulation_page",
    "decision_list",
    "decision_table",
    "effect_page",
    "item_effect_page",
    "items_page",
    "reply_page",
]
