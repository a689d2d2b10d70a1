"""Ballots, their items and seats, the positions of members, and the decisions that came of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Membership
from apps.accounts.roles import Side
from apps.committee.kinds import Answer, Basis, Form, Outcome
from apps.committee.procedure import PROCEDURE, State
from apps.core import calendar
from apps.core.calendar import Window
from apps.workflow.fsm import Act, step
from apps.workflow.models import Subject
from apps.workflow.table import Step


class Ballot(Subject):
    """One decision of the committee: a header with items, each with an outcome of its own."""

    procedure = PROCEDURE

    form = models.CharField(_("form"), max_length=10, choices=Form.choices)
    meeting_no = models.PositiveSmallIntegerField(_("number of the meeting"), null=True)
    place = models.CharField(_("place"), max_length=120, blank=True, default="")
    held_on = models.DateField(_("day of the meeting"), null=True)
    circulated_at = models.DateTimeField(_("circulated"), null=True)
    circulated_on = models.DateField(_("circulated on"), null=True)

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="ballot_meeting_has_a_day",
                condition=Q(form=Form.MEETING, held_on__isnull=False)
                | Q(~Q(form=Form.MEETING), held_on__isnull=True, meeting_no__isnull=True, place=""),
            ),
            models.CheckConstraint(name="ballot_form_is_known", condition=Q(form__in=Form.values)),
        ]

    def get_absolute_url(self) -> str:
        """The ballot's own page, under its number."""
        return reverse("ballot", args=[self.reference])

    def step_url(self, row: Step) -> str:
        """Positions are taken on the ballot's own page."""
        return self.get_absolute_url() if row.key == "take_position" else super().step_url(row)

    @property
    def window(self) -> Window | None:
        """The window for replies of an electronic decision, from its circulation; None for any other. Source: rules 3.3."""
        if self.form != Form.ELECTRONIC or self.circulated_on is None:
            return None
        rule = self.rules.adoption
        return calendar.window(starts_on=self.circulated_on, days=rule.window_days, both_ends=rule.both_ends)

    @property
    def closes_at(self) -> datetime | None:
        """The first moment at which a reply is late."""
        return self.window.due_at if self.window else None

    def waits_for(self, row: Step) -> bool:
        """What the rule does at once is not waited for; an adopted item without effect is, once all else is done."""
        if row.key == "execute":
            return self.state == State.CLOSED and BallotItem.without_effect().filter(ballot=self).exists()
        if self.state == State.DRAFT:
            return row.key == ("circulate" if self.form == Form.ELECTRONIC else "ask_to_confirm")
        return row.key not in {"settle", "close"}

    @classmethod
    def awaits(cls, membership_id: int) -> Q:
        """Drafts wait for whoever may circulate them, running ballots for those who have not answered an open item.

        Closed ones wait for the secretariat while an adopted item has not taken effect.
        """
        unanswered, idle = BallotItem.unanswered_by(membership_id), BallotItem.without_effect()
        idle_and_closed = Q(state=State.CLOSED, pk__in=idle.values("ballot_id"))
        return Q(circulated_at=None) | Q(pk__in=unanswered.values("ballot_id")) | idle_and_closed

    @step(PROCEDURE)
    def draft(self, act: Act) -> None:
        self.form, self.meeting_no = act.inputs["form"], act.inputs.get("meeting_no")
        self.place, self.held_on = act.inputs.get("place", ""), act.inputs.get("held_on")

    @step(PROCEDURE)
    def add_item(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def remove_item(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def circulate(self, act: Act) -> None:
        self.circulated_at, self.circulated_on = act.at, act.effective_on

    @step(PROCEDURE)
    def ask_to_confirm(self, act: Act) -> None:
        self.circulated_at, self.circulated_on = act.at, act.effective_on

    @step(PROCEDURE)
    def take_position(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def close_window(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def settle(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def execute(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def withdraw_item(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def close(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def withdraw(self, act: Act) -> None:
        pass


class Seat(models.Model):
    """A place at one ballot, given at its circulation. The ballot keeps the membership that it was opened with."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="seats")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="seats", db_constraint=False)
    side = models.CharField(_("side"), max_length=5, choices=Side.choices)
    is_co_chair = models.BooleanField(_("co-chair"))
    act_id = models.UUIDField()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["side", "-is_co_chair", "id"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "membership"], name="seat_once_per_ballot"),
            models.UniqueConstraint(fields=["ballot", "side"], condition=Q(is_co_chair=True), name="seat_one_co_chair_per_side"),
            models.UniqueConstraint(fields=["id", "ballot", "side"], name="seat_side"),
            models.CheckConstraint(name="seat_side_is_known", condition=Q(side__in=Side.values)),
        ]

    def __str__(self) -> str:
        return f"{self.ballot_id}: {self.membership_id} ({self.side})"


class BallotItem(models.Model):
    """One question of a ballot: a step of a file, or a text alone (rules, special measures, reports).

    Frozen once circulated; then only its outcome, once, and its execution are written.
    """

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField(_("number"))
    subject_type = models.CharField(max_length=40, blank=True, default="")
    subject_id = models.BigIntegerField(null=True)
    step = models.CharField(max_length=40, blank=True, default="")
    inputs = models.JSONField(default=dict)
    title = models.CharField(_("question"), max_length=300)
    text = models.TextField(_("text of the draft decision"), blank=True, default="")
    effective_on = models.DateField(_("takes effect on"), null=True)
    expires_on = models.DateField(_("last day of effect"), null=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True, default="")
    # The act that gave the outcome.
    act_id = models.UUIDField(null=True)
    executed_at = models.DateTimeField(_("took effect"), null=True)
    problems = models.JSONField(_("why it has not taken effect"), default=list)

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        ordering = ["ballot_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "number"], name="ballot_item_number_once"),
            models.UniqueConstraint(fields=["id", "ballot"], name="ballot_item_ballot"),
            models.UniqueConstraint(
                fields=["ballot", "subject_type", "subject_id", "step"], condition=~Q(step=""), name="ballot_item_step_once"
            ),
            models.CheckConstraint(
                name="ballot_item_step_or_text",
                condition=Q(subject_type="", subject_id__isnull=True, step="")
                | Q(~Q(subject_type=""), ~Q(step=""), subject_id__isnull=False),
            ),
            models.CheckConstraint(
                name="ballot_item_expires_after_it_takes_effect",
                condition=Q(expires_on=None) | Q(effective_on=None) | Q(expires_on__gte=F("effective_on")),
            ),
            models.CheckConstraint(name="ballot_item_outcome_is_known", condition=Q(outcome__in=["", *Outcome.values])),
            models.CheckConstraint(
                name="ballot_item_outcome_by_an_act",
                condition=Q(outcome="", act_id__isnull=True) | Q(~Q(outcome=""), act_id__isnull=False),
            ),
            models.CheckConstraint(
                name="ballot_item_takes_effect_when_adopted", condition=Q(executed_at=None) | Q(outcome=Outcome.ADOPTED)
            ),
        ]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="ballot_item_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @classmethod
    def asking(cls, inputs: Mapping[str, Any], **fields: Any) -> Self:
        """An item, not yet saved, of what the step `add_item` was given."""
        columns = {"subject_step": "step", "takes_effect_on": "effective_on"}
        return cls(**{columns.get(name, name): value for name, value in inputs.items()}, **fields)

    @property
    def is_open(self) -> bool:
        return not self.outcome

    @property
    def is_text(self) -> bool:
        """Whether adopting it changes no file."""
        return not self.step

    @classmethod
    def without_effect(cls) -> models.QuerySet[BallotItem]:
        """Adopted items whose step has not been performed."""
        return cls.objects.exclude(step="").filter(outcome=Outcome.ADOPTED, executed_at=None)

    @classmethod
    def unanswered_by(cls, membership_id: int) -> models.QuerySet[BallotItem]:
        """Open items of ballots at which a membership has a seat and on which it has not yet spoken.

        Of ballots whose window is over or that a meeting decides, only what waits for a co-chair.
        """
        heard = Q(ballot__state=State.CIRCULATED, ballot__seats__membership=membership_id) | Q(
            ballot__state__in=[State.WAITING, State.CONFIRMATION],
            ballot__seats__membership=membership_id,
            ballot__seats__is_co_chair=True,
        )
        spoken = Position.objects.filter(item=models.OuterRef("pk"), seat__membership=membership_id)
        return cls.objects.filter(heard, ~models.Exists(spoken), outcome="")


class Position(models.Model):
    """What a member said on an item. Never edited: the latest of a seat on an item counts.

    The database refuses a position on another side's seat, one that its speaker did not take, and one
    on an item that has its outcome.
    """

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="positions", db_constraint=False)
    item = models.ForeignKey(BallotItem, on_delete=models.PROTECT, related_name="positions", db_constraint=False)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="positions", db_constraint=False)
    side = models.CharField(_("side"), max_length=5, choices=Side.choices)
    answer = models.CharField(_("answer"), max_length=20, choices=Answer.choices)
    reason = models.TextField(_("reason"), blank=True, default="")
    at = models.DateTimeField(_("taken"))
    act_id = models.UUIDField()

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["act_id", "item"], name="position_once_per_act"),
            models.CheckConstraint(name="position_answer_is_known", condition=Q(answer__in=Answer.values)),
            models.CheckConstraint(
                name="position_objection_has_a_reason",
                condition=~Q(answer__in=[Answer.DO_NOT_AGREE, Answer.ASK_FOR_MEETING]) | ~Q(reason=""),
            ),
        ]
        indexes = [models.Index(fields=["item", "seat", "-id"], name="position_latest")]

    def __str__(self) -> str:
        return f"{self.seat_id} on {self.item_id}: {self.answer}"

    @property
    def as_answer(self) -> Answer:
        return Answer(self.answer)


class Decision(models.Model):
    """An adopted item: who an act with the actor "decision" refers to. Written once.

    `adopted_on` is the date of the decision, `adopted_at` the moment at which the last condition was
    met, `explanation` who agreed, kept silent and stood aside. Source: rules 3.3, 3.5.
    """

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="decisions", db_constraint=False)
    item = models.OneToOneField(BallotItem, on_delete=models.PROTECT, related_name="decision", db_constraint=False)
    adopted_on = models.DateField(_("adopted on"))
    adopted_at = models.DateTimeField(_("adopted"))
    rule = models.CharField(_("ground"), max_length=10, choices=Basis.choices)
    explanation: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("explanation"))
    act_id = models.UUIDField()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-adopted_on", "-id"]
        constraints = [models.CheckConstraint(name="decision_ground_is_known", condition=Q(rule__in=Basis.values))]

    def __str__(self) -> str:
        return f"{self.item_id} on {self.adopted_on.isoformat()}"
