"""What only steps about calculations ask for: a declaration, and the items and values that a project fixes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django import forms
from django.utils import translation
from django.utils.translation import gettext as _

from apps.monitoring.declared import method_in, method_of
from apps.monitoring.methods import BY_KEY
from apps.workflow.inputs import Input, storable

MOST_LINES, LONGEST = 500, 200
ITEM_LINE = ("methodology", "item")
VALUE_LINE = (*ITEM_LINE, "symbol", "value")
YEAR = re.compile(r"[12]\d{3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class DeclarationText(Input):
    """Parameters and formulas of a methodology: the name of a model of this site, or a declaration as JSON or as data.

    Kept whole, so that what was agreed is calculated by, whatever this site declares later. Source: rules 4.2, 4.12.
    """

    kind: ClassVar[str] = "declaration"

    def clean(self, raw: Any) -> dict[str, Any]:
        method = method_in(raw) if isinstance(raw, str) else method_of(raw)
        with translation.override(None):
            return method.record()

    def words(self, value: dict[str, Any]) -> str:
        method = method_of(value)
        return f"{method.title} (SHA-256 {method.digest[:12]}…)"

    def form_field(self) -> forms.Field:
        text = _("A model of this site (%(models)s), or a declaration as JSON.") % {
            "models": ", ".join(f"`{one}`" for one in BY_KEY)
        }
        return self.lines_field(14, text)


@dataclass(frozen=True, slots=True)
class FixedLine:
    """One line: an item of a methodology, or a value that is fixed, of an item where `item` is not empty."""

    methodology: str
    item: str
    symbol: str = ""
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class FixedValues(Input):
    """The items of a project and the values that are fixed for it: lists of four texts, or text with one a line.

    A line is methodology; item; symbol; value, the item empty where the value is not of one; methodology; item alone
    names an item that has no value of its own. Source: rules 4.2, 5.4.
    """

    kind: ClassVar[str] = "fixed_values"

    def clean(self, raw: Any) -> list[FixedLine]:
        lines = raw.splitlines() if isinstance(raw, str) else raw
        if not isinstance(lines, list | tuple) or len(lines) > MOST_LINES:
            raise ValueError(_("this is not a list of values; write one per line: methodology; item; symbol; value"))
        return list(_fixed_lines(lines))

    def dump(self, value: list[FixedLine]) -> list[list[str]]:
        return [_parts(one) for one in value]

    def words(self, value: list[FixedLine]) -> str:
        return "\n".join("; ".join(_parts(one)) for one in value)

    def form_field(self) -> forms.Field:
        text = _(
            "One value per line: methodology; item; symbol; value, for example `IN_AM001 Ver1.0; roof 1; EF_elec; 0.716`."
            " Leave the item empty where the value is of none. An item without values of its own: methodology; item."
        )
        return self.lines_field(6, text)


def _parts(one: FixedLine) -> list[str]:
    value = [] if one.value is None else [one.symbol, f"{one.value:f}"]
    return [one.methodology, one.item, *value]


def _fixed_lines(lines: list[Any] | tuple[Any, ...]) -> Iterator[FixedLine]:
    for number, line in enumerate(lines, start=1):
        parts = [part.strip() for part in (line.split(";") if isinstance(line, str) else map(str, line))]
        if any(parts):
            yield _fixed_line(number, parts)


def _fixed_line(number: int, parts: list[str]) -> FixedLine:
    if any(len(part) > LONGEST or not storable(part) for part in parts) or not parts[0]:
        raise ValueError(_("line %(number)s: begin with the methodology, such as IN_AM001 Ver1.0") % {"number": number})
    if len(parts) == len(ITEM_LINE) and parts[1]:
        return FixedLine(parts[0], parts[1])
    if len(parts) != len(VALUE_LINE) or not parts[2]:
        raise ValueError(_("line %(number)s: write methodology; item; symbol; value") % {"number": number})
    try:
        value = Decimal(parts[3])
    except InvalidOperation:
        value = Decimal("nan")
    if not value.is_finite():
        text = _("line %(number)s: %(symbol)s has no value; write a number with a point before its decimals")
        raise ValueError(text % {"number": number, "symbol": parts[2]})
    return FixedLine(parts[0], parts[1], parts[2], value)


def is_of(line: FixedLine, version: str) -> bool:
    """Whether a line is of a version such as `IN_AM001 Ver1.0`; its number alone is enough."""
    said = line.methodology.casefold()
    return said in {version.casefold(), version.casefold().partition(" ")[0]}


def fixed_of(version: str, lines: Iterable[FixedLine]) -> tuple[tuple[str, ...], dict[tuple[str, str], Decimal]]:
    """The items, in their order, and the values by symbol and item that lines give for a version."""
    own = [line for line in lines if is_of(line, version)]
    items = tuple(dict.fromkeys(line.item for line in own if line.item))
    return items, {(line.symbol, line.item): line.value for line in own if line.value is not None}


@dataclass(frozen=True, slots=True)
class Explanations(Input):
    """Why figures of calendar years differ: a mapping, or text with one `2027: reason` a line. Source: rules 4.12."""

    kind: ClassVar[str] = "explanations"

    def clean(self, raw: Any) -> dict[int, str]:
        pairs = _explained(raw.splitlines()) if isinstance(raw, str) else raw.items() if isinstance(raw, Mapping) else [("", "")]
        found = {}
        for year, words in pairs:
            text = str(year).strip()
            if not YEAR.fullmatch(text) or int(text) in found:
                raise ValueError(_("write each year once, with a colon and the reason, such as `2027: the meter was exchanged`"))
            found[int(text)] = str(words).strip()
        return dict(sorted(found.items()))

    def dump(self, value: dict[int, str]) -> dict[str, str]:
        return {str(year): words for year, words in value.items()}

    def words(self, value: dict[int, str]) -> str:
        return "\n".join(f"{year}: {words}" for year, words in value.items())

    def form_field(self) -> forms.Field:
        text = _("Only where figures differ: one year per line, such as `2027: the meter was exchanged in May, see section 4`.")
        return self.lines_field(3, text)


def _explained(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        if line.strip():
            year, _colon, words = line.partition(":")
            yield year, words
