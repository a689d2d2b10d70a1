"""What an account is for, and a part of an issuance."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# The number of an account and the whole tonnes that it receives.
Part = tuple[int, int]


class AccountKind(TextChoices):
    """The kinds of account of a side's registry."""

    SOURCE = "source", _("Issuance source")
    GOVERNMENT = "government", _("Government")
    PARTICIPANT = "participant", _("Project participant")
