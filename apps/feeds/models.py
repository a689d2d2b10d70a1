"""Addresses at which a person's calendar is read, and addresses that are told of events."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Membership, User
from apps.accounts.roles import Side
from apps.events.models import Event
from apps.feeds.kinds import PING, Ending


class CalendarFeed(models.Model):
    """The secret address of a person's calendar. Only the hash of the secret is kept; each person has one in use.

    A row is written once: it is revoked, and told the day on which it was last read, and nothing else.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="calendar_feeds", verbose_name=_("person"))
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    token_sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("made"))
    revoked_at = models.DateTimeField(_("revoked"), null=True)
    last_fetched_on = models.DateField(_("last read on"), null=True)

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(revoked_at=None), name="calendar_feed_one_in_use"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} since {self.created_at.isoformat()}"


class Webhook(models.Model):
    """An address of a program of one side that is told of events, in the sight of the membership that made it.

    `wanted` are keys of procedures. `secret` is enciphered with the site's key and shown on no page. A row is written
    once: it is given another secret, or revoked, and nothing else.
    """

    owner = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="webhooks", verbose_name=_("made by"))
    side = models.CharField(_("side"), max_length=5, choices=Side.choices)
    url = models.CharField(_("address"), max_length=500)
    wanted: models.JSONField[list[str], list[str]] = models.JSONField(_("what it is told"), default=list)
    secret = models.TextField(editable=False)
    created_at = models.DateTimeField(_("made"))
    revoked_at = models.DateTimeField(_("revoked"), null=True)
    ending = models.CharField(_("why it ended"), max_length=7, choices=Ending.choices, blank=True, default="")

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["side", "url"], condition=Q(revoked_at=None), name="webhook_address_once_per_side"),
            models.CheckConstraint(
                name="webhook_ends_for_a_reason",
                condition=Q(revoked_at=None, ending="") | Q(revoked_at__isnull=False, ending__in=Ending.values),
            ),
        ]

    def __str__(self) -> str:
        return self.url


class WebhookDelivery(models.Model):
    """One event for one webhook, or (without event) a ping. At least once: a program knows by its number what it has had.

    It waits while `next_attempt_at` is set; with neither that nor `delivered_at` it was given up.
    """

    hook = models.ForeignKey(Webhook, on_delete=models.PROTECT, related_name="deliveries")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, related_name="webhook_deliveries")
    created_at = models.DateTimeField(_("since"))
    next_attempt_at = models.DateTimeField(_("next attempt"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    delivered_at = models.DateTimeField(_("delivered"), null=True)
    status_code = models.PositiveSmallIntegerField(_("answer"), null=True)
    error = models.CharField(_("what went wrong"), max_length=300, blank=True, default="")

    class Meta:
        verbose_name = _("delivery to a webhook")
        verbose_name_plural = _("deliveries to webhooks")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["hook", "event"], name="webhook_event_once"),
            models.CheckConstraint(
                name="webhook_delivered_no_more_waits", condition=Q(delivered_at=None) | Q(next_attempt_at=None)
            ),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=Q(next_attempt_at__isnull=False), name="webhook_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.type} for {self.hook_id}"

    @property
    def type(self) -> str:
        """The type of its event."""
        return self.event.type if self.event else PING

    @property
    def is_given_up(self) -> bool:
        """Whether it will not be tried again without having arrived."""
        return self.delivered_at is None and self.next_attempt_at is None
