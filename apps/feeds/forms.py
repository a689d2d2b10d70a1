"""What somebody is asked about a calendar or a webhook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.core.errors import Problem
from apps.feeds.kinds import EXAMPLE
from apps.workflow.table import Procedure


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


class WebhookForm(RefusedForm):
    """An address, and the procedures of which it is told."""

    url = forms.CharField(
        label=_("Address of your program"),
        max_length=500,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    wanted = forms.MultipleChoiceField(
        label=_("What is it told of?"),
        help_text=_("It learns of each act that something happened to a file: its type, the number of the file, and the day."),
        widget=forms.CheckboxSelectMultiple({"class": "govuk-checkboxes--small"}),
        error_messages={
            "required": _("Tick at least one procedure of the list"),
            "invalid_choice": _("Tick at least one procedure of the list"),
        },
    )

    def __init__(self, procedures: Sequence[Procedure], data: Any = None) -> None:
        super().__init__(data)
        self.fields["url"].help_text = gettext("For example, %(example)s") % {"example": EXAMPLE}
        self.fields["wanted"].choices = [(one.key, one.title) for one in procedures]  # type: ignore[attr-defined] # reason: its stub names the base
