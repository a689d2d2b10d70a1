"""What the committee's pages show."""

from apps.committee.pages.ballots import (
    Page,
    heading,
    heads,
    item_rows,
    page_of,
    position_groups,
    rule_words,
    tally_rows,
    what_changed,
)
from apps.committee.pages.decisions import DECISIONS, adopted_heading, decision_rows
from apps.committee.pages.previews import acts_of, effect_rows, items_to_prepare, not_told_rows, rehearsed_row, told_rows

__all__ = [
    "DECISIONS",
    "Page",
    "acts_of",
    "adopted_heading",
    "decision_rows",
    "effect_rows",
    "heading",
    "heads",
    "item_rows",
    "items_to_prepare",
    "not_told_rows",
    "page_of",
    "position_groups",
    "rehearsed_row",
    "rule_words",
    "tally_rows",
    "told_rows",
    "what_changed",
]
