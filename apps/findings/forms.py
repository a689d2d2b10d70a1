"""The checklist of an entity: each row of the form ticked or not, with a note."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from apps.core.errors import Problem
from apps.findings.kinds import Requirement
from apps.findings.models import RowNote
from apps.findings.services import LONGEST_NOTE


class ChecklistForm(forms.Form):
    """What an entity notes on the rows of a form; `seen` is the last note that it read."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, rows: Iterable[Requirement], notes: Mapping[int, RowNote], **options: Any) -> None:
        self.rows = list(rows)
        initial: dict[str, Any] = {"seen": max((one.pk for one in notes.values()), default=0)}
        for number, note in notes.items():
            initial |= {f"met_{number}": note.is_met, f"text_{number}": note.text}
        super().__init__(initial=initial, **options)
        for row in self.rows:
            self.fields[f"met_{row.value}"] = forms.BooleanField(label=_("Met, no request open"), required=False)
            self.fields[f"text_{row.value}"] = forms.CharField(
                label=_("Note"), required=False, max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": "2"})
            )

    def lines(self) -> list[tuple[Requirement, BoundField, BoundField]]:
        """The fields of each row."""
        return [(row, self[f"met_{row.value}"], self[f"text_{row.value}"]) for row in self.rows]

    def notes(self) -> dict[int, tuple[bool, str]]:
        """What was filled in, by row."""
        said = self.cleaned_data
        return {row.value: (said[f"met_{row.value}"], said[f"text_{row.value}"].strip()) for row in self.rows}

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Tell the problems of a refusal at the fields that they name."""
        for one in problems:
            self.add_error(one.field if one.field in self.fields else None, forms.ValidationError(one.text, code=one.code))
