"""Declarations as data: read back from a record, or from the text that a secretariat proposes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from apps.monitoring.declaration import PARTS, Fixed, Formula, Measured, Method
from apps.monitoring.expressions import Refused
from apps.monitoring.kinds import Frequency, Gas, Option
from apps.monitoring.methods import BY_KEY
from apps.monitoring.units import Unsound

KEY = re.compile(r"[a-z0-9_]+", re.ASCII)
LONGEST_KEY, LONGEST_WORDS, MOST_DECLARED, MOST_CHARACTERS = 40, 300, 60, 40_000
Declared: TypeAlias = type[Measured] | type[Fixed] | type[Formula]
OF_PART: Mapping[str, Declared] = {"measured": Measured, "fixed": Fixed, "formulas": Formula}
WORDS: Mapping[str, type[TextChoices]] = {"option": Option, "frequency": Frequency, "every": Frequency}
NUMBERS = ("at_most", "default")
OWN = {"key", "title", "gases", *PARTS}


def method_of(record: Any) -> Method:
    """The methodology that a record declares. Raises Unsound, with a sentence for people, where it declares none."""
    given = _mapping(record, OWN, _("the declaration"))
    declared = {part: tuple(_each(given[part], part)) for part in PARTS}
    key, title = (_words(given[name], name) for name in ("key", "title"))
    if len(key) > LONGEST_KEY:
        raise Unsound(_("%(field)s has at most %(most)s characters") % {"field": "`key`", "most": LONGEST_KEY})
    if not KEY.fullmatch(key):
        raise Unsound(_("%(field)s: write small letters, digits and _ only") % {"field": "`key`"})
    gases = tuple(_one_of(Gas, one, "gases") for one in _list(given["gases"], "gases"))
    try:
        return Method(key=key, title=title, gases=gases, **declared)
    except Refused as error:
        raise Unsound(str(error)) from error


def method_in(text: str) -> Method:
    """The methodology that a text declares: the name of a model of this site, or a declaration as JSON. Raises Unsound."""
    if (model := BY_KEY.get(text.strip())) is not None:
        return model
    if len(text) > MOST_CHARACTERS:
        raise Unsound(_("%(field)s has at most %(most)s characters") % {"field": _("the declaration"), "most": MOST_CHARACTERS})
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unsound(_("this is neither the name of a model nor a declaration as JSON")) from error
    return method_of(record)


def as_known(method: Method) -> Method:
    """The same methodology with the texts of this site, in the reader's language, where it is one of its models."""
    model = BY_KEY.get(method.key)
    return model if model is not None and model.digest == method.digest else method


def _each(given: Any, part: str) -> list[Any]:
    found = _list(given, part)
    kind = OF_PART[part]
    return [_declared(kind, one, f"{part} {number}") for number, one in enumerate(found, start=1)]


def _declared(kind: Declared, given: Any, place: str) -> Any:
    """One parameter or formula. What may be left out has its default."""
    known: dict[str, Field[Any]] = {one.name: one for one in fields(kind)}
    needed = {name for name, one in known.items() if one.default is MISSING}
    said = _mapping(given, needed, place, set(known))
    return kind(**{name: _value(name, value, f"{place}, {name}") for name, value in said.items()})


def _value(name: str, value: Any, place: str) -> Any:
    if name in WORDS:
        return _one_of(WORDS[name], value, place)
    if name in NUMBERS:
        return None if value is None else _number(value, place)
    if name == "adds_up":
        return _yes_or_no(value, place)
    return _words(value, place)


def _mapping(given: Any, needed: set[str], place: str, known: set[str] | None = None) -> Mapping[str, Any]:
    if not isinstance(given, dict):
        raise Unsound(_("%(place)s: write names with their values in braces") % {"place": place})
    if strangers := sorted(set(given) - (known or needed)):
        raise Unsound(_("%(place)s: “%(name)s” is not asked for") % {"place": place, "name": strangers[0]})
    if missing := sorted(needed - set(given)):
        raise Unsound(_("%(place)s: “%(name)s” is missing") % {"place": place, "name": missing[0]})
    return given


def _list(given: Any, place: str) -> list[Any]:
    if not isinstance(given, list) or len(given) > MOST_DECLARED:
        raise Unsound(_("%(place)s: write a list of at most %(most)s") % {"place": place, "most": MOST_DECLARED})
    return given


def _words(given: Any, place: str) -> str:
    if not isinstance(given, str) or not given.strip() or len(given) > LONGEST_WORDS or not given.isprintable():
        raise Unsound(_("%(place)s: write a text of at most %(most)s characters") % {"place": place, "most": LONGEST_WORDS})
    return given.strip()


def _one_of(kind: type[TextChoices], given: Any, place: str) -> Any:
    if given not in kind.values:
        said = {"place": place, "value": repr(given), "allowed": ", ".join(kind.values)}
        raise Unsound(_("%(place)s: %(value)s is none of %(allowed)s") % said)
    return kind(given)


def _number(given: Any, place: str) -> Decimal:
    try:
        found = Decimal(given) if isinstance(given, str) else Decimal("nan")
    except InvalidOperation:
        found = Decimal("nan")
    if not found.is_finite() or found < 0:
        raise Unsound(_("%(place)s: write a number from 0 as a text, such as “0.95”") % {"place": place})
    return found


def _yes_or_no(given: Any, place: str) -> bool:
    if not isinstance(given, bool):
        raise Unsound(_("%(place)s: write `true` or `false`") % {"place": place})
    return given
