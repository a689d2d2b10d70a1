"""Places in a list as an address writes them: what the row beside is sorted by, and its key."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import date, datetime
from typing import Any

from apps.lists.declaration import Sort
from apps.lists.selectors import Place
from apps.workflow.inputs import storable

AFTER, BEFORE = "after", "before"
LONGEST = 2000
LARGEST = 2**63 - 1


class NoPlace(ValueError):
    """What an address says is no place in this list."""


def written(place: Place) -> str:
    """A place as one word."""
    value = place.value if isinstance(place.value, int | str) else place.value.isoformat()
    return urlsafe_b64encode(json.dumps([value, place.key]).encode()).decode().rstrip("=")


def place_of(sort: Sort, *, after: str, before: str) -> Place | None:
    """The place that an address asks for; None for the beginning.

    Raises NoPlace for anything that is no place in a list with this sort.
    """
    text = after or before
    if not text:
        return None
    try:
        value, key = _read(text)
        if not isinstance(key, int) or isinstance(key, bool) or not 0 < key <= LARGEST:
            raise NoPlace(text)
        return Place(_value(sort, value), key, back=not after)
    except (ValueError, TypeError, RecursionError) as error:
        raise NoPlace(text) from error


def _read(text: str) -> Any:
    if len(text) > LONGEST or not text.isascii():
        raise NoPlace(text)
    return json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))


def _value(sort: Sort, value: Any) -> int | str | date | datetime:
    """What a list is sorted by, of the sort's own type. Raises ValueError or TypeError."""
    if sort.of is int:
        if isinstance(value, bool) or not isinstance(value, int) or abs(value) > LARGEST:
            raise NoPlace(value)
        return value
    if not isinstance(value, str) or not storable(value):
        raise NoPlace(value)
    if sort.of is str:
        return value
    if sort.of is datetime:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise NoPlace(value)
        return moment
    return date.fromisoformat(value)
