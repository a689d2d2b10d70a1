"""A page of a list: its rows, what narrows it, how it is sorted, its neighbours, and the views that the reader keeps of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from apps.accounts.middleware import ActingRequest
from apps.accounts.models import User
from apps.core.templatetags.gazette import grouped
from apps.lists.declaration import Column, ListOf, Rows, Sort, Words
from apps.lists.models import SavedView
from apps.lists.pages.filtering import SORT, Applied, FilterForm, applied, canonical, form_of, narrowed
from apps.lists.pages.places import AFTER, BEFORE, NoPlace, place_of, written
from apps.lists.selectors import COUNTED_TO, Part, Place, count_of, part_of, views_of

# How many rows a page has.
SIZE = 25
VIEW, ALL = "view", "all"


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: `turned` says which way the list is sorted by it, `url` sorts by it, or the other way."""

    head: Words
    url: str = ""
    turned: str = ""


@dataclass
class Listing:
    """What was asked of a list by somebody, and what is shown of it."""

    one: ListOf
    request: ActingRequest
    form: FilterForm
    asked: Mapping[str, str]
    given: Mapping[str, Any]
    sort: Sort
    descending: bool
    place: Place | None
    views: Sequence[SavedView]
    view: SavedView | None
    # What a kept view asks for and this list does not know any more.
    lapsed: Sequence[str]
    # How many rows there are for this reader, where the heading of the page says it.
    all_there: int | None = None

    @property
    def is_understood(self) -> bool:
        return not self.form.errors

    @cached_property
    def known(self) -> Rows:
        """All rows that the reader may know of."""
        return self.one.visible(self.request.membership)

    @cached_property
    def among(self) -> Rows:
        """Those of them that fit."""
        return narrowed(self.one, self.known, self.given)

    @cached_property
    def part(self) -> Part:
        return part_of(self.among, self.sort, descending=self.descending, size=SIZE, place=self.place)

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        return self.one.rows(self.part.rows, self.request.membership)

    # --- In words ---------------------------------------------------------------------------------

    @cached_property
    def applied(self) -> list[Applied]:
        return applied(self.one, self.form, self.given)

    @property
    def removals(self) -> list[tuple[Applied, str]]:
        """What narrows the list, each with the address of the list without it."""
        return [(one, self.url(dict.fromkeys(one.keys, ""))) for one in self.applied]

    @cached_property
    def count(self) -> int:
        """How many rows fit; counted no further than to a thousand, and not anew where the heading has it."""
        return count_of(self.among) if self.all_there is None else self.all_there

    @property
    def found(self) -> str:
        """How many rows fit, in words; empty where the heading says it."""
        if self.all_there is not None:
            return ""
        if self.count > COUNTED_TO:
            return _("More than %(rows)s") % {"rows": self.one.counted(COUNTED_TO)}
        return self.one.counted(self.count)

    @property
    def shown(self) -> str:
        """Which of the rows the page shows; empty on the pages between the first and the last, whose place nobody counts."""
        if (self.all_there is None and self.count > COUNTED_TO) or not self.part.rows:
            return ""
        if self.place is None:
            first = 1
        elif self.part.after is None:
            first = self.count - len(self.part.rows) + 1
        else:
            return ""
        words = {"first": first, "last": first + len(self.part.rows) - 1, "total": self.count}
        return _("%(first)s to %(last)s of %(total)s") % {name: grouped(number) for name, number in words.items()}

    # --- Addresses --------------------------------------------------------------------------------

    def url(self, changes: Mapping[str, str], path: str | None = None) -> str:
        """The address of the same list with something else asked; nothing of the present page."""
        asked = {key: value for key, value in {**self.asked, **changes}.items() if value}
        base = self.request.path if path is None else path
        # Whoever has a view that is shown first asks for the whole list in words.
        if not asked and any(view.is_default for view in self.views):
            asked = {VIEW: ALL}
        return f"{base}?{urlencode(asked)}" if asked else base

    @property
    def all_url(self) -> str:
        return self.url(dict.fromkeys(self.asked, ""))

    @property
    def first_url(self) -> str:
        return self.url({})

    @property
    def before_url(self) -> str:
        return self.url({BEFORE: written(self.part.before)}) if self.part.before else ""

    @property
    def after_url(self) -> str:
        return self.url({AFTER: written(self.part.after)}) if self.part.after else ""

    @property
    def query(self) -> str:
        """What is asked, as a kept view keeps it and as the tables are asked for."""
        return urlencode(self.asked)

    @cached_property
    def heads(self) -> dict[str, Head]:
        """The head of each column."""
        return {column.key: self._head(column) for column in self.one.columns}

    def _head(self, column: Column) -> Head:
        if not column.sort:
            return Head(column.head)
        is_here = column.sort == self.sort.key
        turned = ("descending" if self.descending else "ascending") if is_here else ""
        natural = self.one.by_key[column.sort].descending == self.descending
        return Head(column.head, self.url({SORT: f"-{column.sort}" if is_here and natural else column.sort}), turned)

    @property
    def keeps_views(self) -> bool:
        return isinstance(self.request.user, User)

    @property
    def is_kept(self) -> bool:
        """Whether what is asked is one of the reader's views already."""
        return any(view.asked == self.query for view in self.views)


def listing_for(request: ActingRequest, one: ListOf) -> Listing:
    """What a request asks of a list: its own words, or those of a view that the reader keeps."""
    views = views_of(request.user, one.key) if isinstance(request.user, User) else []
    view = _view_asked(request, views)
    said: Mapping[str, str] = dict(parse_qsl(view.asked)) if view else request.GET.dict()
    form = form_of(one, said, request.membership)
    lapsed = _lapsed(form, said) if view else []
    if lapsed:
        said = {key: value for key, value in said.items() if key not in lapsed}
        form = form_of(one, said, request.membership)
    given = form.cleaned_data if form.is_valid() else {}
    sort, descending = one.sort(given.get(SORT, "")) or (one.sorts[0], one.sorts[0].descending)
    asked = canonical(form, said)
    return Listing(one, request, form, asked, given, sort, descending, _place(request, form, sort), views, view, lapsed)


def _place(request: ActingRequest, form: FilterForm, sort: Sort) -> Place | None:
    try:
        return place_of(sort, after=request.GET.get(AFTER, ""), before=request.GET.get(BEFORE, ""))
    except NoPlace:
        form.add_error(None, _("This page of the list cannot be found; begin again with its first page"))
        return None


def _view_asked(request: ActingRequest, views: Iterable[SavedView]) -> SavedView | None:
    """The view that is asked for by its key; where nothing is asked at all, the one that is shown first."""
    asked = request.GET.get(VIEW, "")
    if asked.isascii() and asked.isdecimal():
        return next((one for one in views if str(one.pk) == asked), None)
    return None if request.GET else next((one for one in views if one.is_default), None)


def _lapsed(form: FilterForm, said: Mapping[str, str]) -> list[str]:
    """What a kept view asks for that the list does not know, or does not offer, any more."""
    return [key for key in said if key not in form.fields or key in form.errors]


# How many rows there are for the reader (None: not counted), and what the page is headed by.
Heading = Callable[[], tuple[int | None, str]]


def list_page(request: ActingRequest, one: ListOf, template: str, *, heading: Heading | None = None, **more: Any) -> HttpResponse:
    """The page of a list. What is not understood, and a page that is none, answers 422 and narrows nothing.

    `heading` is asked only while nothing narrows the list.
    """
    found, said = listing_for(request, one), str(one.title)
    if heading and not found.applied:
        found.all_there, said = heading()
    context = {"listing": found, "filter": found.form, "form": found.form, "heading": said, **more}
    return render(request, template, context, status=200 if found.is_understood else 422)
