"""The log and its deliveries."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _


class TransactionNow(Func):
    """`transaction_timestamp()`: the same moment for all rows of one transaction (Django's Now() is not)."""

    function = "transaction_timestamp"
    output_field = models.DateTimeField()


class TransactionId(Func):
    """The number of the current transaction, which ties a row to the event that was written with it."""

    template = "pg_current_xact_id()::text::bigint"
    output_field = models.BigIntegerField()


class Event(models.Model):
    """What happened, for ever. One row per act on one subject.

    `acted_at` is the legal moment; it equals `recorded_at`, the database's own clock, unless the act
    was rehearsed (sample sites and replays), which the row then says for ever. People are named by
    their membership only, so that the log holds no personal data.
    """

    type = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    subject_ref = models.CharField(max_length=60, blank=True)
    version = models.PositiveIntegerField()
    from_state = models.CharField(max_length=40, blank=True)
    to_state = models.CharField(max_length=40)
    acted_at = models.DateTimeField()
    effective_on = models.DateField()
    recorded_at = models.DateTimeField(db_default=TransactionNow())
    rehearsed = models.BooleanField(default=False)
    actor = models.CharField(max_length=10)
    membership_id = models.BigIntegerField(null=True)
    decision_id = models.BigIntegerField(null=True)
    capacity = models.CharField(max_length=20)
    side = models.CharField(max_length=5, blank=True)
    organisation_id = models.BigIntegerField(null=True)
    edition = models.CharField(max_length=20)
    clause = models.CharField(max_length=60)
    reason = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    documents = models.JSONField(default=list)
    act_id = models.UUIDField()
    idempotency_key = models.CharField(max_length=100, null=True)  # noqa: DJ001 # reason: unique where given
    transaction_id = models.BigIntegerField(db_default=TransactionId())

    # Of an act just performed: what the rule did at once because of it. Not kept, since each has an event of its own.
    followed_by: Sequence[Event] = ()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["subject_type", "subject_id", "version"], name="event_one_per_version"),
            models.UniqueConstraint(fields=["act_id"], name="event_one_per_act"),
            models.UniqueConstraint(fields=["idempotency_key"], name="event_one_per_idempotency_key"),
            # Nobody dates an act back: only a rehearsal may differ from the database's clock.
            models.CheckConstraint(
                name="event_acted_when_recorded",
                condition=Q(rehearsed=True)
                | Q(acted_at__gte=F("recorded_at") - Cast(models.Value("5 minutes"), models.DurationField()))
                & Q(acted_at__lte=F("recorded_at") + Cast(models.Value("5 minutes"), models.DurationField())),
            ),
            models.CheckConstraint(
                name="event_names_its_actor",
                condition=Q(actor="person", membership_id__isnull=False, decision_id__isnull=True)
                | Q(actor="decision", membership_id__isnull=True, decision_id__isnull=False)
                | Q(actor="clock", membership_id__isnull=True, decision_id__isnull=True),
            ),
        ]
        indexes = [
            # How long files of a kind stayed in a state, the latest first.
            models.Index(
                fields=["subject_type", "from_state", "-id"], condition=~Q(from_state=F("to_state")), name="event_left_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.subject_ref or self.subject_id} v{self.version}"


class Delivery(models.Model):
    """One event for one subscriber, written in the event's transaction. At least once; handlers are idempotent."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="deliveries")
    subscriber = models.CharField(max_length=60)
    due_at = models.DateTimeField(db_default=TransactionNow())
    delivered_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0, db_default=0)
    last_error = models.TextField(blank=True, default="", db_default="")

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["event", "subscriber"], name="delivery_one_per_subscriber"),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(delivered_at=None), name="delivery_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} for {self.subscriber}"
