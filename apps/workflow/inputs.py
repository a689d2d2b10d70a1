"""What a step asks for: typed inputs that pages, ballots, API and replay fill in the same way.

An input turns what came from outside (text, JSON) into a Python value or a Problem that names the
field, and back into JSON for the log.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias, cast

from django import forms
from django.apps import apps
from django.db.models import Model, QuerySet, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.errors import NotReady, Problem
from apps.core.forms import DayMonthYearField, TonnesField
from apps.core.sentences import sentences
from apps.core.templatetags.gazette import day_words, tonnes_words

if TYPE_CHECKING:  # reason: the type of a lazy text exists in the stubs only
    from django.utils.functional import _StrPromise

Label: TypeAlias = "str | _StrPromise"

# What a date in a file can be: a slip of the keyboard is refused, and no window runs out of the calendar.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MOST_TONNES = 10**15 - 1
HUNDRED = 100
NOTHING: tuple[Any, ...] = ("", [], {}, ())


@dataclass(frozen=True, slots=True)
class Input:
    """One named input with its label."""

    name: str
    label: Label
    required: bool = True
    # What it means to leave it empty, or how it is written; a page shows it under the label.
    hint: Label = field(default="", kw_only=True)

    kind: ClassVar[str] = "text"

    def clean(self, raw: Any) -> Any:
        """The Python value of what came in. Raises ValueError with a sentence for people."""
        return str(raw).strip()

    def dump(self, value: Any) -> Any:
        """The value as JSON for the log."""
        return value

    def naming(self, subject: Model) -> str:  # noqa: ARG002 # reason: for inputs that name a file
        """What names a file in this input, so that the file's page leads to the opening that asks for it; empty for none."""
        return ""

    def again(self, logged: Any) -> Any:
        """What `clean` takes for a value of the log, to perform its act again; what the log may not hold is stood in for."""
        return logged

    def words(self, value: Any) -> str:
        """The value as people read it."""
        return str(value)

    def form_field(self) -> forms.Field:
        """The form field that asks for it."""
        return forms.CharField(label=self.label, required=self.required)

    def asked_field(self) -> forms.Field:
        """The form field with its hint."""
        found = self.form_field()
        found.help_text = sentences((str(self.hint), str(found.help_text)))
        return found

    def lines_field(self, rows: int, help_text: str) -> forms.Field:
        """A form field for what is written line by line."""
        widget = forms.Textarea(attrs={"rows": rows})
        return forms.CharField(label=self.label, required=self.required, help_text=help_text, widget=widget)


@dataclass(frozen=True, slots=True)
class Text(Input):
    """Free text in one or several lines, up to a number of characters."""

    lines: int = 1
    longest: int = 10_000

    def clean(self, raw: Any) -> str:
        text = str(raw).strip()
        if len(text) > self.longest:
            counts = {"count": len(text), "most": self.longest}
            raise ValueError(_("%(count)s characters are too many; write at most %(most)s") % counts)
        return text

    def form_field(self) -> forms.Field:
        widget = forms.Textarea(attrs={"rows": str(self.lines)}) if self.lines > 1 else forms.TextInput()
        return forms.CharField(label=self.label, required=self.required, max_length=self.longest, widget=widget)


@dataclass(frozen=True, slots=True)
class Day(Input):
    """A calendar date, as a date or in ISO form."""

    kind: ClassVar[str] = "date"

    def clean(self, raw: Any) -> date:
        day = raw if isinstance(raw, date) else _iso_date(str(raw).strip())
        if day is None or isinstance(day, datetime) or not FIRST_DAY <= day <= LAST_DAY:
            raise ValueError(_("%(value)s is not a date; write it as 2027-03-12") % {"value": repr(raw)})
        return day

    def dump(self, value: date) -> str:
        return value.isoformat()

    def words(self, value: date) -> str:
        return day_words(value)

    def form_field(self) -> forms.Field:
        return DayMonthYearField(label=self.label, required=self.required)


@dataclass(frozen=True, slots=True)
class Tonnes(Input):
    """A whole number of tonnes, not negative."""

    kind: ClassVar[str] = "tonnes"

    def clean(self, raw: Any) -> int:
        tonnes = whole(raw, MOST_TONNES)
        if tonnes is None:
            raise ValueError(_("%(value)s is not a whole number of tonnes; write digits only") % {"value": repr(raw)})
        return tonnes

    def words(self, value: int) -> str:
        return tonnes_words(value)

    def form_field(self) -> forms.Field:
        return TonnesField(label=self.label, required=self.required, max_value=MOST_TONNES)


@dataclass(frozen=True, slots=True)
class Number(Input):
    """One whole number between two bounds, such as the number of a methodology."""

    least: int = 1
    most: int = 99_999

    kind: ClassVar[str] = "number"

    def clean(self, raw: Any) -> int:
        text = str(raw).strip()
        digits = not isinstance(raw, bool) and text.isascii() and text.isdigit() and len(text) <= len(str(self.most))
        if not digits or not self.least <= int(text) <= self.most:
            bounds = {"value": repr(raw), "least": self.least, "most": self.most}
            raise ValueError(_("%(value)s is not a whole number from %(least)s to %(most)s") % bounds)
        return int(text)

    def form_field(self) -> forms.Field:
        return forms.IntegerField(label=self.label, required=self.required, min_value=self.least, max_value=self.most)


@dataclass(frozen=True, slots=True)
class Percent(Input):
    """A percentage from 0 to 100 with at most two decimals."""

    kind: ClassVar[str] = "percent"

    def clean(self, raw: Any) -> Decimal:
        value = finite(raw)
        if value is None or not 0 <= value <= HUNDRED or value != round(value, 2):
            raise ValueError(_("%(value)s is not a percentage; write a number from 0 to 100") % {"value": repr(raw)})
        return value

    def dump(self, value: Decimal) -> str:
        return str(value)

    def words(self, value: Decimal) -> str:
        return _("%(number)s per cent") % {"number": value}

    def form_field(self) -> forms.Field:
        return forms.DecimalField(label=self.label, required=self.required, min_value=0, max_value=HUNDRED, decimal_places=2)


@dataclass(frozen=True, slots=True)
class Choice(Input):
    """One of a fixed set of words."""

    choices: tuple[tuple[str, Label], ...] = ()

    kind: ClassVar[str] = "choice"

    def clean(self, raw: Any) -> str:
        value = str(raw)
        if value not in {key for key, _label in self.choices}:
            allowed = ", ".join(key for key, _label in self.choices)
            raise ValueError(_("%(value)s is none of %(allowed)s") % {"value": repr(raw), "allowed": allowed})
        return value

    def words(self, value: str) -> str:
        return str(dict(self.choices)[value])

    def form_field(self) -> forms.Field:
        return forms.ChoiceField(label=self.label, required=self.required, choices=self.choices, widget=forms.RadioSelect)


class YesNo(TextChoices):
    """Answers to what must be answered one way or the other."""

    YES = "yes", gettext_lazy("Yes")
    NO = "no", gettext_lazy("No")


YES_NO = tuple(YesNo.choices)


@dataclass(frozen=True, slots=True)
class Numbers(Input):
    """A list of whole numbers, such as sectoral scopes."""

    choices: tuple[tuple[int, Label], ...] = ()

    kind: ClassVar[str] = "numbers"

    def clean(self, raw: Any) -> list[int]:
        parts = raw if isinstance(raw, Sequence) and not isinstance(raw, str) else str(raw).replace(",", " ").split()
        allowed = {key for key, _label in self.choices}
        try:
            numbers = sorted({int(str(part)) for part in parts})
        except ValueError:
            raise ValueError(_("%(value)s is not a list of numbers") % {"value": repr(raw)}) from None
        strangers = [number for number in numbers if allowed and number not in allowed]
        if strangers:
            raise ValueError(_("%(value)s: no such number") % {"value": ", ".join(map(str, strangers))})
        return numbers

    def words(self, value: list[int]) -> str:
        return _(", ").join(str(dict(self.choices).get(number, number)) for number in value)

    def form_field(self) -> forms.Field:
        if not self.choices:
            return forms.CharField(label=self.label, required=self.required, help_text=_("Whole numbers, for example 1, 4, 13"))
        return forms.TypedMultipleChoiceField(
            label=self.label, required=self.required, choices=self.choices, coerce=int, widget=forms.CheckboxSelectMultiple
        )


@dataclass(frozen=True, slots=True)
class Entity(Input):
    """A row of another table by its primary key, such as an organisation; `offered` are the states that a page offers."""

    model: str = ""
    offered: tuple[str, ...] = ()

    kind: ClassVar[str] = "entity"

    def clean(self, raw: Any) -> int:
        try:
            key = int(getattr(raw, "pk", raw))
        except (TypeError, ValueError):
            raise ValueError(_("%(value)s is not the number of a record") % {"value": repr(raw)}) from None
        _exist(self.model, [key])
        return key

    def words(self, value: int) -> str:
        return str(_rows(self.model).get(pk=value))

    def form_field(self) -> forms.Field:
        rows = _rows(self.model).filter(state__in=self.offered) if self.offered else _rows(self.model)
        return forms.ModelChoiceField(label=self.label, required=self.required, queryset=rows)


@dataclass(frozen=True, slots=True)
class Entities(Input):
    """Several rows of another table by their primary keys; a page offers those of `side` and of no side."""

    model: str = ""
    side: str = ""

    kind: ClassVar[str] = "entities"

    def clean(self, raw: Any) -> list[int]:
        try:
            keys = sorted({int(getattr(one, "pk", one)) for one in raw})
        except (TypeError, ValueError):
            raise ValueError(_("%(value)s is not a list of records") % {"value": repr(raw)}) from None
        _exist(self.model, keys)
        return keys

    def words(self, value: list[int]) -> str:
        return _(", ").join(str(row) for row in _rows(self.model).filter(pk__in=value))

    def form_field(self) -> forms.Field:
        rows = _rows(self.model).filter(side__in=("", self.side)) if self.side else _rows(self.model)
        return forms.ModelMultipleChoiceField(
            label=self.label, required=self.required, queryset=rows, widget=forms.CheckboxSelectMultiple
        )


def whole(raw: Any, most: int) -> int | None:
    """A whole number, not negative and with no more digits than `most`, as a number or as digits with commas; else None."""
    text = str(raw).strip().replace(",", "")
    digits = not isinstance(raw, bool) and text.isascii() and text.isdigit() and len(text) <= len(str(most))
    return int(text) if digits else None


def finite(raw: Any) -> Decimal | None:
    """A finite number, or None for anything else."""
    try:
        value = Decimal(str(raw).strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() and not isinstance(raw, bool) else None


def _iso_date(text: str) -> date | None:
    """The date of a text such as 2027-03-12; Python's own reader would also take weeks and fractions."""
    with suppress(ValueError):
        return date.fromisoformat(text) if ISO_DATE.fullmatch(text) else None
    return None


def _rows(model: str) -> QuerySet[Any]:
    found = apps.get_model(model)
    named_with: tuple[str, ...] = getattr(found, "named_with", ())
    rows = cast("QuerySet[Any]", found._default_manager.all())
    return rows.select_related(*named_with) if named_with else rows


def _exist(model: str, keys: list[int]) -> None:
    """Raises ValueError where one of the keys is no record: a broken reference would only surface at commit."""
    there = set(_rows(model).filter(pk__in=keys).values_list("pk", flat=True))
    if lost := [key for key in keys if key not in there]:
        raise ValueError(_("there is no record %(value)s") % {"value": ", ".join(map(str, lost))})


def clean_all(declared: Sequence[Input], given: Mapping[str, Any]) -> dict[str, Any]:
    """Every declared input as a Python value; absent optional ones are left out.

    Raises NotReady with one Problem per field: DOOR-07 missing, DOOR-08 not understood, DOOR-09 not
    asked for.
    """
    names = {one.name for one in declared}
    problems = [
        Problem("DOOR-09", _("%(field)s is not asked for at this step") % {"field": name}, name)
        for name in given
        if name not in names
    ]
    cleaned: dict[str, Any] = {}
    for one in declared:
        try:
            value = _cleaned(one, given.get(one.name))
        except ValueError as error:
            problems.append(Problem("DOOR-08", f"{one.label}: {error}", one.name))
            continue
        if value not in NOTHING:
            cleaned[one.name] = value
        elif one.required:
            problems.append(Problem("DOOR-07", _("%(label)s is missing") % {"label": one.label}, one.name))
    if problems:
        raise NotReady(problems)
    return cleaned


def _cleaned(one: Input, raw: Any) -> Any:
    """The value of one input; one of NOTHING when it was left empty. Raises ValueError as `clean` does."""
    value = "" if raw is None or raw in NOTHING else one.clean(raw)
    if value not in NOTHING and not _storable(one.dump(value)):
        raise ValueError(_("it holds characters that cannot be kept; write it anew"))
    return value


def storable(text: str) -> bool:
    """Whether a text can be kept: no NUL, which no database holds, and no half of a character."""
    return "\0" not in text and text == text.encode(errors="replace").decode()


def _storable(value: Any) -> bool:
    """Whether a value can be kept as JSON, all its parts included."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, Mapping):
        return all(_storable(part) for pair in value.items() for part in pair)
    if isinstance(value, list | tuple):
        return all(map(_storable, value))
    return value is None or isinstance(value, int) or (isinstance(value, float) and isfinite(value))


def dump_all(declared: Sequence[Input], cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """The cleaned inputs as JSON for the log."""
    return {one.name: one.dump(cleaned[one.name]) for one in declared if one.name in cleaned}
