"""What a list is made of: filters, sorts, columns and a search, declared once; every page of a list is made of that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce
from django_stubs_ext import StrPromise as _StrPromise

from apps.accounts.models import Membership
from apps.core.exports import Table
from apps.workflow.editions import EDITIONS, SECTORAL_SCOPES
from apps.workflow.table import Procedure

Words = str | _StrPromise
Rows = QuerySet[Any]
# A value as an address has it, and what it is called.
Offer = tuple[str, Words]
FIRST_DAY = date(1, 1, 1)
# Of what a list is sorted by: each can be written into an address and read back.
Sortable = type[int] | type[str] | type[date] | type[datetime]


@dataclass(frozen=True, slots=True)
class Choice:
    """Rows that fit one of several values; `any_of` is what the list says when none is chosen.

    `choices` gives value and label; without them, the list's `offers` do.
    """

    key: str
    label: Words
    any_of: Words
    narrow: Callable[[Rows, str], Rows]
    choices: Callable[[], Iterable[Offer]] | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Rows with a day in a span, first and last day counted, either of which may be left open; `by` is the column."""

    key: str
    first: Words
    last: Words
    by: str


Filter = Choice | Span


@dataclass(frozen=True, slots=True)
class Sort:
    """An order of a list; rows that are alike in it follow each other by their keys.

    `by` is a column, or an expression, that is never null, of the type `of`; `label` says its own direction.
    """

    key: str
    label: Words
    by: Any
    of: Sortable
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the page; one with a `sort` is a link that sorts by it."""

    key: str
    head: Words
    sort: str = ""


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list: `visible` gives a reader all rows that it may ever show them, and nothing here shows more.

    `rows` dresses the rows of a page in a fixed number of queries; `table` makes of dressed rows what is exported;
    `counted` says a number of them ("3 projects"); `empty` is said where there is nothing at all.
    """

    key: str
    # The name of the address of its page.
    address: str
    title: Words
    visible: Callable[[Membership | None], Rows]
    rows: Callable[[Sequence[Any], Membership | None], list[dict[str, Any]]]
    table: Callable[[Iterable[Mapping[str, Any]]], Table]
    counted: Callable[[int], str]
    empty: Words
    columns: Sequence[Column]
    sorts: Sequence[Sort]
    filters: Sequence[Filter] = ()
    # What choices offer that is read from the database, by their keys: never more than the reader may know of.
    offers: Callable[[Membership | None], Mapping[str, Sequence[Offer]]] | None = None
    # What its entries are searched under, and what the field of the search says.
    searched: str = ""
    search: Words = ""
    # How many filters stand in sight; the others are behind "More filters".
    in_sight: int = 1
    by_key: Mapping[str, Sort] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_key", {one.key: one for one in self.sorts})

    def sort(self, name: str) -> tuple[Sort, bool] | None:
        """A sort as an address names it, and whether it descends; `-key` turns it round. None where there is none."""
        found = self.by_key.get(name.removeprefix("-")) if name else self.sorts[0]
        if found is None or name.startswith("--"):
            return None
        return found, found.descending != name.startswith("-")


# --- What several lists say alike -----------------------------------------------------------------


def equals(column: str) -> Callable[[Rows, str], Rows]:
    """Rows whose column holds the value that was chosen."""
    return lambda among, value: among.filter(**{column: value})


def day_or_first(column: str) -> Coalesce:
    """To sort by a day that some rows do not have: these count as the earliest."""
    return Coalesce(F(column), Value(FIRST_DAY))


def states_of(procedure: Procedure) -> Callable[[], Iterable[Offer]]:
    """The states of a procedure, in the rulebook's words."""
    return lambda: [(state.value, state.label) for state in procedure.states]


def editions_of(procedure: Procedure) -> Callable[[], Iterable[Offer]]:
    """The editions of the rules that know a procedure."""
    return lambda: [(key, EDITIONS[key].title) for key in procedure.tables]


def scopes() -> Iterable[Offer]:
    """The sectoral scopes by number and name."""
    return [(str(number), f"{number} {name}") for number, name in SECTORAL_SCOPES]


# --- What is declared -----------------------------------------------------------------------------

_declared: dict[str, ListOf] = {}


def declare_list(one: ListOf) -> ListOf:
    """Make a list known by its key, so that people can keep views of it. Raises ValueError for a key that is taken."""
    if _declared.setdefault(one.key, one) is not one:
        raise ValueError(f"the list {one.key} is declared twice")
    return one


def declared_list(key: str) -> ListOf | None:
    """A list by its key, as far as its views are loaded."""
    return _declared.get(key)
