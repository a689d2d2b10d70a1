"""The questions of a ballot, as they stand and as they stood."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.committee.kinds import LONGEST_TITLE, Answer, Form, Outcome
from apps.committee.models.voices import Position, Seat
from apps.committee.procedure import State
from apps.core.calendar import Window

# What a step calls a column otherwise.
COLUMNS = {
    "subject_step": "step",
    "takes_effect_on": "effective_on",
    "new_title": "title",
    "new_text": "text",
    "new_inputs": "inputs",
}


class BallotItem(models.Model):
    """One question of a ballot: a step of a file, or a text alone (rules, special measures, reports).

    Frozen once circulated; then only its outcome, once, and its execution are written.
    """

    ballot = models.ForeignKey("committee.Ballot", on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField(_("number"))
    subject_type = models.CharField(max_length=40, blank=True, default="")
    subject_id = models.BigIntegerField(null=True)
    step = models.CharField(max_length=40, blank=True, default="")
    inputs = models.JSONField(default=dict)
    title = models.CharField(_("question"), max_length=LONGEST_TITLE)
    text = models.TextField(_("text of the draft decision"), blank=True, default="")
    effective_on = models.DateField(_("takes effect on"), null=True)
    expires_on = models.DateField(_("last day of effect"), null=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True, default="")
    # The text and papers that stand before the members now; a new one restarts the window.
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    circulated_on = models.DateField(_("before the members since"), null=True)
    # The last day of its window, once that is over.
    closed_on = models.DateField(_("window closed with"), null=True)
    # When a meeting decided it.
    taken_at = models.DateTimeField(_("decided at"), null=True)
    # The number of the decision and item that this one corrects.
    corrects = models.CharField(_("corrects"), max_length=70, blank=True, default="")
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
        return cls(**{COLUMNS.get(name, name): value for name, value in inputs.items()}, **fields)

    def amended(self, inputs: Mapping[str, Any]) -> Self:
        """This item, not saved, with what an amendment gives; what is left out stays."""
        kept = {"title": self.title, "text": self.text, "inputs": self.inputs, "effective_on": self.effective_on}
        given = {COLUMNS.get(name, name): value for name, value in inputs.items() if name != "item"}
        about = {"subject_type": self.subject_type, "subject_id": self.subject_id, "step": self.step, "corrects": self.corrects}
        about["number"] = self.number
        return type(self)(**{**kept, "expires_on": self.expires_on, **given}, **about)

    @property
    def question(self) -> dict[str, Any]:
        """What is put to the members, as it is hashed with the papers: words, step, inputs and days."""
        days = {name: day.isoformat() if (day := getattr(self, name)) else "" for name in ("effective_on", "expires_on")}
        file = {"subject_type": self.subject_type, "subject_id": str(self.subject_id or ""), "step": self.step}
        return {"title": self.title, "text": self.text, "inputs": self.inputs, "corrects": self.corrects, **file, **days}

    @property
    def is_open(self) -> bool:
        return not self.outcome

    @property
    def window(self) -> Window | None:
        """The window for replies on this item, from when its present text was put to the members; None without one.

        Source: rules 3.3; that another text begins it anew is inferred.
        """
        return self.ballot.window_since(self.circulated_on)

    @property
    def closes_at(self) -> datetime | None:
        """The first moment at which a reply on this item is late."""
        return self.window.due_at if self.window else None

    @property
    def window_runs(self) -> bool:
        """Whether the item is before all members and its window has not been closed."""
        return self.is_open and self.circulated_on is not None and self.closed_on is None and self.ballot.form == Form.ELECTRONIC

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

        Of items whose window is over or that a meeting decides, only what waits for a co-chair. What was said on
        an earlier text does not count; an alternate is asked where whom they act for has a conflict of interest.
        """
        open_to_all = Q(ballot__state=State.CIRCULATED, closed_on=None)
        open_to_chairs = Q(ballot__state__in=[State.CIRCULATED, State.WAITING, State.CONFIRMATION])

        def heard(places: models.QuerySet[Any], chair: str) -> Q:
            return (open_to_all & Q(models.Exists(places))) | (open_to_chairs & Q(models.Exists(places.filter(**{chair: True}))))

        now = Position.objects.filter(item=models.OuterRef("pk"), revision=models.OuterRef("revision"))
        aside = Position.objects.filter(item=models.OuterRef("pk"), answer=Answer.CONFLICT_OF_INTEREST)
        own = Seat.objects.filter(ballot=models.OuterRef("ballot"), membership=membership_id)
        passed = aside.filter(seat__membership__alternates=membership_id, membership=models.F("seat__membership"))
        spoken = Q(models.Exists(now.filter(seat__membership=membership_id))) | Q(
            models.Exists(aside.filter(membership=membership_id))
        )
        stood_in = Q(models.Exists(now.filter(membership=membership_id)))
        return cls.objects.filter(
            (heard(own, "is_co_chair") & ~spoken) | (heard(passed, "seat__is_co_chair") & ~stood_in), outcome=""
        )


class ItemRevision(models.Model):
    """A question as it was put to the members: its words, its inputs and the hash of every paper. Written once.

    `papers` lists version, kind, number, sha256 and confidential; `sha256` is the hash of all of it.
    """

    ballot = models.ForeignKey("committee.Ballot", on_delete=models.PROTECT, related_name="revisions", db_constraint=False)
    item = models.ForeignKey(BallotItem, on_delete=models.PROTECT, related_name="revisions", db_constraint=False)
    number = models.PositiveSmallIntegerField(_("revision"))
    title = models.CharField(_("question"), max_length=LONGEST_TITLE)
    text = models.TextField(_("text of the draft decision"), blank=True, default="")
    inputs = models.JSONField(default=dict)
    effective_on = models.DateField(_("takes effect on"), null=True)
    expires_on = models.DateField(_("last day of effect"), null=True)
    papers: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(_("papers"), default=list)
    sha256 = models.CharField("SHA-256", max_length=64)
    at = models.DateTimeField(_("put to the members"))
    act_id = models.UUIDField()

    class Meta:
        verbose_name = _("revision of an item")
        verbose_name_plural = _("revisions of items")
        ordering = ["item_id", "number"]
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="item_revision_once")]

    def __str__(self) -> str:
        return f"{self.item_id}, revision {self.number}"
