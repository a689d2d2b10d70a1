"""What each reader finds: files, rows, counts, history."""

from apps.administration.selectors.counting import MOST, counts
from apps.administration.selectors.files import (
    files_known_to,
    held_today,
    known_subjects,
    procedural,
    waiting_for,
    yours,
)
from apps.administration.selectors.history import amendments_of, amendments_visible_to, events_about, names_of
from apps.administration.selectors.people import holds_an_office, is_named_in_files, sides_of
from apps.administration.selectors.rows import accounts_of_side, documents_known_to, events_known_to, transfers_of_side

__all__ = [
    "MOST",
    "accounts_of_side",
    "amendments_of",
    "amendments_visible_to",
    "counts",
    "documents_known_to",
    "events_about",
    "events_known_to",
    "files_known_to",
    "held_today",
    "holds_an_office",
    "is_named_in_files",
    "known_subjects",
    "names_of",
    "procedural",
    "sides_of",
    "transfers_of_side",
    "waiting_for",
    "yours",
]
