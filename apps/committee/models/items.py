"""The questions of a ballot, as they stand and as they stood."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.committee.kinds import Outcome
from apps.committee.models.voices import Position
from apps.committee.procedure import State


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
    title = models.CharField(_("question"), max_length=300)
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


class ItemRevision(models.Model):
    """A question as it was put to the members: its words, its inputs and the hash of every paper. Written once.

    `papers` lists version, kind, number, sha256 and confidential; `sha256` is the hash of all of it.
    """

    ballot = models.ForeignKey("committee.Ballot", on_delete=models.PROTECT, related_name="revisions", db_constraint=False)
    item = models.ForeignKey(BallotItem, on_delete=models.PROTECT, related_name="revisions", db_constraint=False)
    number = models.PositiveSmallIntegerField(_("revision"))
    title = models.CharField(_("question"), max_length=300)
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
