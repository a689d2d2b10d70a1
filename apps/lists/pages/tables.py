"""A list as a table for other programs: what the reader's list shows, all pages of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse

from apps.accounts.middleware import ActingRequest
from apps.core.exports import Export, exported
from apps.lists.declaration import ListOf
from apps.lists.pages.listing import Listing, list_page, listing_for
from apps.lists.selectors import part_of

AT_ONCE = 200


def list_table(request: ActingRequest, one: ListOf, export: Export, ending: str, template: str) -> HttpResponse:
    """All that the list shows as CSV or XLSX. What is not understood answers 422 with the page of the list."""
    found = listing_for(request, one)
    if not found.is_understood:
        return list_page(request, one, template)
    return exported(export, one.table(_rows(found)), ending, one.key.replace("_", "-"))


def _rows(found: Listing) -> Iterator[dict[str, Any]]:
    """The rows without pages, read a few hundred at a time."""
    place = None
    while True:
        part = part_of(found.among, found.sort, descending=found.descending, size=AT_ONCE, place=place)
        yield from found.one.rows(part.rows, found.request.membership)
        if part.after is None:
            return
        place = part.after
