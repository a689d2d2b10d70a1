"""How a view of a list is named."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.core.errors import Problem
from apps.lists.models import LONGEST_ASKED, LONGEST_NAME


class ViewForm(forms.Form):
    """The name of a view, and whether its list opens with it."""

    name = forms.CharField(label=_("Name of the view"), max_length=LONGEST_NAME)
    is_default = forms.BooleanField(label=_("Show it first whenever I open this list"), required=False)

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Say beside the fields what stands in the way."""
        for one in problems:
            self.add_error(one.field or None, ValidationError(one.text, code=one.code))


class KeepForm(ViewForm):
    """The same with what is kept."""

    asked = forms.CharField(required=False, max_length=LONGEST_ASKED, widget=forms.HiddenInput)
    field_order = ("name", "is_default", "asked")
