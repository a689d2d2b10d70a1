"""The forms of a meeting: what is put on its agenda, who comes and goes, what is decided, what is remarked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.committee.kinds import LONGEST_TITLE
from apps.core.errors import Problem
from apps.meetings.inputs import TimeOfDay
from apps.meetings.kinds import Manner, Result
from apps.meetings.models import AgendaItem, Attendance, Meeting
from apps.meetings.selectors import Candidate
from apps.workflow.inputs import NOTHING, Input
from apps.workflow.models import Subject
from apps.workflow.table import Step

ONE_MINUTE = timedelta(minutes=1)
GIVEN = "given_"


class WallTimeField(forms.CharField):
    """A time on the clock at the place of the meeting; empty means now."""

    def __init__(self, label: Any) -> None:
        widget = forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"})
        hint = gettext_lazy("For example, 14:30, by the clock of the meeting. Empty: now.")
        super().__init__(label=label, required=False, help_text=hint, widget=widget)

    def clean(self, value: Any) -> time | None:
        text = super().clean(value)
        try:
            return TimeOfDay("time", "").clean(text) if text else None
        except ValueError as error:
            raise forms.ValidationError(str(error), code="DOOR-08") from error


def moment_of(meeting: Meeting, at: time | None, *, earliest: datetime | None = None) -> datetime | None:
    """The moment of a time on the day of the meeting; one within the minute of `earliest` is that very moment."""
    if at is None:
        return None
    moment = datetime.combine(meeting.held_on, at, meeting.clock_zone)
    within = earliest is not None and timedelta(0) <= earliest - moment < ONE_MINUTE
    return earliest if within else moment


class GazetteForm(forms.Form):
    """A form that takes the problems of a refusal at the fields that they name."""

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Tell each problem at its field, or of the form as a whole."""
        for problem in problems:
            error = forms.ValidationError(problem.text, code=problem.code)
            self.add_error(problem.field if problem.field in self.fields else None, error)


class ChoosingForm(GazetteForm):
    """What waits for the committee, to be ticked."""

    chosen = forms.MultipleChoiceField(label=gettext_lazy("Tick what comes on the agenda"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, waiting: Sequence[Candidate], *, in_session: bool, **options: Any) -> None:
        super().__init__(prefix="choose", **options)
        self.fields["chosen"].choices = [(one.key, words_of(one)) for one in waiting]  # type: ignore[attr-defined] # reason: its stub names the base
        if in_session:
            self.fields["consent"] = consent_field()


class TopicForm(GazetteForm):
    """A topic in free words."""

    item_title = forms.CharField(label=gettext_lazy("Question or topic"), max_length=LONGEST_TITLE)
    text = forms.CharField(
        label=gettext_lazy("Text of the draft decision"), required=False, max_length=10_000, widget=forms.Textarea({"rows": 4})
    )

    def __init__(self, *, in_session: bool, **options: Any) -> None:
        super().__init__(prefix="topic", **options)
        if in_session:
            self.fields["consent"] = consent_field()


def consent_field() -> forms.Field:
    """Who consented to an addition in session."""
    return forms.CharField(label=_("Who consented to the addition, and how"), max_length=300)


def words_of(one: Candidate) -> str:
    """A matter that waits, in one line: the question, what its adoption does, and where it was left to a meeting."""
    parts = [one.title, *([str(one.row.title)] if one.row else [])]
    if one.deferred:
        parts.append(_("left to a meeting by %(ballot)s") % {"ballot": one.key.partition(":")[2]})
    return " · ".join(parts)


class ArrivalForm(GazetteForm):
    """Those who have come of whom the committee knows."""

    membership = forms.MultipleChoiceField(label=gettext_lazy("Who has come"), widget=forms.CheckboxSelectMultiple)
    manner = forms.ChoiceField(
        label=gettext_lazy("How they attend"), choices=Manner.choices, widget=forms.RadioSelect, initial=Manner.ROOM
    )
    from_at = WallTimeField(gettext_lazy("Present from"))

    def __init__(self, people: Iterable[Membership], **options: Any) -> None:
        super().__init__(prefix="arrive", **options)
        self.people = {str(one.pk): one for one in people}
        choices = [(key, person_words(one)) for key, one in self.people.items()]
        self.fields["membership"].choices = choices  # type: ignore[attr-defined] # reason: its stub names the base

    def chosen(self) -> list[Membership]:
        """The memberships that were ticked."""
        return [self.people[key] for key in self.cleaned_data["membership"]]


def person_words(one: Membership) -> str:
    """A person as somebody who writes the list looks for them."""
    parts = [one.user.name, str(one.get_role_display()), one.organisation.name]
    if one.acts_for:
        parts[1] = _("%(role)s for %(name)s") % {"role": parts[1], "name": one.acts_for.user.name}
    return _(", ").join(parts)


class GuestForm(GazetteForm):
    """A guest."""

    name = forms.CharField(label=gettext_lazy("Name of a guest"), max_length=120)
    organisation = forms.CharField(label=gettext_lazy("Organisation of the guest"), max_length=200)
    manner = forms.ChoiceField(
        label=gettext_lazy("How they attend"), choices=Manner.choices, widget=forms.RadioSelect, initial=Manner.ROOM
    )
    from_at = WallTimeField(gettext_lazy("Present from"))

    def __init__(self, **options: Any) -> None:
        super().__init__(prefix="guest", **options)


class DepartureForm(GazetteForm):
    """Somebody who leaves."""

    line = forms.TypedChoiceField(label=gettext_lazy("Who leaves"), coerce=int, widget=forms.RadioSelect)
    until_at = WallTimeField(gettext_lazy("Present until"))

    def __init__(self, present: Iterable[Attendance], **options: Any) -> None:
        super().__init__(prefix="leave", **options)
        choices = [(one.line, f"{one.line}. {one.name}, {one.organisation}") for one in present]
        self.fields["line"].choices = choices  # type: ignore[attr-defined] # reason: its stub names the base


class DecisionForm(GazetteForm):
    """What the meeting makes of an item. What its step still asks for is needed only where it is adopted."""

    result = forms.ChoiceField(label=gettext_lazy("What was decided"), choices=Result.choices, widget=forms.RadioSelect)
    taken_at = WallTimeField(gettext_lazy("Decided at"))
    text = forms.CharField(
        label=gettext_lazy("Text as decided, where it differs"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea({"rows": 4}),
    )
    conflicts = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Declared a conflict of interest"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, item: AgendaItem, file: Subject | None, present: Iterable[Attendance], **options: Any) -> None:
        super().__init__(**options)
        self.item = item
        self.asks = asks_of(item, file) if file else {}
        if len(self.asks) > 1:
            self.fields["subject_step"] = step_field(item, self.asks)
        for one in {one.name: one for row in self.asks.values() for one in row[1]}.values():
            field = one.asked_field()
            field.required = False
            self.fields[f"{GIVEN}{one.name}"] = field
        if choices := [(one.line, f"{one.line}. {one.name}") for one in present]:
            self.fields["conflicts"].choices = choices  # type: ignore[attr-defined] # reason: its stub names the base
        else:
            del self.fields["conflicts"]

    def refuse(self, problems: Iterable[Problem]) -> None:
        """What is missing of the step's inputs is told at their fields."""
        super().refuse(Problem(one.code, one.text, one.field.replace("inputs.", GIVEN)) for one in problems)

    def given(self) -> Mapping[str, Any]:
        """What the step that was adopted is given beside what the agenda says."""
        _row, declared = self.asks.get(self.step, (None, []))
        found = {one.name: self.cleaned_data.get(f"{GIVEN}{one.name}") for one in declared}
        return {name: value for name, value in found.items() if value not in (None, *NOTHING)}

    @property
    def step(self) -> str:
        """The step that was adopted: the item's own unless another was chosen."""
        return str(self.cleaned_data.get("subject_step") or self.item.step)


def asks_of(item: AgendaItem, file: Subject) -> dict[str, tuple[Step, list[Input]]]:
    """The steps that the committee can take on a file now, each with what it asks for beside what the agenda says."""
    rows = [row for row in file.procedure.rows(file.edition) if row.is_for(Role.COMMITTEE) and file.state in row.source]
    said = {row.key: item.inputs if row.key == item.step else {} for row in rows}
    return {
        row.key: (row, [one for one in file.procedure.inputs_of(row) if said[row.key].get(one.name) in (None, *NOTHING)])
        for row in rows
    }


def step_field(item: AgendaItem, asks: Mapping[str, tuple[Step, list[Input]]]) -> forms.Field:
    """Which of several steps was adopted; the item's own stands there already."""
    choices = [(key, str(row.title)) for key, (row, _declared) in asks.items()]
    label = _("What adoption does")
    return forms.ChoiceField(label=label, choices=choices, initial=item.step, required=False, widget=forms.RadioSelect)


class RemarkForm(GazetteForm):
    """A remark for the report."""

    item = forms.TypedChoiceField(label=gettext_lazy("Item of the agenda"), coerce=int)
    remark = forms.CharField(label=gettext_lazy("Remark"), max_length=10_000, widget=forms.Textarea({"rows": 4}))

    def __init__(self, items: Iterable[AgendaItem], **options: Any) -> None:
        super().__init__(prefix="remark", **options)
        self.fields["item"].choices = [(one.number, str(one)) for one in items]  # type: ignore[attr-defined] # reason: its stub names the base
