"""The form above a list: what was asked, what of it is understood, and in which words it is said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.accounts.models import Membership
from apps.core.templatetags.gazette import day_words
from apps.lists.declaration import Choice, Filter, ListOf, Offer, Rows, Span, Words
from apps.lists.selectors import searched_for

TEXT, SORT = "text", "sort"
LONGEST_TEXT = 100
FIRST, LAST = "_from", "_to"


class FilterForm(forms.Form):
    """Every field may stay empty; what is not understood is told beside the field, and then nothing is narrowed."""

    # How many fields stand in sight; the others are behind a disclosure.
    in_sight = 0

    @property
    def first_fields(self) -> list[forms.BoundField]:
        return self.visible_fields()[: self.in_sight]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        return self.visible_fields()[self.in_sight :]

    @property
    def more_is_open(self) -> bool:
        """Whether something is asked for, or wrong, behind the disclosure."""
        return any(field.errors or field.value() for field in self.more_fields)


def form_of(one: ListOf, asked: Mapping[str, Any], reader: Membership | None) -> FilterForm:
    """The form of a list with what was asked."""
    form = FilterForm(asked)
    form.in_sight = one.in_sight + bool(one.searched)
    form.fields.update(dict(_fields(one, reader)))
    form.fields[SORT] = _sort_field(one, str(asked.get(SORT, "")))
    return form


def _fields(one: ListOf, reader: Membership | None) -> Iterator[tuple[str, forms.Field]]:
    if one.searched:
        yield TEXT, forms.CharField(label=one.search, required=False, max_length=LONGEST_TEXT)
    offers = one.offers(reader) if one.offers else {}
    for each in one.filters:
        yield from _fields_of(each, offers)


def _fields_of(one: Filter, offers: Mapping[str, Sequence[Offer]]) -> Iterator[tuple[str, forms.Field]]:
    if isinstance(one, Choice):
        wrong = {"invalid_choice": gettext_lazy("Choose one of the list")}
        choices = [("", one.any_of), *(one.choices() if one.choices else offers.get(one.key, ()))]
        yield one.key, forms.ChoiceField(label=one.label, required=False, choices=choices, error_messages=wrong)
    else:
        yield f"{one.key}{FIRST}", _day_field(one.first)
        yield f"{one.key}{LAST}", _day_field(one.last)


def _sort_field(one: ListOf, asked: str) -> forms.ChoiceField:
    """Each order in its own direction; turned round by the heads of columns, of which the one that is asked for is named."""
    first, *others = one.sorts
    choices = [("", first.label), *((each.key, each.label) for each in others)]
    if asked.startswith("-") and (found := one.sort(asked)):
        choices.append((asked, _("%(order)s, turned round") % {"order": found[0].label}))
    elif asked == first.key:
        choices[0] = (asked, first.label)
    wrong = {"invalid_choice": gettext_lazy("This list is not sorted by that; choose one of the list")}
    return forms.ChoiceField(label=_("Sorted by"), required=False, choices=choices, error_messages=wrong)


def _day_field(label: Words) -> forms.Field:
    wrong = {"invalid": gettext_lazy("Enter the day as year-month-day, for example 2029-03-27")}
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, input_formats=["%Y-%m-%d"], error_messages=wrong)


# --- What is asked --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Applied:
    """One thing that a list is narrowed by, in words; `keys` are the parts of the address that ask for it."""

    label: Words
    words: Words
    keys: tuple[str, ...]


def narrowed(one: ListOf, among: Rows, given: Mapping[str, Any]) -> Rows:
    """The rows that fit what was asked and understood."""
    if text := given.get(TEXT, "").strip():
        among = searched_for(among, one.searched, text)
    for each in one.filters:
        among = _narrowed_by(each, among, given)
    return among


def _narrowed_by(one: Filter, among: Rows, given: Mapping[str, Any]) -> Rows:
    if isinstance(one, Span):
        first, last = given.get(f"{one.key}{FIRST}"), given.get(f"{one.key}{LAST}")
        among = among.filter(**{f"{one.by}__gte": first}) if first else among
        return among.filter(**{f"{one.by}__lte": last}) if last else among
    if not given.get(one.key):
        return among
    return one.narrow(among, given[one.key])


def applied(one: ListOf, form: FilterForm, given: Mapping[str, Any]) -> list[Applied]:
    """What the list is narrowed by, in the order of its fields."""
    found = [Applied(_("Searched for"), _("“%(text)s”") % {"text": given[TEXT]}, (TEXT,))] if given.get(TEXT) else []
    for each in one.filters:
        found += _applied_of(each, form, given)
    return found


def _applied_of(one: Filter, form: FilterForm, given: Mapping[str, Any]) -> Iterator[Applied]:
    if isinstance(one, Span):
        for key, label in ((f"{one.key}{FIRST}", one.first), (f"{one.key}{LAST}", one.last)):
            day = given.get(key)
            if isinstance(day, date):
                yield Applied(label, day_words(day, "short"), (key,))
    elif value := given.get(one.key):
        field: Any = form.fields[one.key]
        yield Applied(one.label, dict(field.choices)[value], (one.key,))


def canonical(form: FilterForm, asked: Mapping[str, Any]) -> dict[str, str]:
    """Of what was asked, what this list understands and what is not empty: the address under which the same is asked again."""
    understood = [key for key in form.fields if key not in form.errors]
    return {key: text for key in understood if (text := str(asked.get(key, "")).strip())}
