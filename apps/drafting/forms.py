"""The form by which a draft becomes a document."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.drafting.render import languages


class ProduceForm(forms.Form):
    """In which language, whether confidential, and which versions of the sections were read."""

    language = forms.ChoiceField(
        label=_("Language of the form"),
        help_text=_("What you typed stays as you typed it. Where texts differ, English prevails."),
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small govuk-radios--inline"}),
    )
    confidential = forms.BooleanField(
        label=_(
            "Confidential. Only the committee, both secretariats, those named in the file and experts named for it may read it."
        ),
        required=False,
    )
    checked = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, checked: str = "") -> None:
        super().__init__(data, initial={"language": get_language(), "checked": checked})
        self.fields["language"].choices = list(languages())  # type: ignore[attr-defined] # reason: a field of choices
