"""What only the steps of a round ask for: tonnes by calendar year, by holder, and by account."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _

from apps.accounts.render import side_name
from apps.accounts.roles import Side
from apps.core.templatetags.gazette import grouped, tonnes_words
from apps.issuance.kinds import Amount
from apps.projects.kinds import GOVERNMENT
from apps.registry.kinds import Part
from apps.workflow.inputs import MOST_TONNES, Input, storable, whole

YEAR = re.compile(r"[12]\d{3}", re.ASCII)
MOST_LINES, LONGEST_NAME = 500, 200
PARTS_OF_AMOUNT = ("year", "side", "holder", "tonnes")


@dataclass(frozen=True, slots=True)
class Parts(Input):
    """Numbers of registry accounts, each with the whole tonnes that it receives.

    As pairs, as a mapping, or as text with one "account: tonnes" per line. Source: rules 4.13.
    """

    kind: ClassVar[str] = "parts"

    def clean(self, raw: Any) -> list[Part]:
        pairs = _lines(raw) if isinstance(raw, str) else list(raw.items()) if isinstance(raw, Mapping) else raw
        try:
            return [(_number(getattr(account, "pk", account)), _number(tonnes)) for account, tonnes in pairs]
        except (TypeError, ValueError):
            raise ValueError(
                _("%(value)s is not a list of accounts with their tonnes; write one per line, such as 12: 4000")
                % {"value": repr(raw)}
            ) from None

    def dump(self, value: list[Part]) -> list[list[int]]:
        return [list(part) for part in value]

    def form_field(self) -> forms.Field:
        return forms.CharField(label=self.label, required=self.required, widget=forms.Textarea(attrs={"rows": 3}))


@dataclass(frozen=True, slots=True)
class TonnesByYear(Input):
    """Whole tonnes of calendar years: a mapping, pairs, or text with one "2024: 1200" per line. Source: rules 4.12, 5.7."""

    kind: ClassVar[str] = "tonnes_by_year"

    def clean(self, raw: Any) -> dict[int, int]:
        pairs = _lines(raw) if isinstance(raw, str) else list(raw.items()) if isinstance(raw, Mapping) else raw
        try:
            years = [(_year(year), _number(tonnes)) for year, tonnes in pairs]
        except (TypeError, ValueError):
            text = _("%(value)s is not a list of years with whole tonnes; write one per line, such as 2024: 1200")
            raise ValueError(text % {"value": repr(raw)}) from None
        if len(dict(years)) < len(years):
            raise ValueError(_("a year is named twice; add its tonnes up"))
        return dict(sorted(years))

    def dump(self, value: dict[int, int]) -> dict[str, int]:
        return {str(year): tonnes for year, tonnes in value.items()}

    def words(self, value: dict[int, int]) -> str:
        return "\n".join(f"{year}: {grouped(tonnes)}" for year, tonnes in value.items())

    def form_field(self) -> forms.Field:
        form = _("One calendar year per line, for example 2024: 1200. May stay empty for a period within one year.")
        return self.lines_field(3, form)


@dataclass(frozen=True, slots=True)
class Amounts(Input):
    """The amounts of a decision, each with `year` (may be empty), `side`, `holder` and `tonnes`: a list of mappings.

    As text, one amount per line with these parts in this order, parted by semicolons; a line of three parts
    names no year. The holder is `government`, or a participant by name or number. Source: rules 4.13,
    awkward case 12.
    """

    kind: ClassVar[str] = "amounts"

    def clean(self, raw: Any) -> list[Amount]:
        found = _split(raw) if isinstance(raw, str) else raw
        if not isinstance(found, list | tuple) or len(found) > MOST_LINES:
            raise ValueError(_("this is not a list of amounts; write one per line, such as `2024; host; government; 1200`"))
        return [_amount(number, one) for number, one in enumerate(found, start=1)]

    def dump(self, value: list[Amount]) -> list[dict[str, Any]]:
        return [{name: getattr(one, name) for name in PARTS_OF_AMOUNT} for one in value]

    def words(self, value: list[Amount]) -> str:
        return "\n".join(_amount_words(one) for one in value)

    def form_field(self) -> forms.Field:
        form = _(
            "One amount per line: year; side; holder; tonnes, for example `2024; host; government; 1200`. The side is `host` or"
            " `japan`; the holder is `government`, or a participant as the project names it. Leave the year out where the"
            " decision names none. Leave everything empty where the decision names only the two sides."
        )
        return self.lines_field(5, form)


def verified_years(inputs: Mapping[str, Any], years: Sequence[int]) -> dict[int, int]:
    """The verified tonnes of each calendar year of a period as stated; those of one within one year follow from the total."""
    stated: dict[int, int] = inputs.get("verified_by_year", {})
    return {years[0]: inputs["verified_tonnes"]} if not stated and len(years) == 1 else stated


def side_totals(inputs: Mapping[str, Any]) -> dict[Side, int | None]:
    """Both sides' tonnes of a decision: the sums of its lines where it has some, else as stated (None where it is not)."""
    lines: list[Amount] = inputs.get("amounts") or []
    if not lines:
        return {side: inputs.get(f"{side.value}_tonnes") for side in Side}
    return {side: sum(one.tonnes for one in lines if one.side == side) for side in Side}


def _split(raw: str) -> list[dict[str, str] | None]:
    return [_parted(line) for line in raw.splitlines() if line.strip()]


def _parted(line: str) -> dict[str, str] | None:
    """The parts of a line by name; None where it has too few or too many."""
    parts = [part.strip() for part in line.split(";")]
    named = PARTS_OF_AMOUNT[len(PARTS_OF_AMOUNT) - len(parts) :] if len(parts) in {3, 4} else ()
    return dict(zip(named, parts, strict=True)) if named else None


def _amount(number: int, given: Any) -> Amount:
    """One line. Raises ValueError that names the line and what to write."""
    if not isinstance(given, Mapping) or not set(given) <= set(PARTS_OF_AMOUNT):
        text = _("line %(line)s: write year; side; holder; tonnes, such as `2024; host; government; 1200`")
        raise ValueError(text % {"line": number})
    try:
        return Amount(_year_or_none(given.get("year")), _side(given.get("side")), _holder(given.get("holder")), _tonnes(given))
    except ValueError as error:
        raise ValueError(_("line %(line)s: %(complaint)s") % {"line": number, "complaint": error}) from None


def _year_or_none(raw: Any) -> int | None:
    try:
        return None if raw in (None, "") else _year(raw)
    except ValueError:
        text = _("%(value)s is not a year; write it as 2024, or leave it out where the decision names none")
        raise ValueError(text % {"value": repr(raw)}) from None


def _side(raw: Any) -> Side:
    try:
        return Side(str(raw).strip().lower())
    except ValueError:
        raise ValueError(_("%(value)s is not a side; write `host` or `japan`") % {"value": repr(raw)}) from None


def _holder(raw: Any) -> str:
    named = str(getattr(raw, "pk", raw) or "").strip()
    if not named or len(named) > LONGEST_NAME or not storable(named):
        raise ValueError(_("the holder is missing; write `government`, or a participant as the project names it"))
    return GOVERNMENT if named.lower() == GOVERNMENT else named


def _tonnes(given: Mapping[str, Any]) -> int:
    try:
        return _number(given.get("tonnes"))
    except ValueError:
        text = _("%(value)s is not a whole number of tonnes; write digits only")
        raise ValueError(text % {"value": repr(given.get("tonnes"))}) from None


def _amount_words(one: Amount) -> str:
    """A line as it is read: its year, whose the tonnes are, and how many."""
    given = {"year": one.year, "holder": _holder_words(one), "tonnes": tonnes_words(one.tonnes)}
    return _("%(year)s, %(holder)s: %(tonnes)s") % given if one.year else _("%(holder)s: %(tonnes)s") % given


def _holder_words(one: Amount) -> str:
    """A side's Government, or a participant with its side."""
    if one.holder == GOVERNMENT:
        return _("Government of %(side)s") % {"side": side_name(one.side)}
    return _("%(holder)s (%(country)s)") % {"holder": one.holder, "country": side_name(one.side)}


def _year(raw: Any) -> int:
    text = str(raw).strip()
    if isinstance(raw, bool) or not YEAR.fullmatch(text):
        raise ValueError(text)
    return int(text)


def _lines(raw: str) -> list[list[str]]:
    return [line.split(":") for line in raw.splitlines() if line.strip()]


def _number(raw: Any) -> int:
    """A whole number, not negative, as a number or as digits with thousands separators."""
    number = whole(raw, MOST_TONNES)
    if number is None:
        raise ValueError(raw)
    return number
