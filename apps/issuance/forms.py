"""The forms of the monitoring sheet: first the methodology and the items, then the values that were fixed at validation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.errors import Problem
from apps.issuance.models import Round
from apps.issuance.selectors import template_for
from apps.monitoring.declaration import Fixed, Method
from apps.monitoring.expressions import is_of_an_item
from apps.monitoring.methods import BY_KEY, METHODS
from apps.monitoring.template import MOST_DIGITS, MOST_ITEMS, Template

NARROW = "govuk-input--width-10"


class SheetForm(forms.Form):
    """Which methodology, and for which items."""

    method = forms.ChoiceField(
        label=gettext_lazy("Methodology"), choices=[(one.key, one.title) for one in METHODS], widget=forms.RadioSelect
    )
    items = forms.CharField(
        label=gettext_lazy("Names of the plants, chillers or boilers, one per line"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("As in the design document. Leave it empty for electricity from waste heat."),
    )

    def template(self, subject: Round) -> Template:
        """What the sheets are to be made for; the values that the project fixed are asked for on the next page."""
        items = items_in(self.cleaned_data["items"])
        return template_for(subject, BY_KEY[self.cleaned_data["method"]], items, self.values())

    def values(self) -> dict[tuple[str, str], Decimal]:
        """The values that were given, by symbol and item."""
        return {}

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Tell each problem at its field, or of the form as a whole."""
        for problem in problems:
            shown = problem.field in self.fields and not self[problem.field].is_hidden
            self.add_error(problem.field if shown else None, forms.ValidationError(problem.text, code=problem.code))


class ValuesForm(SheetForm):
    """A field for each value that the project fixed; methodology and items come along."""

    def __init__(self, method: Method, items: tuple[str, ...], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"method": method.key, "items": "\n".join(items)})
        self.asked = {f"{one.symbol}-{number}": (one, item) for one, number, item in _fixed(method, items)}
        self.fields["method"].widget = self.fields["items"].widget = forms.HiddenInput()
        for name, (one, item) in self.asked.items():
            self.fields[name] = forms.DecimalField(
                label=_label(one, item),
                help_text=_hint(one),
                min_value=Decimal(0),
                max_digits=MOST_DIGITS,
                widget=forms.TextInput({"inputmode": "decimal", "class": NARROW}),
            )

    def values(self) -> dict[tuple[str, str], Decimal]:
        return {(one.symbol, item): self.cleaned_data[name] for name, (one, item) in self.asked.items()}


def items_in(text: str) -> tuple[str, ...]:
    """The names in a text with one a line; one more than there may be is enough to be refused."""
    found = [line.strip() for line in text.splitlines() if line.strip()]
    return tuple(found[: MOST_ITEMS + 1])


def _fixed(method: Method, items: tuple[str, ...]) -> Iterator[tuple[Fixed, int, str]]:
    for one in method.fixed:
        if one.default is None:
            of = items if is_of_an_item(one.symbol) else ("",)
            yield from ((one, number, item) for number, item in enumerate(of, start=1))


def _label(one: Fixed, item: str) -> str:
    if item:
        return _("%(item)s: %(description)s") % {"item": item, "description": one.description}
    return str(one.description)


def _hint(one: Fixed) -> str:
    if one.unit == "1":
        return _("%(symbol)s, a number without unit. Source: %(source)s.") % {"symbol": one.symbol, "source": one.source}
    text = _("%(symbol)s, in %(unit)s. Source: %(source)s.")
    return text % {"symbol": one.symbol, "unit": one.unit, "source": one.source}
