"""The ballot paper: one answer per item, no default, and a reason where one is needed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from apps.committee.kinds import OBJECTIONS, Answer
from apps.committee.models import BallotItem, Seat

CHOICES = [
    (Answer.AGREE.value, Answer.AGREE.label),
    (Answer.DO_NOT_AGREE.value, Answer.DO_NOT_AGREE.label),
    (Answer.ASK_FOR_MEETING.value, Answer.ASK_FOR_MEETING.label),
    (Answer.CONFLICT_OF_INTEREST.value, _("I have a conflict of interest")),
]
LONGEST_REASON = 4000
ITEM = "item_"


class ReasonField(forms.CharField):
    """A reason, needed beside some answers only: neither marked as optional nor asked for always."""

    depends = True

    def to_python(self, value: Any) -> str:
        """A browser sends the ends of lines as two characters; the record keeps one."""
        return (super().to_python(value) or "").replace("\r\n", "\n")


class BallotPaper(forms.Form):
    """Answers to items of a ballot. What is left empty stays open until it closes.

    `seat` and `key` tie the answers to the seat for which the page was read, and make a second sending harmless.
    """

    reason = ReasonField(
        label=_("Your reason"),
        help_text=_("Needed if you do not agree or ask for a meeting. Members of both sides will read it in full."),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    seat = forms.IntegerField(widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, items: Iterable[BallotItem], seat: Seat | None, data: QueryDict | None = None, **kwargs: Any) -> None:
        self.now = {"seat": seat.pk if seat else None, "key": uuid4()}
        super().__init__(data, **{"initial": self.now, **kwargs})
        for item in items:
            self.fields[field_of(item)] = forms.ChoiceField(
                label=str(item), choices=CHOICES, required=False, widget=forms.RadioSelect
            )

    @classmethod
    def again(cls, items: Iterable[BallotItem], seat: Seat | None, sent: QueryDict) -> BallotPaper:
        """A paper that is not judged, filled in with what was sent, for the seat of now and under a key never used."""
        paper = cls(items, seat)
        paper.initial = {**sent.dict(), **paper.now}
        return paper

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        said = self._said(cleaned)
        if not said and not self.errors:
            raise forms.ValidationError(_("Answer at least one item."), code="BAL-06")
        if any(value in OBJECTIONS for value in said.values()) and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error(
                "reason", forms.ValidationError(_("Give your reason: you do not agree or ask for a meeting."), "BAL-11")
            )
        return cleaned

    def answers(self) -> dict[int, tuple[str, str]]:
        """Item number -> (answer, reason), of the items that were answered; the reason goes with objections only."""
        reason = self.cleaned_data["reason"]
        said = self._said(self.cleaned_data)
        return {int(name[len(ITEM) :]): (value, reason if value in OBJECTIONS else "") for name, value in said.items()}

    def rows(self) -> list[forms.BoundField]:
        """The items' fields in their order."""
        return [self[name] for name in self.fields if name.startswith(ITEM)]

    @staticmethod
    def _said(cleaned: dict[str, Any]) -> dict[str, str]:
        return {name: value for name, value in cleaned.items() if name.startswith(ITEM) and value}


def field_of(item: BallotItem) -> str:
    """The name of an item's field."""
    return f"{ITEM}{item.number}"
