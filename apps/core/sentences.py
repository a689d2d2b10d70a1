"""Sentences one after the other, and names within one: each language says what stands between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce

from django.utils.translation import gettext as _


def sentences(parts: Iterable[str]) -> str:
    """Sentences as one text; those that are empty are left out."""
    found = [one for one in parts if one]
    return reduce(_then, found) if found else ""


def all_of(names: Iterable[str]) -> str:
    """Several names of which all are meant: "A, B and C"."""
    # Translators: the last two of several that all are meant; those before stand at the left with commas between them.
    return _joined(list(names), _("%(first)s and %(last)s"))


def any_of(names: Iterable[str]) -> str:
    """Several names of which any is meant: "A, B or C"."""
    # Translators: the last two of several of which any is meant; those before stand at the left with commas between them.
    return _joined(list(names), _("%(first)s or %(last)s"))


def _joined(names: Sequence[str], pattern: str) -> str:
    *earlier, last = names or [""]
    return pattern % {"first": _(", ").join(earlier), "last": last} if earlier else last


def _then(first: str, second: str) -> str:
    # Translators: two sentences, one after the other.
    return _("%(first)s %(second)s") % {"first": first, "second": second}
