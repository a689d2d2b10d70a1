"""The stages of a round, and how far one side has come with its part."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class StageName(TextChoices):
    """The stages that every round passes, in their order."""

    MONITORING = "monitoring", _("Monitoring")
    VERIFICATION = "verification", _("Verification")
    ISSUANCE = "issuance", _("Issuance")


class Share(TextChoices):
    """How far one side has come with its part of a round."""

    UNDECIDED = "undecided", _("not decided")
    NOTHING = "nothing", _("nothing to issue")
    PENDING = "pending", _("to be issued")
    ISSUED = "issued", _("issued")
