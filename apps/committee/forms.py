"""The ballot paper: one answer per item, no default, and a reason where one is needed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from apps.committee.kinds import IN_WORDS, Answer, Stance
from apps.committee.models import BallotItem, Seat
from apps.committee.selectors import Case
from apps.core.forms import DayMonthYearField

CHOICES = [
    (Answer.AGREE.value, Answer.AGREE.label),
    (Answer.AGREE_WITH_COMMENT.value, Answer.AGREE_WITH_COMMENT.label),
    (Answer.DO_NOT_AGREE.value, Answer.DO_NOT_AGREE.label),
    (Answer.ASK_FOR_MEETING.value, Answer.ASK_FOR_MEETING.label),
    (Answer.CONFLICT_OF_INTEREST.value, _("I have a conflict of interest")),
]
REPLIES = [(answer.value, answer.label) for answer in Answer]
LONGEST_REASON = 4000
ITEM = "item_"
REVISION = "revision_"


class ReasonField(forms.CharField):
    """A reason, needed beside some answers only: neither marked as optional nor asked for always."""

    depends = True

    def to_python(self, value: Any) -> str:
        """A browser sends the ends of lines as two characters; the record keeps one."""
        return (super().to_python(value) or "").replace("\r\n", "\n")


class BallotPaper(forms.Form):
    """Answers to items of a ballot. What is left empty stays open until it closes.

    `seat` and `key` tie the answers to the seat for which the page was read, and make a second sending harmless;
    `seen` and the revisions say which answers and texts were read.
    """

    reason = ReasonField(
        label=_("Your reason or comment"),
        help_text=_(
            "Needed if you do not agree, ask for a meeting or agree with a comment."
            " Members of both sides will read it in full once the item closes."
        ),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    seat = forms.IntegerField(widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self, items: Iterable[BallotItem], seat: Seat | None, seen: int = 0, data: QueryDict | None = None, **kwargs: Any
    ) -> None:
        items = list(items)
        revisions = {f"{REVISION}{item.number}": item.revision for item in items}
        self.now = {"seat": seat.pk if seat else None, "key": uuid4(), "seen": seen, **revisions}
        super().__init__(data, **{"initial": self.now, **kwargs})
        for item in items:
            self.fields[f"{REVISION}{item.number}"] = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)
            self.fields[field_of(item)] = forms.ChoiceField(
                label=str(item), choices=CHOICES, required=False, widget=forms.RadioSelect
            )

    @classmethod
    def again(cls, items: Iterable[BallotItem], seat: Seat | None, seen: int, sent: QueryDict) -> BallotPaper:
        """A paper that is not judged, filled in with what was sent, for the seat and texts of now and under a new key."""
        paper = cls(items, seat, seen)
        paper.initial = {**sent.dict(), **paper.now}
        return paper

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        said = said_in(cleaned)
        if not said and not self.errors:
            raise forms.ValidationError(_("Answer at least one item."), code="BAL-06")
        if any(value in IN_WORDS for value in said.values()) and not cleaned.get("reason") and "reason" not in self.errors:
            text = _("Give your reason or comment: you do not agree, ask for a meeting or agree with a comment.")
            self.add_error("reason", forms.ValidationError(text, "BAL-11"))
        return cleaned

    def answers(self) -> dict[int, tuple[str, str]]:
        """Item number -> (answer, reason), of the items that were answered."""
        return answers_in(self.cleaned_data)

    def revisions(self) -> dict[int, int]:
        """Item number -> the text that was read, of the items that were answered."""
        read = {number: self.cleaned_data.get(f"{REVISION}{number}") for number in self.answers()}
        return {number: revision for number, revision in read.items() if revision}

    def rows(self) -> list[forms.BoundField]:
        """The items' fields in their order."""
        return [self[name] for name in self.fields if name.startswith(ITEM)]

    def texts(self) -> list[forms.BoundField]:
        """The hidden fields that say which text of each item was read."""
        return [self[name] for name in self.fields if name.startswith(REVISION)]


class CasesForm(forms.Form):
    """Cases that wait for the committee and need no more than its yes, to be ticked."""

    cases = forms.MultipleChoiceField(label=_("Tick what is put to the members"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, waiting: Iterable[Case], data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.fields["cases"].choices = [(one.key, one.line) for one in waiting]  # type: ignore[attr-defined] # reason: known to be a choice field


class NoteForm(forms.Form):
    """Words inside one's own side."""

    item = forms.TypedChoiceField(label=_("About"), coerce=int, empty_value=None, initial=0)
    stance = forms.ChoiceField(label=_("What you say"), choices=Stance.choices, widget=forms.RadioSelect)
    text = ReasonField(
        label=_("Your words"),
        help_text=_("Needed unless you concur. Only your own side ever reads this."),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, items: Iterable[BallotItem], data: QueryDict | None = None) -> None:
        super().__init__(data, prefix="note")
        whole = (0, _("the whole ballot"))
        self.fields["item"].choices = [whole, *((item.number, str(item)) for item in items)]  # type: ignore[attr-defined] # reason: known to be a choice field

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("stance") not in {None, Stance.CONCUR} and not cleaned.get("text") and "text" not in self.errors:
            self.add_error("text", forms.ValidationError(_("Write what you have to say."), "BAL-37"))
        return cleaned


class ReplyForm(forms.Form):
    """A reply that a member gave on paper or by e-mail, as the secretariat writes it down."""

    seat = forms.TypedChoiceField(
        label=_("Whose reply"), coerce=int, empty_value=None, error_messages={"required": _("Choose the member.")}
    )
    received_on = DayMonthYearField(
        label=_("Received on"), error_messages={"required": _("Enter the day on which the reply was received.")}
    )
    scan = forms.FileField(
        error_messages={"required": _("Choose the scan of the reply.")},
        label=_("Scan of the reply, or the e-mail as a PDF"),
        help_text=_("PDF. Only your own side reads it until the item closes, and only the committee afterwards."),
    )
    reason = ReasonField(
        label=_("The member’s reason or comment"),
        help_text=_("As it was written. Needed if the member does not agree, asks for a meeting or agrees with a comment."),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self, seats: Iterable[Seat], items: Iterable[BallotItem], data: QueryDict | None = None, files: Any = None
    ) -> None:
        super().__init__(data, files)
        offered = [(seat.membership_id, str(seat.membership.user)) for seat in seats]
        self.fields["seat"].choices = [("", _("Choose a member")), *offered]  # type: ignore[attr-defined] # reason: known to be a choice field
        for item in items:
            self.fields[field_of(item)] = forms.ChoiceField(
                label=str(item), choices=REPLIES, required=False, widget=forms.RadioSelect
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        said = said_in(cleaned)
        if not said and not self.errors:
            raise forms.ValidationError(_("Answer at least one item."), code="BAL-06")
        if any(value in IN_WORDS for value in said.values()) and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", forms.ValidationError(_("Write down the reason or comment."), "BAL-11"))
        return cleaned

    def answers(self) -> dict[int, tuple[str, str]]:
        """Item number -> (answer, reason), of the items that were answered."""
        return answers_in(self.cleaned_data)

    def rows(self) -> list[forms.BoundField]:
        """The items' fields in their order."""
        return [self[name] for name in self.fields if name.startswith(ITEM)]


def said_in(cleaned: dict[str, Any]) -> dict[str, str]:
    """The answers among a form's values, by field."""
    return {name: value for name, value in cleaned.items() if name.startswith(ITEM) and value}


def answers_in(cleaned: dict[str, Any]) -> dict[int, tuple[str, str]]:
    """Item number -> (answer, reason); the reason goes with the answers that need words."""
    said, reason = said_in(cleaned), cleaned["reason"]
    return {int(name[len(ITEM) :]): (value, reason if value in IN_WORDS else "") for name, value in said.items()}


def field_of(item: BallotItem) -> str:
    """The name of an item's field."""
    return f"{ITEM}{item.number}"
