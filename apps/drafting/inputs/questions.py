"""The questions of the official forms: each is asked by a field, and says its answer in words.

`mark` says how sure it is that the form asks so, `source` where that stands. Source: rules 4.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from django import forms
from django.template.defaultfilters import floatformat
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.forms import SEPARATORS, DayMonthYearField
from apps.core.templatetags.gazette import day_words, grouped
from apps.workflow.editions import Mark

Label: TypeAlias = str | Promise

LONGEST_LINE = 300
LONGEST_TEXT = 20_000
YES, NO = "yes", "no"
YES_NO: tuple[tuple[str, Label], ...] = ((YES, gettext_lazy("Yes")), (NO, gettext_lazy("No")))
MOST_DIGITS = 18
# More answers than that are chosen from a list.
MOST_RADIOS = 6


@dataclass(frozen=True, slots=True)
class Question:
    """One field of a form. Where the file knows the answer, under the name `known_as`, it is not asked for."""

    name: str
    label: Label
    mark: Mark = Mark.RECALLED
    hint: Label = ""
    required: bool = True
    known_as: str = ""

    def field(self) -> forms.Field:
        """The field that asks for it; nothing is required of it here, for what is missing is told by whoever judges."""
        return forms.CharField(max_length=LONGEST_LINE, **self.options())

    def options(self) -> dict[str, Any]:
        """What every field takes."""
        return {"label": self.label, "help_text": self.hint, "required": self.required}

    def words(self, value: Any) -> str:
        """An answer as it is printed."""
        return str(value)


@dataclass(frozen=True, slots=True)
class Short(Question):
    """One line."""

    longest: int = LONGEST_LINE

    def field(self) -> forms.Field:
        return forms.CharField(max_length=self.longest, **self.options())


@dataclass(frozen=True, slots=True)
class Long(Question):
    """Several lines."""

    lines: int = 5
    longest: int = LONGEST_TEXT

    def field(self) -> forms.Field:
        widget = forms.Textarea(attrs={"rows": str(self.lines)})
        return forms.CharField(max_length=self.longest, widget=widget, **self.options())


@dataclass(frozen=True, slots=True)
class Mail(Question):
    """An e-mail address."""

    def field(self) -> forms.Field:
        return forms.EmailField(max_length=LONGEST_LINE, **self.options())


@dataclass(frozen=True, slots=True)
class Day(Question):
    """A calendar day."""

    def field(self) -> forms.Field:
        options = {**self.options(), **({} if self.hint else {"help_text": _("For example, 27 3 2029")})}
        return DayMonthYearField(**options)

    def words(self, value: date) -> str:
        return day_words(value)


class NumberField(forms.DecimalField):
    """A number as people write it: 18,407 and 18 407 are read as 18407."""

    default_error_messages = {"invalid": gettext_lazy("Enter a number in digits, for example 18,407")}
    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.translate(SEPARATORS) if isinstance(value, str) else value)


@dataclass(frozen=True, slots=True)
class Number(Question):
    """A number, with the unit that stands behind it."""

    unit: Label = ""
    decimals: int = 0
    least: int | None = 0
    most: int | None = None

    def field(self) -> forms.Field:
        widget = forms.TextInput(attrs={"inputmode": "decimal" if self.decimals else "numeric", "class": "govuk-input--width-10"})
        label = _("%(label)s (%(unit)s)") % {"label": self.label, "unit": self.unit} if self.unit else self.label
        bounds: dict[str, Any] = {"min_value": self.least, "max_value": self.most, "max_digits": MOST_DIGITS}
        return NumberField(widget=widget, decimal_places=self.decimals, **{**self.options(), "label": label}, **bounds)

    def words(self, value: Decimal) -> str:
        said = grouped(int(value)) if value == int(value) else floatformat(value, f"-{self.decimals}")
        return f"{said} {self.unit}".strip()


@dataclass(frozen=True, slots=True)
class Year(Question):
    """A calendar year, which is written without separators."""

    def field(self) -> forms.Field:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"})
        return forms.IntegerField(min_value=2000, max_value=2100, widget=widget, **self.options())


@dataclass(frozen=True, slots=True)
class Choice(Question):
    """One of several answers."""

    choices: tuple[tuple[str, Label], ...] = YES_NO

    def field(self) -> forms.Field:
        if len(self.choices) > MOST_RADIOS:
            return forms.ChoiceField(choices=(("", gettext_lazy("Choose one")), *self.choices), **self.options())
        row = " govuk-radios--inline" if self.choices is YES_NO else ""
        widget = forms.RadioSelect(attrs={"class": f"govuk-radios--small{row}"})
        return forms.ChoiceField(choices=self.choices, widget=widget, **self.options())

    def words(self, value: str) -> str:
        return str(dict(self.choices).get(value, value))


@dataclass(frozen=True, slots=True)
class Tick(Question):
    """A box to be ticked; one that is not ticked says so."""

    required: bool = False

    def field(self) -> forms.Field:
        return forms.BooleanField(**{**self.options(), "required": False})

    def words(self, value: object) -> str:
        return _("Ticked") if value else _("Not ticked")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of questions that can be added; `row` is what one of them is called, `least` how many there must be.

    `total` names the column whose numbers are added up where the table is read.
    """

    name: str
    label: Label
    row: Label
    columns: tuple[Question, ...] = field(default=())
    mark: Mark = Mark.RECALLED
    hint: Label = ""
    least: int = 1
    known_as: str = ""
    total: str = ""

    def cell(self, number: int, column: Question) -> str:
        """The name of the field of one cell."""
        return f"{self.name}-{number}-{column.name}"

    @property
    def size(self) -> str:
        """The name under which the number of rows is kept."""
        return f"{self.name}-rows"


Asked: TypeAlias = Question | Table
Typed: TypeAlias = Mapping[str, str]


def sub_names(one: forms.Field, name: str) -> Collection[str]:
    """The names under which the parts of a field are sent."""
    if isinstance(one.widget, forms.MultiWidget):
        return [f"{name}{ending}" for ending in one.widget.widgets_names]  # type: ignore[attr-defined] # reason: Django sets it
    return [name]
