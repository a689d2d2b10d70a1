"""Both Governments approve before the committee decides: on a registration, an issuance, a renewal. Source: rules 0.4-1."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.accounts.roles import Side
from apps.workflow.table import Step


class NeedsApproval(models.Model):
    """What a file has on which each Government answers once."""

    host_approved_on = models.DateField(_("approved by the partner country's Government on"), null=True)
    japan_approved_on = models.DateField(_("approved by the Government of Japan on"), null=True)

    class Meta:
        abstract = True

    def approved_on(self, side: Side) -> date | None:
        """The day on which a Government gave its prior approval."""
        return self.host_approved_on if side == Side.HOST else self.japan_approved_on

    def waits_for_government(self, row: Step) -> bool:
        """Whether the Government whose step a row is has not answered yet."""
        return any(self.approved_on(side) is None for side in row.sides)
