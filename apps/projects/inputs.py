"""What only a project's steps ask for: its places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _

from apps.workflow.inputs import Input, finite

LONGEST = 200
PLACE_PARTS = ("place", "district", "state_or_province")
LIMITS = {"latitude": Decimal(90), "longitude": Decimal(180)}
PARTS = (*PLACE_PARTS, *LIMITS)


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
        return forms.CharField(label=self.label, required=self.required, help_text=form, widget=forms.Textarea(attrs={"rows": 4}))


def _from_lines(text: str) -> list[dict[str, str]]:
    return [_from_line(number, line) for number, line in enumerate(filter(str.strip, text.splitlines()), start=1)]


def _from_line(number: int, line: str) -> dict[str, str]:
    parts = [part.strip() for part in line.split(";")]
    if len(parts) > len(PARTS):
        text = _("place %(number)s: at most %(most)s parts, parted by semicolons, belong on a line")
        raise ValueError(text % {"number": number, "most": len(PARTS)})
    return dict(zip(PARTS, parts, strict=False))


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
