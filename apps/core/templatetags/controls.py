"""What the templates in templates/_forms/ need to know about a field, and the list of what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms, template
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.errors import Problem
from apps.core.forms import DayMonthYearWidget

register = template.Library()

# The first match counts: a subclass stands before its base.
KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (DayMonthYearWidget, "date"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
    (forms.FileInput, "file"),
    (forms.PasswordInput, "password"),
    (forms.NumberInput, "number"),
)
DJANGO_ROWS = "10"
REMEDIES = {
    "checkbox": gettext_lazy("Tick the box"),
    "checkboxes": gettext_lazy("Choose at least one"),
    "file": gettext_lazy("Choose a file"),
    "radios": gettext_lazy("Choose one"),
    "select": gettext_lazy("Choose one"),
}
STABLE_CODE = re.compile(r"[A-Z]{2,4}-[0-9]{2}")
CLASSES = {"textarea": "govuk-textarea", "select": "govuk-select", "file": "govuk-file-upload"}


@register.filter
def control_kind(field: BoundField) -> str:
    """Which markup a field gets: date, checkboxes, radios, checkbox, textarea, select, file, password, number or text."""
    return next((kind for widget, kind in KINDS if isinstance(field.field.widget, widget)), "text")


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The input of a field with the classes of its kind and its state."""
    kind = control_kind(field)
    base = CLASSES.get(kind, "govuk-input")
    classes = [base, f"{base}--error" if field.errors else "", field.field.widget.attrs.get("class", "")]
    if kind == "password":
        classes.append("govuk-password-input__input govuk-js-password-input-input")
    attributes: dict[str, Any] = {"class": " ".join(filter(None, classes))}
    if kind == "number":
        # A spin button changes an amount at a turn of the wheel; a text input does not.
        return field.as_widget(forms.TextInput(), {**attributes, "inputmode": "numeric"})
    if kind == "textarea":
        attributes["rows"] = str(field.field.widget.attrs["rows"]).replace(DJANGO_ROWS, "5")
    return field.as_widget(attrs=attributes)


@register.filter
def remedies(field: BoundField) -> list[str]:
    """What is wrong with a field. Where something is missing, Django's words give way to what to do about it."""
    return [text for text, _code in faults(field)]


def faults(field: BoundField) -> list[tuple[str, str]]:
    """What is wrong with a field in words, each with the stable code of the refusal where there is one."""
    missing = str(REMEDIES.get(control_kind(field), _("Fill this in")))
    stock = forms.Field.default_error_messages["required"]
    found = [(str(text), stable_code(data)) for data in field.errors.as_data() for text in data.messages]
    return [(missing if text == stock else text, code) for text, code in found]


def stable_code(error: ValidationError) -> str:
    """The code of a refusal that became an error of a form, such as ISS-07; empty for Django's own."""
    code = str(error.code or "")
    return code if STABLE_CODE.fullmatch(code) else ""


@register.filter
def first_control(field: BoundField) -> str:
    """The id that the error summary leads to."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label


@dataclass(frozen=True, slots=True)
class Mistake:
    """One line of the error summary: what it is about, what is wrong, where to mend it."""

    label: str
    text: str
    href: str
    code: str = ""


@register.simple_tag
def mistakes(form: forms.BaseForm | None = None, problems: Iterable[Problem] | None = None) -> list[Mistake]:
    """Everything that is wrong with a form, then the problems of a refusal, in the order of the page."""
    return [*of_form(form), *(of_problem(problem, form) for problem in problems or ())]


def of_form(form: forms.BaseForm | None) -> Iterator[Mistake]:
    """The errors of the form as a whole, then field by field."""
    if not form or not form.errors:
        return
    whole = [(str(text), stable_code(error)) for error in form.non_field_errors().as_data() for text in error.messages]
    yield from (Mistake("", text, "", code) for text, code in whole)
    for field in form:
        href = "" if field.is_hidden else f"#{first_control(field)}"
        yield from (Mistake(named(str(field.label), text), text, href, code) for text, code in faults(field))


def named(label: str, text: str) -> str:
    """The name of a field before what is wrong with it; nothing where the text begins with it."""
    return "" if text.startswith(label) else label


def of_problem(problem: Problem, form: forms.BaseForm | None) -> Mistake:
    """A refusal's problem, led to the field it names where the form has it."""
    if form and problem.field in form.fields:
        return Mistake(str(form[problem.field].label), problem.text, f"#{first_control(form[problem.field])}", problem.code)
    return Mistake("", problem.text, "", problem.code)
