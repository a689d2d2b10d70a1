"""The ballot paper: one answer per open item, no default, and a reason where one is needed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.committee.kinds import OBJECTIONS, Answer
from apps.committee.models import BallotItem

CHOICES = [
    (Answer.AGREE.value, Answer.AGREE.label),
    (Answer.DO_NOT_AGREE.value, Answer.DO_NOT_AGREE.label),
    (Answer.ASK_FOR_MEETING.value, Answer.ASK_FOR_MEETING.label),
    (Answer.CONFLICT_OF_INTEREST.value, _("I have a conflict of interest")),
]


class BallotPaper(forms.Form):
    """Answers to the open items of a ballot. What is left empty stays open until it closes."""

    reason = forms.CharField(
        label=_("Your reason"),
        help_text=_("Needed if you do not agree or ask for a meeting. Members of both sides will read it in full."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, items: Iterable[BallotItem], *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"key": uuid4()})
        super().__init__(*args, **kwargs)
        for item in items:
            self.fields[field_of(item)] = forms.ChoiceField(
                label=str(item), choices=CHOICES, required=False, widget=forms.RadioSelect
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        said = {name: value for name, value in cleaned.items() if name.startswith("item_") and value}
        if not said and not self.errors:
            raise forms.ValidationError(_("Answer at least one item."), code="BAL-06")
        if any(value in OBJECTIONS for value in said.values()) and not cleaned.get("reason"):
            self.add_error("reason", _("Give your reason: you do not agree or ask for a meeting."))
        return cleaned

    def answers(self) -> dict[int, tuple[str, str]]:
        """Item number -> (answer, reason), of the items that were answered; the reason goes with objections only."""
        said = {name: value for name, value in self.cleaned_data.items() if name.startswith("item_") and value}
        reason = self.cleaned_data["reason"]
        return {int(name[5:]): (value, reason if value in OBJECTIONS else "") for name, value in said.items()}

    def rows(self) -> list[forms.BoundField]:
        """The items' fields in their order."""
        return [self[name] for name in self.fields if name.startswith("item_")]


def field_of(item: BallotItem) -> str:
    """The name of an item's field."""
    return f"item_{item.number}"
