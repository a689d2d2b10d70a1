"""What only a project's steps ask for, line by line: its places, estimates, the split of its credits, signatories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from apps.accounts.roles import Side
from apps.core.templatetags.gazette import grouped
from apps.projects.kinds import Rank
from apps.workflow.inputs import Choice, Input, Number, Percent, Tonnes, finite

LONGEST = 200
PLACE_PARTS = ("place", "district", "state_or_province")
LIMITS = {"latitude": Decimal(90), "longitude": Decimal(180)}
PARTS = (*PLACE_PARTS, *LIMITS)
ESTIMATE_PARTS = ("year", "reference_tonnes", "project_tonnes")
SIGNATORY_PARTS = ("entity", "rank", "name", "title", "email")
# Needed, or given where somebody changes.
SIGNATORIES = ("signatories", "further_signatories")
# Stands in for people, of whom the log holds nothing.
NOBODY = {"name": "(not in the log)", "title": "(not in the log)", "email": "not.in.the.log@example.org"}
SHARE_PARTS = ("side", "holder", "percent")


@dataclass(frozen=True, slots=True)
class Sites(Input):
    """Where the project is: a list of places, each with `place`, `district`, `state_or_province`, `latitude`, `longitude`.

    As text, one place per line with these parts in this order, parted by semicolons. Only `place` is needed;
    coordinates are decimal degrees with at most six decimals. Source: PDD form, A.3.
    """

    kind: ClassVar[str] = "sites"

    def clean(self, raw: Any) -> list[dict[str, Any]]:
        found = _from_lines(raw) if isinstance(raw, str) else raw
        if not isinstance(found, (list, tuple)) or not all(isinstance(one, Mapping) for one in found):
            raise ValueError(_("this is not a list of places; give each with its place, district, state and coordinates"))
        return [_site(number, dict(one)) for number, one in enumerate(found, start=1)]

    def words(self, value: list[dict[str, Any]]) -> str:
        return "\n".join(", ".join(str(site[part]) for part in PARTS if site[part]) for site in value)

    def form_field(self) -> forms.Field:
        form = _("One place per line: place; district; state or province; latitude; longitude. Only the place is needed.")
        return self.lines_field(4, form)


def _from_lines(text: str) -> list[dict[str, str]]:
    return [_from_line(number, line) for number, line in enumerate(filter(str.strip, text.splitlines()), start=1)]


def _from_line(number: int, line: str) -> dict[str, str]:
    parts = [part.strip() for part in line.split(";")]
    if len(parts) > len(PARTS):
        text = _("place %(number)s: at most %(most)s parts, parted by semicolons, belong on a line")
        raise ValueError(text % {"number": number, "most": len(PARTS)})
    return dict(zip(PARTS, parts, strict=False))


@dataclass(frozen=True, slots=True)
class Shares(Input):
    """How a side's credits are split: parts, each with `side`, `holder` (a participant's name, or government), `percent`.

    As text, one part per line in this order, parted by semicolons. That the parts of a side make a hundred is for a
    check to say. Source: rules 4.8 [NF].
    """

    kind: ClassVar[str] = "shares"

    def clean(self, raw: Any) -> list[dict[str, str]]:
        return [_share(number, line) for number, line in enumerate(lines_of(raw, SHARE_PARTS), start=1)]

    def words(self, value: list[dict[str, str]]) -> str:
        return "\n".join(f"{Side(one['side']).label}: {one['holder']}, {one['percent']} %" for one in value)

    def form_field(self) -> forms.Field:
        form = _("One part per line: `host` or `japan`; participant, or `government`; per cent of that side’s credits.")
        return self.lines_field(4, form)


@dataclass(frozen=True, slots=True)
class Estimates(Input):
    """What a project is expected to emit: per `year`, `reference_tonnes` and `project_tonnes` in whole tonnes.

    As text, one year per line in this order, parted by semicolons. The reduction is the difference. Source: PDD form, C.
    """

    kind: ClassVar[str] = "estimates"

    def clean(self, raw: Any) -> list[dict[str, int]]:
        found = [_read(number, line, _ESTIMATE) for number, line in enumerate(lines_of(raw, ESTIMATE_PARTS), start=1)]
        years = [one["year"] for one in found]
        if twice := [year for year in years if years.count(year) > 1]:
            raise ValueError(_("the year %(year)s stands twice") % {"year": twice[0]})
        return sorted(found, key=itemgetter("year"))

    def words(self, value: list[dict[str, int]]) -> str:
        return "\n".join(estimate_words(**one) for one in value)

    def form_field(self) -> forms.Field:
        form = _("One year per line: year; reference emissions; project emissions, in whole tonnes.")
        return self.lines_field(4, form)


def estimate_words(year: int, reference_tonnes: int, project_tonnes: int) -> str:
    """One year's estimate: reference less project emissions are the reduction."""
    said = {"year": year, "reference": grouped(reference_tonnes), "project": grouped(project_tonnes)}
    reduction = grouped(reference_tonnes - project_tonnes)
    return _("%(year)s: %(reference)s − %(project)s = %(reduction)s tCO₂e") % {**said, "reduction": reduction}


@dataclass(frozen=True, slots=True)
class Signatories(Input):
    """Who signs for the entities of a communication statement: each with `entity`, `rank`, `name`, `title`, `email`.

    As text, one person per line in this order, parted by semicolons. The log is told for whom somebody signs and as
    what, and nothing of the person. Source: rules 4.5, S45.
    """

    kind: ClassVar[str] = "signatories"

    def clean(self, raw: Any) -> list[dict[str, str]]:
        found = [_signatory(number, line) for number, line in enumerate(lines_of(raw, SIGNATORY_PARTS), start=1)]
        seats = [(one["entity"].casefold(), one["rank"]) for one in found]
        if twice := [one for one, seat in zip(found, seats, strict=True) if seats.count(seat) > 1]:
            text = _("%(entity)s has two of %(rank)s")
            raise ValueError(text % {"entity": twice[0]["entity"], "rank": Rank(twice[0]["rank"]).label})
        return found

    def dump(self, value: list[dict[str, str]]) -> list[dict[str, str]]:
        return [{name: one[name] for name in ("entity", "rank")} for one in value]

    def again(self, logged: list[dict[str, str]]) -> list[dict[str, str]]:
        return [{**NOBODY, **one} for one in logged]

    def words(self, value: list[dict[str, str]]) -> str:
        return "\n".join(", ".join(one[part] for part in SIGNATORY_PARTS) for one in value)

    def form_field(self) -> forms.Field:
        form = _("One person per line: entity; `primary` or `alternate`; name; title; e-mail address. Not shown to the public.")
        return self.lines_field(4, form)


def signatories_in(inputs: Mapping[str, Any]) -> tuple[str, list[dict[str, str]]]:
    """The name of the input that asks for signatories, and those that are named; none where it is left out."""
    name = next((one for one in SIGNATORIES if one in inputs), SIGNATORIES[0])
    return name, list(inputs.get(name, ()))


def lines_of(raw: Any, parts: Sequence[str]) -> list[dict[str, str]]:
    """The lines of a text, or a list of mappings, as texts by the names of their parts. Raises ValueError with a sentence."""
    found = _mapped(raw, parts) if isinstance(raw, str) else raw
    if not isinstance(found, (list, tuple)) or not all(isinstance(one, Mapping) for one in found):
        raise ValueError(_("give one per line, with %(parts)s") % {"parts": "; ".join(parts)})
    return [_whole(number, one, parts) for number, one in enumerate(found, start=1)]


def _mapped(text: str, parts: Sequence[str]) -> list[dict[str, str]]:
    """The lines that are not empty, each cut at its semicolons; what is one too many has no name."""
    cut = [[part.strip() for part in line.split(";")] for line in text.splitlines() if line.strip()]
    return [dict(zip([*parts, *map(str, range(len(line)))], line, strict=False)) for line in cut]


def _whole(number: int, given: Mapping[str, Any], parts: Sequence[str]) -> dict[str, str]:
    line = {name: str("" if given.get(name) is None else given[name]).strip() for name in parts}
    if set(given) - set(parts) or not all(line.values()) or any(len(value) > LONGEST for value in line.values()):
        text = _("line %(number)s: give %(parts)s, parted by semicolons, each of at most %(longest)s characters")
        raise ValueError(text % {"number": number, "parts": "; ".join(parts), "longest": LONGEST})
    return line


def _share(number: int, line: dict[str, str]) -> dict[str, str]:
    read = _read(number, line, _SHARE)
    return {**line, "percent": str(read["percent"])}


def _site(number: int, given: dict[str, Any]) -> dict[str, Any]:
    strangers = sorted(set(given) - set(PARTS))
    if strangers:
        raise ValueError(_("place %(number)s: %(field)s is not asked for") % {"number": number, "field": strangers[0]})
    site: dict[str, Any] = {part: str(given.get(part) or "").strip() for part in PLACE_PARTS}
    if any(len(site[part]) > LONGEST for part in PLACE_PARTS):
        raise ValueError(
            _("place %(number)s: a name has at most %(longest)s characters") % {"number": number, "longest": LONGEST}
        )
    if not site["place"]:
        raise ValueError(_("place %(number)s: its name is missing") % {"number": number})
    site |= {name: _degrees(number, name, given.get(name)) for name in LIMITS}
    if (site["latitude"] is None) != (site["longitude"] is None):
        raise ValueError(_("place %(number)s: give latitude and longitude together") % {"number": number})
    return site


def _degrees(number: int, name: str, raw: Any) -> str | None:
    if raw in (None, ""):
        return None
    value = finite(raw)
    if value is None or abs(value) > LIMITS[name] or value != round(value, 6):
        raise ValueError(
            _("place %(number)s: %(value)s is no %(field)s in decimal degrees")
            % {"number": number, "value": repr(raw), "field": name}
        )
    return str(value)


def _read(number: int, line: dict[str, str], inputs: Mapping[str, Input]) -> dict[str, Any]:
    """The parts of a line that are no free text, each as its own input reads it. Raises ValueError that names the line."""
    try:
        return {name: one.clean(line[name]) for name, one in inputs.items()}
    except ValueError as error:
        raise ValueError(_("line %(number)s: %(error)s") % {"number": number, "error": error}) from None


_SHARE = {"side": Choice("side", "", choices=tuple(Side.choices)), "percent": Percent("percent", "")}
_SIGNATORY = {"rank": Choice("rank", "", choices=tuple(Rank.choices))}
_ESTIMATE = {
    "year": Number("year", "", least=1990, most=2999),
    "reference_tonnes": Tonnes("reference_tonnes", ""),
    "project_tonnes": Tonnes("project_tonnes", ""),
}


def _signatory(number: int, line: dict[str, str]) -> dict[str, str]:
    _read(number, line, _SIGNATORY)
    try:
        validate_email(line["email"])
    except ValidationError:
        text = _("line %(number)s: %(value)s is no e-mail address")
        raise ValueError(text % {"number": number, "value": repr(line["email"])}) from None
    return line
