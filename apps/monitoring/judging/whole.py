"""Whether sheets can be made of what was asked for."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.core.errors import Problem
from apps.monitoring.declaration import Method
from apps.monitoring.template import LONGEST_ITEM, MOST_DIGITS, MOST_ITEMS, Fixing, Template, to_fix, wrong, wrong_fixed

TEXTS = {
    ("first_on", "early"): _("a spreadsheet knows no day before 1901; correct the first monitored day"),
    ("last_on", "order"): _("the last monitored day is before the first; correct one of them"),
    ("last_on", "long"): _("the monitored period is longer than twelve years; make several files"),
    ("reference", "empty"): _("the project has no reference number yet; take the file once it has one"),
    ("items", "number"): _(
        "this methodology has from 1 to %(items)s items, or none where no value is of an item; correct their number"
    ),
    ("items", "twice"): _("two items have the same name; name each item once"),
    ("items", "name"): _("name each item in at most %(length)s letters, digits, spaces and . , : / ( ) # & ' -; no other signs"),
    ("values", "missing"): _("give each value that the project fixed, and no other"),
    ("values", "number"): _("a fixed value is a number of at most %(digits)s digits that is not negative; correct it"),
}


def template_is_whole(template: Template) -> list[Problem]:
    """MON-01: what keeps sheets from being made, each with its field."""
    said = {"items": MOST_ITEMS, "length": LONGEST_ITEM, "digits": MOST_DIGITS}
    return [Problem("MON-01", _text(field, reason) % said, field) for field, reason in wrong(template)]


def fixed_is_whole(method: Method, items: tuple[str, ...], values: Fixing) -> list[str]:
    """What is wrong with the items and the values that a project fixes for a methodology, in words. Source: rules 4.2, 5.4."""
    said = {"items": MOST_ITEMS, "length": LONGEST_ITEM, "digits": MOST_DIGITS}
    found = [_text(field, reason) % said for field, reason in wrong_fixed(method, items, values) if reason != "missing"]
    asked = to_fix(method, items)
    lacking = [_place(key) for key in asked if key not in values]
    strange = [_place(key) for key in values if key not in asked]
    found += [gettext("no value is given for %(places)s") % {"places": gettext(", ").join(lacking)}] if lacking else []
    return found + ([gettext("%(places)s: not to be fixed") % {"places": gettext(", ").join(strange)}] if strange else [])


def _place(key: tuple[str, str]) -> str:
    symbol, item = key
    return f"{symbol} ({item})" if item else symbol


def _text(field: str, reason: str) -> str:
    return str(TEXTS[field, reason])
