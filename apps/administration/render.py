"""A value as a list or a page of the administration shows it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.admin import ModelAdmin
from django.db.models import Field, Model
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.quantities import TonnesField
from apps.core.templatetags.gazette import day_words, grouped

# What columns are called that have no name of their own for people.
HEADS: dict[str, str | Promise] = {
    "acted_at": gettext_lazy("acted"),
    "effective_on": gettext_lazy("with effect from"),
    "recorded_at": gettext_lazy("recorded"),
    "version": gettext_lazy("act of the file"),
    "clause": gettext_lazy("rule"),
    "rehearsed": gettext_lazy("sample or replay"),
    "act_id": gettext_lazy("key of the act"),
    "due_at": gettext_lazy("due"),
    "closed_at": gettext_lazy("no longer running since"),
    "by_clock": gettext_lazy("by the system"),
    "opened_by": gettext_lazy("opened by the act"),
    "rule": gettext_lazy("parameter of the edition"),
    "subscriber": gettext_lazy("for whom"),
    "attempts": gettext_lazy("times tried"),
    "delivered_at": gettext_lazy("handed over"),
    "received_at": gettext_lazy("handed in"),
    "done_at": gettext_lazy("checked"),
    "looked_at": gettext_lazy("looked at again"),
    "fault": gettext_lazy("found"),
    "job": gettext_lazy("job"),
    "beat_at": gettext_lazy("last ended"),
    "series": gettext_lazy("series"),
    "number": gettext_lazy("number"),
    "organisation": gettext_lazy("organisation"),
}
SIDES = frozenset({"side", "proposed_by_side", "objecting_side", "proposing_side"})


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with the way in which it is shown: text, day, moment, due, side, number, hash, status or link.

    `more` is a second line, or for a status its kind, or for a link its address.
    """

    value: Any
    kind: str = "text"
    more: str = ""


NONE = Cell("–")


def cell(of: ModelAdmin[Any], row: Model, name: str) -> Cell:
    """One value of a row: the field of that name, else what the list itself makes of it."""
    field = next((one for one in row._meta.fields if one.name == name), None)
    if field is not None:
        return _of_field(field, row, getattr(row, name))
    making = getattr(of, name, None)
    value = making(row) if callable(making) else getattr(row, name)
    return value if isinstance(value, Cell) else shown(value)


def _of_field(field: Field[Any, Any], row: Model, value: Any) -> Cell:
    if field.name in SIDES:
        return Cell(value, "side") if value else NONE
    if field.choices:
        return shown(getattr(row, f"get_{field.name}_display")())
    if isinstance(getattr(field, "output_field", field), TonnesField) and value is not None:
        return Cell(grouped(value), "number")
    return Cell(value, "hash") if field.name == "sha256" else shown(value)


def shown(value: Any) -> Cell:
    """Any value by its type."""
    if value is None or value == "":
        return NONE
    if isinstance(value, bool):
        return Cell(_("yes") if value else _("no"))
    if isinstance(value, datetime):
        return Cell(value, "moment")
    if isinstance(value, date):
        return Cell(value, "day")
    if isinstance(value, dict | list):
        return Cell(plain(value))
    return Cell(str(value))


def plain(value: Any) -> str:
    """Data as one line of text."""
    if isinstance(value, list) and all(isinstance(one, str | int) for one in value):
        return _(", ").join(map(str, value)) or "–"
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def head(of: ModelAdmin[Any], name: str) -> str:
    """What a column is called."""
    field = next((one for one in of.opts.fields if one.name == name), None)
    nameless = name.replace("_", " ")
    named = field.verbose_name if field else getattr(getattr(of, name, None), "short_description", nameless)
    return capfirst(str(HEADS.get(name, named) if str(named) == nameless else named))


def details(of: ModelAdmin[Any], row: Model, names: Iterable[str]) -> list[tuple[str, Cell]]:
    """Some values of a row with their names."""
    return [(head(of, name), cell(of, row, name)) for name in names]


def changes_of(before: dict[str, Any], after: dict[str, Any]) -> str:
    """What an edit changed, in one line: "name: A -> B"."""
    text = _("%(name)s: %(before)s → %(after)s")
    told = (text % {"name": name, "before": _told(before.get(name)), "after": _told(value)} for name, value in after.items())
    return _("; ").join(told)


def _told(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return plain(value) if isinstance(value, list) else str(value)


def span(first: date, last: date) -> str:
    """Two days, both counted."""
    return _("%(first)s to %(last)s") % {"first": day_words(first, "short"), "last": day_words(last, "short")}
