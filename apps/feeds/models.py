"""Addresses at which a person's calendar is read."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User


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
