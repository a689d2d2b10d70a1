"""What people want mailed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.notifications.kinds import MANDATORY, Kind

HELP = {
    Kind.MUST_ACT: _("At once. Always on: whoever has to act must be reached."),
    Kind.DEADLINE: _("At once. Always on."),
    Kind.SECURITY: _("At once. Always on."),
    Kind.RECEIVED: _("At once."),
    Kind.NEWS: _("Once a day at 08:30 in your zone, if there is any."),
}


class PreferencesForm(forms.Form):
    """One box for each class of messages; those of mandatory classes are ticked and locked."""

    def __init__(self, wants: Mapping[Kind, bool], **options: Any) -> None:
        super().__init__(**options)
        for kind in Kind:
            locked = kind in MANDATORY
            self.fields[kind.value] = forms.BooleanField(
                label=kind.label, help_text=HELP[kind], required=False, initial=locked or wants[kind], disabled=locked
            )

    @property
    def wanted(self) -> dict[str, bool]:
        """What was chosen, of each class."""
        return {kind.value: bool(self.cleaned_data[kind.value]) for kind in Kind}
