"""Messages, the digests that gather them, the mails that carry them, and what people want mailed."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Membership, User
from apps.accounts.roles import Side
from apps.events.models import Event
from apps.notifications.kinds import MANDATORY, Kind
from apps.workflow.models import Deadline


class Digest(models.Model):
    """The news of a day for one person, mailed together. `id` follows from the person, the day and the zone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="digests")
    side = models.CharField(max_length=5, choices=Side.choices, blank=True, default="")
    on = models.DateField()
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        constraints = [models.UniqueConstraint(fields=["user", "side", "on"], name="digest_one_per_day")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.on.isoformat()}"


class Message(models.Model):
    """What one person is told of one event, or of one deadline that comes near. Written once, read once.

    `id` follows from what it tells and whom, so that telling twice writes one row. `asks` are the steps that the
    file awaited of this very person when they were told, `moves` all that it awaited; both are keys of its table.
    `side` is the side whose zone the reader's days are told in.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="messages")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, related_name="messages")
    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, null=True, related_name="messages")
    days_before = models.SmallIntegerField(null=True)
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    edition = models.CharField(max_length=20)
    state = models.CharField(max_length=40)
    asks = models.JSONField(default=list)
    moves = models.JSONField(default=list)
    due_at = models.DateTimeField(null=True)
    side = models.CharField(max_length=5, choices=Side.choices, blank=True, default="")
    by_mail = models.BooleanField()
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    digest = models.ForeignKey(Digest, on_delete=models.PROTECT, null=True, related_name="messages")

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["event", "user"], name="message_one_per_event"),
            models.UniqueConstraint(fields=["deadline", "days_before", "user"], name="message_one_per_reminder"),
            models.CheckConstraint(
                name="message_of_an_event_or_a_deadline",
                condition=Q(event__isnull=False, deadline=None, days_before=None)
                | Q(event=None, deadline__isnull=False, days_before__isnull=False),
            ),
            models.CheckConstraint(name="message_kind_is_known", condition=Q(kind__in=Kind.values)),
        ]
        indexes = [
            models.Index(fields=["user"], condition=Q(read_at=None), name="message_unread"),
            models.Index(fields=["user", "-created_at"], name="message_of_user"),
            models.Index(fields=["subject_type", "subject_id"], condition=Q(kind="must_act"), name="message_asked"),
            models.Index(
                fields=["created_at"],
                condition=Q(kind="news", by_mail=True, digest=None, read_at=None),
                name="message_for_digest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_type} {self.subject_id} for {self.user_id}"

    def get_absolute_url(self) -> str:
        return reverse("message", args=[self.pk])


class Mail(models.Model):
    """A message or a digest on its way to an address. `id` is that of what it carries, and so its Message-ID.

    An attempt is recorded before it is made and its result after; an attempt without a result is made again.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    message = models.OneToOneField(Message, on_delete=models.PROTECT, null=True, related_name="mail")
    digest = models.OneToOneField(Digest, on_delete=models.PROTECT, null=True, related_name="mail")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="mails")
    address = models.EmailField()
    language = models.CharField(max_length=5)
    created_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    attempted_at = models.DateTimeField(null=True)
    next_attempt_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True, default="")
    bounced_at = models.DateTimeField(null=True)
    bounce = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="mail_of_a_message_or_a_digest",
                condition=Q(message__isnull=False, digest=None) | Q(message=None, digest__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=Q(sent_at=None, bounced_at=None), name="mail_waiting"),
            models.Index(fields=["bounced_at"], condition=Q(bounced_at__isnull=False), name="mail_bounced"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} to {self.address}"


class Preference(models.Model):
    """Whether a person wants mails of a class; without a row, yes. The inbox has every message."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="preferences")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    by_mail = models.BooleanField()

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="preference_one_per_class"),
            models.CheckConstraint(
                name="preference_not_of_a_mandatory_class", condition=~Q(kind__in=[one.value for one in MANDATORY])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.by_mail}"


class Reminder(models.Model):
    """That people were reminded of a deadline so many days before its end, or told that it has passed (-1). Written once."""

    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="reminders")
    days_before = models.SmallIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [models.UniqueConstraint(fields=["deadline", "days_before"], name="reminder_once")]

    def __str__(self) -> str:
        return f"{self.deadline_id} {self.days_before}"
