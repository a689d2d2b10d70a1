"""Rows of lists: those that a text is found in, part by part in a stable order, and counted no further than it matters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import F, Q

from apps.accounts.models import User
from apps.lists.declaration import Rows, Sort
from apps.lists.models import SavedView, SearchEntry

# More is "more than a thousand": nobody counts on, and no page waits for it.
COUNTED_TO = 1000
# Of a longer text the first words are looked for.
MOST_WORDS = 8
PIECE, SHORT_PIECE = 3, 2

Value = int | str | date | datetime


# --- Search ---------------------------------------------------------------------------------------


def searched_for(among: Rows, kind: str, text: str) -> Rows:
    """The rows whose words hold every word of a text: as it stands, as a part of a word, or by its English stem.

    Narrows what is given, and so never finds what the reader may not see.
    """
    entries = SearchEntry.objects.filter(kind=kind)
    for word in folded(text).split()[:MOST_WORDS]:
        entries = entries.filter(_holds(word))
    return among.filter(pk__in=entries.values("subject_id"))


def folded(text: str) -> str:
    """A text in small letters and one width, as entries are kept."""
    return unicodedata.normalize("NFKC", text).lower()


def _holds(word: str) -> Q:
    part = Q(folded__contains=word)
    if pieces := list(dict.fromkeys(pieces_of(word))):
        part &= Q(grams__contains=pieces)
    return part | Q(words=SearchQuery(word, config="english"))


def pieces_of(word: str) -> Iterator[str]:
    """The pieces of a word by which its entries are found; none of one that is too short."""
    for at in range(len(word) - 1):
        size = PIECE if word[at : at + SHORT_PIECE].isascii() else SHORT_PIECE
        if at + size <= len(word):
            yield word[at : at + size]


# --- Pages ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """A place between two rows of a list: `value` is what the row beside it is sorted by, `key` its key."""

    value: Value
    key: int
    # Whether the rows before it are asked for, or those after it.
    back: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of a list in its order, and the places from which its neighbours are asked for; None at an end."""

    rows: Sequence[Any]
    before: Place | None
    after: Place | None


def part_of(among: Rows, sort: Sort, *, descending: bool, size: int, place: Place | None = None) -> Part:
    """At most `size` rows beside a place, in one query whatever lies before it. What is opened meanwhile moves nothing."""
    back = place is not None and place.back
    falling = descending != back
    ordered = _beyond(among.annotate(sorted_by=_by(sort)), place, falling=falling)
    signs = ("-sorted_by", "-pk") if falling else ("sorted_by", "pk")
    found = list(ordered.order_by(*signs)[: size + 1])
    rows, more = found[:size], len(found) > size
    if back:
        rows.reverse()
    if not rows:
        return Part((), None, None)
    first, last = (Place(one.sorted_by, one.pk) for one in (rows[0], rows[-1]))
    ahead, behind = (True, more) if back else (more, place is not None)
    return Part(rows, Place(first.value, first.key, back=True) if behind else None, last if ahead else None)


def _by(sort: Sort) -> Any:
    return F(sort.by) if isinstance(sort.by, str) else sort.by


def _beyond(among: Rows, place: Place | None, *, falling: bool) -> Rows:
    if place is None:
        return among
    than = "lt" if falling else "gt"
    # The first condition is what an index is read from; the second parts those that are alike.
    return among.filter(
        Q(**{f"sorted_by__{than}e": place.value}), Q(**{f"sorted_by__{than}": place.value}) | Q(**{f"pk__{than}": place.key})
    )


def count_of(among: Rows) -> int:
    """How many rows there are, counted up to one more than COUNTED_TO."""
    return int(among.order_by()[: COUNTED_TO + 1].count())


# --- Views that people keep -----------------------------------------------------------------------


def views_of(user: User, key: str) -> list[SavedView]:
    """What somebody keeps of a list, by name."""
    return list(SavedView.objects.filter(user=user, list=key))


def own_view(user: User, pk: int) -> SavedView | None:
    """A view by its key; None where it is not theirs."""
    return SavedView.objects.filter(user=user, pk=pk).first()


SPACES = re.compile(r"\s+")


def plain_name(name: str) -> str:
    """A name without blanks at its ends or in rows."""
    return SPACES.sub(" ", name).strip()
