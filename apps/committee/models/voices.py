"""Who sits at a ballot, and everything that is said on it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Membership
from apps.accounts.roles import Side
from apps.committee.kinds import Answer, Stance
from apps.documents.models import DocumentVersion


class Seat(models.Model):
    """A place at one ballot, given at its circulation. The ballot keeps the membership that it was opened with."""

    ballot = models.ForeignKey("committee.Ballot", on_delete=models.PROTECT, related_name="seats")
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


class Position(models.Model):
    """What was said on an item for a seat. Never edited: the latest of a seat on an item counts.

    `membership` is who said it: the holder of the seat or an alternate of theirs. It is about one revision of
    the item and counts while that one stands. One that came `on_paper` was written down by the secretariat of
    that side. The database refuses a position on another side's seat, one that nobody entitled has taken, and
    one on an item that has its outcome.
    """

    ballot = models.ForeignKey("committee.Ballot", on_delete=models.PROTECT, related_name="positions", db_constraint=False)
    item = models.ForeignKey("committee.BallotItem", on_delete=models.PROTECT, related_name="positions", db_constraint=False)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="positions", db_constraint=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="positions", db_constraint=False)
    revision = models.PositiveSmallIntegerField(_("on revision"))
    side = models.CharField(_("side"), max_length=5, choices=Side.choices)
    on_paper = models.BooleanField(_("received on paper or by e-mail"), default=False)
    received_on = models.DateField(_("received on"), null=True)
    evidence = models.ForeignKey(DocumentVersion, on_delete=models.PROTECT, null=True, related_name="+", db_constraint=False)
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
                condition=~Q(answer__in=[Answer.DO_NOT_AGREE, Answer.ASK_FOR_MEETING, Answer.AGREE_WITH_COMMENT]) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="position_on_paper_has_its_scan",
                condition=Q(on_paper=False, received_on=None, evidence=None)
                | Q(on_paper=True, received_on__isnull=False, evidence__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["item", "seat", "-id"], name="position_latest"),
            models.Index(fields=["seat", "-id"], name="position_latest_of_seat"),
            models.Index(
                fields=["ballot", "item", "membership"], condition=Q(answer=Answer.CONFLICT_OF_INTEREST), name="position_conflict"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} on {self.item_id}: {self.answer}"

    @property
    def as_answer(self) -> Answer:
        return Answer(self.answer)


class Confirmation(models.Model):
    """The member says that a reply on paper, as it was written down, is theirs. Written once."""

    ballot = models.ForeignKey("committee.Ballot", on_delete=models.PROTECT, related_name="confirmations", db_constraint=False)
    position = models.OneToOneField(Position, on_delete=models.PROTECT, related_name="confirmation", db_constraint=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    at = models.DateTimeField(_("confirmed"))
    act_id = models.UUIDField()

    class Meta:
        verbose_name = _("confirmation of a reply on paper")
        verbose_name_plural = _("confirmations of replies on paper")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"position {self.position_id}"


class LateReply(models.Model):
    """A reply that came after the close: kept as a comment, never counted. Written once."""

    ballot = models.ForeignKey("committee.Ballot", on_delete=models.PROTECT, related_name="late_replies", db_constraint=False)
    item = models.ForeignKey("committee.BallotItem", on_delete=models.PROTECT, related_name="late_replies", db_constraint=False)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="late_replies", db_constraint=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    side = models.CharField(_("side"), max_length=5, choices=Side.choices)
    answer = models.CharField(_("answer"), max_length=20, choices=Answer.choices)
    reason = models.TextField(_("reason"), blank=True, default="")
    at = models.DateTimeField(_("received"))
    act_id = models.UUIDField()

    class Meta:
        verbose_name = _("late reply")
        verbose_name_plural = _("late replies")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.seat_id} on {self.item_id}, late: {self.answer}"


class Attempt(models.Model):
    """A refused try to take a position. No act and no part of the record: each side's secretariat reads its own side's."""

    ballot = models.ForeignKey("committee.Ballot", on_delete=models.PROTECT, related_name="attempts", db_constraint=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    side = models.CharField(_("side"), max_length=5, choices=Side.choices, blank=True, default="")
    codes: models.JSONField[list[str], list[str]] = models.JSONField(_("refused with"))
    at = models.DateTimeField(_("tried"))

    class Meta:
        verbose_name = _("refused attempt")
        verbose_name_plural = _("refused attempts")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.membership_id} on {self.ballot_id}: {', '.join(self.codes)}"


class SideNote(models.Model):
    """What somebody says inside their own side. The database shows a row to a session of that side alone."""

    ballot = models.ForeignKey("committee.Ballot", on_delete=models.PROTECT, related_name="side_notes", db_constraint=False)
    item = models.ForeignKey("committee.BallotItem", on_delete=models.PROTECT, null=True, related_name="+", db_constraint=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    side = models.CharField(_("side"), max_length=5, choices=Side.choices)
    stance = models.CharField(_("stance"), max_length=13, choices=Stance.choices)
    text = models.TextField(_("comment"), blank=True, default="")
    at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("note inside a side")
        verbose_name_plural = _("notes inside a side")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="side_note_stance_is_known", condition=Q(stance__in=Stance.values)),
            models.CheckConstraint(name="side_note_says_something", condition=Q(stance=Stance.CONCUR) | ~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} on {self.ballot_id}: {self.stance}"
