"""Sentences one after the other: each language says what stands between them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from django.utils.translation import gettext as _


def sentences(parts: Iterable[str]) -> str:
    """Sentences as one text; those that are empty are left out."""
    found = [one for one in parts if one]
    return reduce(_then, found) if found else ""


def _then(first: str, second: str) -> str:
    # Translators: two sentences, one after the other.
    return _("%(first)s %(second)s") % {"first": first, "second": second}
