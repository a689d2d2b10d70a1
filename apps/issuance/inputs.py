"""What only the issuance steps ask for: who receives how many tonnes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _

from apps.registry.kinds import Part
from apps.workflow.inputs import Input


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


def _lines(raw: str) -> list[list[str]]:
    return [line.split(":") for line in raw.splitlines() if line.strip()]


def _number(raw: Any) -> int:
    """A whole number, not negative, as a number or as digits with thousands separators."""
    text = str(raw).strip().replace(",", "")
    if isinstance(raw, bool) or not (text.isascii() and text.isdigit()):
        raise ValueError(text)
    return int(text)
