"""What only a meeting's steps ask for: a time of the day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from typing import Any, ClassVar

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from apps.accounts.render import side_name
from apps.accounts.roles import Side
from apps.core.calendar import JST
from apps.core.templatetags.gazette import zone_abbreviation
from apps.workflow.inputs import Input


def clock_words(side: str) -> str:
    """The clock on the wall of a side's country: "India (IST)"."""
    zone = zone_abbreviation(JST.key if side == Side.JAPAN else "host")
    return _("%(country)s (%(zone)s)") % {"country": side_name(side), "zone": zone}


CLOCKS = tuple((side.value, lazy(clock_words, str)(side.value)) for side in Side)
WALL_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class TimeOfDay(Input):
    """A time on the clock at the place of the meeting, such as 14:30."""

    kind: ClassVar[str] = "time"

    def clean(self, raw: Any) -> time:
        text = f"{raw:%H:%M}" if isinstance(raw, time) else str(raw).strip()
        if not WALL_TIME.fullmatch(text):
            raise ValueError(_("%(value)s is not a time of the day; write it as 14:30") % {"value": repr(raw)})
        return time.fromisoformat(text)

    def dump(self, value: time) -> str:
        return f"{value:%H:%M}"

    def words(self, value: time) -> str:
        return f"{value:%H:%M}"

    def form_field(self) -> forms.Field:
        widget = forms.TextInput(attrs={"class": "govuk-input--width-5"})
        return forms.CharField(label=self.label, required=self.required, help_text=_("For example, 14:30"), widget=widget)
