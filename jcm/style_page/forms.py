"""A form with one field of each kind."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.forms import DayMonthYearField, TonnesField

ANSWERS = (
    ("agree", _("Agree")),
    ("object", _("Do not agree")),
    ("meeting", _("Ask for a meeting")),
    ("aside", _("I have a conflict of interest")),
)


class EveryField(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label=_("Title of the project"), help_text=_("As it will stand on the public page."))
    language = forms.ChoiceField(label=_("Language of the paper"), choices=[("en", "English"), ("ja", "日本語"), ("hi", "हिन्दी")])
    starts_on = DayMonthYearField(label=_("First day of the monitoring period"))
    amount = TonnesField(label=_("Amount verified"), help_text=_("Whole tonnes, rounded down."))
    side = forms.ChoiceField(
        label=_("Which side asks"), widget=forms.RadioSelect, choices=[("host", _("India")), ("japan", _("Japan"))]
    )
    scopes = forms.MultipleChoiceField(
        label=_("Sectoral scopes"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[
            ("1", _("1 Energy industries")),
            ("4", _("4 Manufacturing industries")),
            ("13", _("13 Waste handling and disposal")),
        ],
    )
    paper = forms.FileField(label=_("Verification report"), help_text=_("PDF, at most 20 MB."))
    reason = forms.CharField(
        label=_("Your reason"), widget=forms.Textarea, help_text=_("Members of both sides will read it in full.")
    )
    password = forms.CharField(label=_("Password"), widget=forms.PasswordInput)
    declared = forms.BooleanField(label=_("I have no conflict of interest in this matter"))


class Choose(forms.Form):
    """The filter above a list."""

    stage = forms.ChoiceField(
        label=_("Stage"),
        required=False,
        choices=[("", _("All stages")), ("validation", _("Validation")), ("issuance", _("Issuance"))],
    )
    words = forms.CharField(label=_("Words in the title"), required=False)


class BallotPaper(forms.Form):
    """Two items to answer."""

    item_1 = forms.ChoiceField(label=_("1. Issue 18,407 credits to IN001"), widget=forms.RadioSelect, choices=ANSWERS)
    item_2 = forms.ChoiceField(label=_("2. Register project IN009"), widget=forms.RadioSelect, choices=ANSWERS)


def half_filled() -> EveryField:
    """A form sent with something wrong in most of its fields."""
    typed: dict[str, Any] = {
        "wrong-title": "",
        "wrong-language": "xx",
        "wrong-starts_on_day": "31",
        "wrong-starts_on_month": "2",
        "wrong-starts_on_year": "2029",
        "wrong-amount": "12.5",
        "wrong-reason": "",
    }
    return EveryField(typed, prefix="wrong")
