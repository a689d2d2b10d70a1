"""Wording of the portal's pages: where a project stands, in one sentence, and what its parts are called."""

from apps.portal.render.benefits import benefits
from apps.portal.render.history import entries
from apps.portal.render.listing import heading, list_row, project_table
from apps.portal.render.page import dates_ahead, finding_rows, ledger, named_amounts, paper_groups, public_inputs
from apps.portal.render.standing import Where, where_it_stands
from apps.portal.render.story import after_registration
from apps.portal.render.tracker import tracker
from apps.portal.render.whose import Mover, mover_name, movers

__all__ = [
    "Mover",
    "Where",
    "after_registration",
    "benefits",
    "dates_ahead",
    "entries",
    "finding_rows",
    "heading",
    "ledger",
    "list_row",
    "mover_name",
    "movers",
    "named_amounts",
    "paper_groups",
    "project_table",
    "public_inputs",
    "tracker",
    "where_it_stands",
]
