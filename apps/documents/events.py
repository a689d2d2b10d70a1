"""The events of a document itself, which no step of a procedure records."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from apps.events.kinds import register_kind

# What such an event is about: a version of a document, by its key.
SUBJECT = "document"
INFECTED = f"{SUBJECT}.infected"
DAMAGED = f"{SUBJECT}.damaged"
# And about the naming of an expert, by its key.
EXPERT = "expert"
NAMED, WITHDRAWN = "named", "withdrawn"


def register_kinds() -> None:
    """Make the event types of documents known."""
    register_kind(INFECTED, _("Document found infected"))
    register_kind(DAMAGED, _("Document found damaged in the store"))
    register_kind(f"{EXPERT}.{NAMED}", _("Expert named for the confidential documents of a file"))
    register_kind(f"{EXPERT}.{WITHDRAWN}", _("Expert withdrawn"))
