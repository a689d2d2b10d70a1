"""Both Governments approve before the committee decides, or agree to how credits are shared. Source: rules 0.4-1, 2.9."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
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

    @classmethod
    def waiting_for_government(cls, row: Step) -> Q:
        """The list form of `waits_for_government`."""
        return _unanswered(row, "approved_on")


class NeedsAgreement(models.Model):
    """A credit allocation to which each Government agrees once, where its prior approval does not cover it. Source: rules 2.9."""

    host_agreed_on = models.DateField(_("allocation agreed by the partner country's Government on"), null=True)
    japan_agreed_on = models.DateField(_("allocation agreed by the Government of Japan on"), null=True)

    class Meta:
        abstract = True

    def agreed_on(self, side: Side) -> date | None:
        """The day on which a Government agreed to the allocation."""
        return self.host_agreed_on if side == Side.HOST else self.japan_agreed_on

    def waits_for_agreement(self, row: Step) -> bool:
        """Whether the Government whose step a row is has not answered yet."""
        return any(self.agreed_on(side) is None for side in row.sides)

    @classmethod
    def waiting_for_agreement(cls, row: Step) -> Q:
        """The list form of `waits_for_agreement`."""
        return _unanswered(row, "agreed_on")


def _unanswered(row: Step, answer: str) -> Q:
    """The files without an answer of a side whose step a row is; `answer` ends the name of the column of either side."""
    found = Q(pk__in=[])
    for side in row.sides:
        found |= Q(**{f"{side.value}_{answer}": None})
    return found
