"""What orders on time are about."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What an order does to the clock."""

    STOP = "stop", _("The clock of one file stands still")
    GENERAL = "general", _("Every clock stands still")
    EXTENSION = "extension", _("One time limit is extended")
