"""A ballot, and the decisions that came of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.committee.kinds import Basis, Form
from apps.committee.models.items import BallotItem
from apps.committee.procedure import PROCEDURE, State
from apps.core import calendar
from apps.core.calendar import Window
from apps.core.statements import first_row
from apps.workflow.fsm import Act, step
from apps.workflow.models import Subject
from apps.workflow.table import Step

# The pages on which some steps are taken.
PAGES = {
    "add_item": "ballot_items",
    "amend_item": "ballot_items",
    "take_position": "ballot",
    "circulate": "ballot_circulation",
    "ask_to_confirm": "ballot_circulation",
    "record_reply": "ballot_reply",
}


# Whether an open item has had its window, or has an answer of every seat to the text that stands. The last answer of
# each seat is looked up by itself, so that it does not matter how often the seats have spoken.
SPOKEN = """
select exists (select from committee_ballotitem i where i.ballot_id = %s and i.outcome = '' and (i.closed_on is not null
  or not exists (select from committee_seat s where s.ballot_id = i.ballot_id
    and (select p.id from committee_position p where p.item_id = i.id and p.seat_id = s.id
      and (p.revision = i.revision or p.answer = 'conflict_of_interest') order by p.id desc limit 1) is null)))
"""


class Ballot(Subject):
    """One decision of the committee: a header with items, each with an outcome of its own."""

    procedure = PROCEDURE

    form = models.CharField(_("form"), max_length=10, choices=Form.choices)
    meeting_no = models.PositiveSmallIntegerField(_("number of the meeting"), null=True)
    place = models.CharField(_("place"), max_length=120, blank=True, default="")
    held_on = models.DateField(_("day of the meeting"), null=True)
    circulated_at = models.DateTimeField(_("circulated"), null=True)
    circulated_on = models.DateField(_("circulated on"), null=True)
    # From which day the next window to end has run; empty when none runs.
    window_from_on = models.DateField(_("the next window runs since"), null=True)

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
        """Positions are taken on the ballot's own page; circulating and replies on paper have pages of their own."""
        page = PAGES.get(row.key)
        return reverse(page, args=[self.reference]) if page and self.reference else super().step_url(row)

    @property
    def window(self) -> Window | None:
        """The window for replies of an electronic decision, from its circulation; None for any other. Source: rules 3.3."""
        return self.window_since(self.window_from_on or self.circulated_on)

    def window_since(self, starts_on: date | None) -> Window | None:
        """The window of what was put to the members on a day; None without one. Source: rules 3.3."""
        if self.form != Form.ELECTRONIC or starts_on is None:
            return None
        rule = self.rules.adoption
        return calendar.window(starts_on=starts_on, days=rule.window_days, both_ends=rule.both_ends, stops=self.standstills)

    @property
    def closes_at(self) -> datetime | None:
        """The first moment at which a reply to the items that close next is late."""
        return self.window.due_at if self.window else None

    def waits_for(self, row: Step) -> bool:
        """What the rule does at once is not waited for; an adopted item without effect is, once all else is done."""
        if row.key == "execute":
            return self.state == State.CLOSED and BallotItem.without_effect().filter(ballot=self).exists()
        if self.state == State.DRAFT:
            return row.key == ("circulate" if self.form == Form.ELECTRONIC else "ask_to_confirm")
        return self.window_from_on is not None if row.key == "close_window" else row.key not in {"settle", "close"}

    def may_follow(self, step: str) -> bool:
        """While all windows run nothing is settled before every seat has spoken on some item."""
        if step != "settle" or self.state != State.CIRCULATED:
            return True
        found = first_row(SPOKEN, [self.pk])
        return found is not None and bool(found[0])

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
        self.circulated_at, self.circulated_on, self.window_from_on = act.at, act.effective_on, act.effective_on

    @step(PROCEDURE)
    def ask_to_confirm(self, act: Act) -> None:
        self.circulated_at, self.circulated_on = act.at, act.effective_on

    @step(PROCEDURE)
    def take_position(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def record_reply(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def confirm_reply(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def reply_late(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def amend_item(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def renew_papers(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def close_window(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def settle(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def await_co_chairs(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def execute(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def withdraw_item(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def defer_item(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def close(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def withdraw(self, act: Act) -> None:
        pass


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
