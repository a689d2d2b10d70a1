"""The page of a list, and the list as a table, made of its declaration."""

from apps.lists.pages.listing import Listing, list_page, listing_for
from apps.lists.pages.tables import list_table

__all__ = ["Listing", "list_page", "list_table", "listing_for"]
