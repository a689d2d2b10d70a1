"""The comment form for anybody, and the form by which a secretariat enters a letter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.errors import Problem
from apps.core.forms import DayMonthYearField
from apps.public_inputs.kinds import LEAST_SECONDS, LONGEST_TEXT, LONGEST_WRITING, Language, Stakeholder
from apps.public_inputs.services.receiving import WRITTEN
from apps.workflow.inputs import storable

SALT = "public-inputs.opened"
NAMED = (("yes", gettext_lazy("With my name and organisation")), ("no", gettext_lazy("Without my name and organisation")))


class WrittenForm(forms.Form):
    """What somebody writes about a file, and as whom."""

    text = forms.CharField(
        label=gettext_lazy("Comment"),
        help_text=gettext_lazy("At most 5,000 characters. Leave out personal data of others; it would be withheld."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": "12"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the comment"),
        choices=[(value or "other", label) for value, label in Language.choices],
        widget=forms.RadioSelect({"class": "govuk-radios--inline govuk-radios--small"}),
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name", "class": "govuk-input--width-20"}),
    )
    organisation = forms.CharField(
        label=gettext_lazy("Organisation"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization", "class": "govuk-input--width-20"}),
    )
    country = forms.CharField(
        label=gettext_lazy("Country"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "country-name", "class": "govuk-input--width-20"}),
    )
    stakeholder = forms.ChoiceField(
        label=gettext_lazy("As what you comment"),
        choices=Stakeholder.choices,
        widget=forms.RadioSelect({"class": "govuk-radios--small"}),
    )
    is_named = forms.ChoiceField(
        label=gettext_lazy("How the comment is published"),
        help_text=gettext_lazy("Without them, what you comment as and your country are published."),
        choices=NAMED,
        widget=forms.RadioSelect({"class": "govuk-radios--small"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        spoken = get_language()
        usual = spoken if spoken in Language.values else Language.ENGLISH.value
        super().__init__(*args, **{"initial": {"language": usual}, **options})

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        for name, value in list(found.items()):
            if isinstance(value, str) and not storable(value):
                self.add_error(
                    name, forms.ValidationError(_("it holds characters that cannot be kept; write it anew"), code="INP-07")
                )
        return found

    def said(self) -> dict[str, Any]:
        """What a statement keeps."""
        found = {name: self.cleaned_data[name] for name in WRITTEN}
        return {**found, "is_named": found["is_named"] == "yes", "language": found["language"].replace("other", "")}

    def answers(self) -> list[tuple[str, str, str]]:
        """What was filled in, as the page to be checked shows it: the field, its label, the words."""
        shown = (self[name] for name in self.fields if name not in HIDDEN_ON_CHECK)
        return [(one.id_for_label, str(one.label), self.words(one.name)) for one in shown]

    def words(self, name: str) -> str:
        """The words of one answer."""
        field, value = self.fields[name], self.cleaned_data.get(name, "")
        choices: Any = field.choices if isinstance(field, forms.ChoiceField) else ()
        return str(dict(choices).get(value, value))

    def carried(self) -> list[str]:
        """All of it once more, in hidden fields."""
        return [str(self[name].as_hidden()) for name in self.fields]

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Tell each problem at its field, or of the form as a whole."""
        for one in problems:
            error = forms.ValidationError(one.text, code=one.code)
            self.add_error(one.field if one.field in self.fields else None, error)


HIDDEN_ON_CHECK = ("agrees", "website", "opened")


class CommentForm(WrittenForm):
    """The form for anybody. Nobody is asked to solve a puzzle: a field that people do not see, and time, tell programs apart."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy(
            "We send a link there; the comment is received when you open it. The address is never published, and it is deleted"
            " a week after the call has closed."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false", "class": "govuk-input--width-20"}),
    )
    agrees = forms.BooleanField(
        label=gettext_lazy("I agree that the comment is published as I have chosen, and kept with the file")
    )
    website = forms.CharField(
        label=gettext_lazy("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    field_order = ("text", "language", "name", "organisation", "country", "stakeholder", "email", "is_named", "agrees")

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        # Who still has something to fill in is not told of haste as well.
        if not self.errors and (words := self._unlike_people(found)):
            self.add_error(None, forms.ValidationError(words, code="INP-06"))
        return found

    def _unlike_people(self, found: dict[str, Any]) -> str:
        """What tells a program apart; empty for people."""
        if found.get("website"):
            return _("the field that people do not see was filled in; leave it empty")
        if not found.get("opened"):
            return _("the form did not come from this page; send it once more")
        if not was_written(found["opened"]):
            return _("the form was sent too fast, or was open for too long; nothing of it is lost, send it once more")
        return ""


class LetterForm(WrittenForm):
    """What a secretariat enters of a letter, for somebody who does not use the site."""

    about = forms.CharField(
        label=gettext_lazy("Number of the file"),
        help_text=gettext_lazy("As its call names it, for example IN_PM001 or IN001."),
        max_length=60,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "spellcheck": "false"}),
    )
    received_on = DayMonthYearField(label=gettext_lazy("Day on which the letter was received"))

    field_order = ("about", "received_on", "text", "language", "name", "organisation", "country", "stakeholder", "is_named")


def opened_now() -> str:
    """A signed note of the moment at which a form is shown."""
    return signing.dumps(clock.now().isoformat(), salt=SALT)


def was_written(opened: str) -> bool:
    """Whether so much time lies between showing and sending a form as people need, and not days."""
    try:
        shown_at = datetime.fromisoformat(signing.loads(opened, salt=SALT))
    except (signing.BadSignature, ValueError, TypeError):
        return False
    return timedelta(seconds=LEAST_SECONDS) <= clock.now() - shown_at <= LONGEST_WRITING


def day_of(form: LetterForm) -> date:
    """The day that was stated."""
    found: date = form.cleaned_data["received_on"]
    return found
