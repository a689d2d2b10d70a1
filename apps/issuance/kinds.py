"""The stages of a round, and how far one side has come with its part."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.accounts.roles import Side
from apps.projects.kinds import GOVERNMENT


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


class HolderKind(TextChoices):
    """Whose an amount of a decision is: the first two are called as their accounts are."""

    GOVERNMENT = "government", _("Government")
    PARTICIPANT = "participant", _("Project participant")
    SIDE = "side", _("the side, its holders not named")


@dataclass(frozen=True, slots=True)
class Amount:
    """A line of a decision: whole tonnes for a holder of a side, of one calendar year where it names one.

    `holder` is `government`, or a participant's name or number as it was written.
    """

    year: int | None
    side: Side
    holder: str
    tonnes: int

    @property
    def is_of_government(self) -> bool:
        return self.holder == GOVERNMENT
