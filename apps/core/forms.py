"""How forms are rendered, and fields for days and tonnes that keep what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PARTS = ("day", "month", "year")
EARLIEST_YEAR = 1900
SEPARATORS = str.maketrans("", "", ",，、 \u00a0\u202f\u3000")


class GazetteRenderer(TemplatesSetting):
    """Renders forms and fields with templates/_forms/; single widgets stay Django's own."""

    form_template_name = "_forms/form.html"
    field_template_name = "_forms/field.html"


class DayMonthYearWidget(forms.MultiWidget):
    """Three text inputs. What was typed comes back as it was typed."""

    template_name = "_forms/day_month_year.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        classes = "govuk-input govuk-date-input__input govuk-input--width-"
        widths = {"day": 2, "month": 2, "year": 4}
        parts: dict[str, forms.Widget | type[forms.Widget]] = {
            part: forms.TextInput({"inputmode": "numeric", "class": f"{classes}{widths[part]}"}) for part in PARTS
        }
        super().__init__(parts, attrs)

    def decompress(self, value: date | None) -> list[str]:
        return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]


class DayMonthYearField(forms.Field):
    """A calendar day typed as day, month and year."""

    widget = DayMonthYearWidget

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"help_text": gettext_lazy("For example, 27 3 2029"), **options})

    def to_python(self, value: Any) -> date | None:
        """The date of three typed parts; None where all are empty.

        Raises ValidationError that names the missing parts, or says that there is no such day.
        """
        if isinstance(value, date):
            return value
        typed = {part: (text or "").strip() for part, text in zip(PARTS, value or ("", "", ""), strict=True)}
        if not any(typed.values()):
            return None
        if missing := [part for part in PARTS if not typed[part]]:
            raise ValidationError(missing_words(missing), code="incomplete")
        return real_day(typed)


def missing_words(missing: list[str]) -> str:
    """Which parts of a date are still to be entered."""
    names = {"day": _("the day"), "month": _("the month"), "year": _("the year")}
    # Translators: stands between "the day", "the month" and "the year".
    return _("Enter %(parts)s as well") % {"parts": _(" and ").join(names[part] for part in missing)}


def real_day(typed: Mapping[str, str]) -> date:
    """The date of three numbers in words; raises ValidationError where there is none."""
    said = " ".join(typed[part] for part in PARTS)
    try:
        found = date(*(int(typed[part]) for part in reversed(PARTS)))
    except (ValueError, OverflowError) as error:
        message = _("%(typed)s is no date. Enter day, month and year in numbers, for example 27 3 2029")
        raise ValidationError(message, code="invalid", params={"typed": said}) from error
    if found.year < EARLIEST_YEAR:
        raise ValidationError(_("Enter the year in four digits, for example 2029"), code="year")
    return found


class TonnesField(forms.IntegerField):
    """A whole number of tonnes of CO2 equivalent; 18,407 and 18 407 are read as 18407."""

    unit = "tonnes"
    default_error_messages = {"invalid": gettext_lazy("Enter whole tonnes in digits, for example 18,407")}

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"min_value": 0, **options})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "class": "govuk-input--width-10"}

    def to_python(self, value: Any) -> int | None:
        """Whole tonnes; None where empty. Raises ValidationError for anything but digits and separators."""
        return super().to_python(value.translate(SEPARATORS) if isinstance(value, str) else value)
