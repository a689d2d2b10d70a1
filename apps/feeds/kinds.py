"""How webhooks end, and the limits that are set to them."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# The event that a test sends.
PING = "ping"
MOST_HOOKS = 20
EXAMPLE = "https://example.org/jcm"
# How long a delivery waits after each attempt that failed; after the last of them it is given up.
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=24),
)


class Ending(TextChoices):
    """Why a webhook is told nothing any more."""

    REVOKED = "revoked", _("Revoked")
    GONE = "gone", _("Its own answer was that it is gone (410)")
