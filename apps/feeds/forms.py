"""What somebody is asked about a calendar."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from apps.core.errors import Problem


class RefusedForm(forms.Form):
    """A form that takes the problems of a refusal at the fields that they name."""

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Tell each problem at its field, or of the form as a whole."""
        for problem in problems:
            error = forms.ValidationError(problem.text, code=problem.code)
            self.add_error(problem.field if problem.field in self.fields else None, error)


class LanguageForm(RefusedForm):
    """The language in which a calendar speaks."""

    language = forms.ChoiceField(
        label=_("Language of the calendar"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect({"class": "govuk-radios--inline"}),
        error_messages={
            "required": _("Choose the language of the calendar from the list"),
            "invalid_choice": _("Choose the language of the calendar from the list"),
        },
    )
