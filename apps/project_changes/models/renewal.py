"""Renewals of crediting periods."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.roles import Role
from apps.project_changes.models.base import Judged
from apps.project_changes.procedure import RENEWAL
from apps.projects.models import NeedsApproval
from apps.workflow.fsm import Act, step
from apps.workflow.table import Step


class Renewal(NeedsApproval, Judged):
    """A request to renew a project's crediting period up to a day."""

    procedure = RENEWAL

    ends_on = models.DateField(_("new end of the crediting period"))
    requested_on = models.DateField(_("renewal requested on"), null=True)
    revalidated_on = models.DateField(_("reference emissions validated again on"), null=True)
    decided_on = models.DateField(_("decided on"), null=True)
    ended_on = models.DateField(_("ended on"), null=True)

    class Meta:
        verbose_name = _("renewal of a crediting period")
        verbose_name_plural = _("renewals of crediting periods")
        ordering = ["project", "number"]
        constraints = [
            models.UniqueConstraint(fields=["reference"], condition=~Q(reference=""), name="renewal_reference_once"),
            models.UniqueConstraint(
                fields=["project"],
                condition=~Q(state__in=sorted(state.value for state in RENEWAL.final)),
                name="renewal_one_runs_per_project",
            ),
        ]

    def waits_for(self, row: Step) -> bool:
        """Each Government answers once, and the conclusion follows by itself."""
        if row.is_for(Role.GOVERNMENT):
            return self.waits_for_government(row)
        return not row.is_for(Role.CLOCK)

    @step(RENEWAL)
    def draft(self, act: Act) -> None:
        self.project_id = act.inputs["project"]
        self._take(act)

    @step(RENEWAL)
    def amend(self, act: Act) -> None:
        self._take(act)

    @step(RENEWAL)
    def request(self, act: Act) -> None:
        self.requested_on = act.effective_on

    @step(RENEWAL)
    def request_completion(self, act: Act) -> None:
        """What is missing stands in the event."""

    @step(RENEWAL)
    def resubmit(self, act: Act) -> None:
        """The request comes with the event."""

    @step(RENEWAL)
    def accept_as_complete(self, act: Act) -> None:
        """The entity's work starts with the state."""

    @step(RENEWAL)
    def report_positive(self, act: Act) -> None:
        self.revalidated_on = act.effective_on

    @step(RENEWAL)
    def report_negative(self, act: Act) -> None:
        """The opinion stands in the report and the event."""

    @step(RENEWAL)
    def revise(self, act: Act) -> None:
        """Nothing was granted yet that could lapse."""

    @step(RENEWAL)
    def approve_renewal_host(self, act: Act) -> None:
        self.host_approved_on = act.effective_on

    @step(RENEWAL)
    def approve_renewal_japan(self, act: Act) -> None:
        self.japan_approved_on = act.effective_on

    @step(RENEWAL)
    def refuse_renewal_host(self, act: Act) -> None:
        self.ended_on = act.effective_on

    @step(RENEWAL)
    def refuse_renewal_japan(self, act: Act) -> None:
        self.ended_on = act.effective_on

    @step(RENEWAL)
    def conclude_approvals(self, act: Act) -> None:
        """Both days are there already."""

    @step(RENEWAL)
    def renew(self, act: Act) -> None:
        self.decided_on = act.decided_on
        self.ended_on = act.effective_on

    @step(RENEWAL)
    def deny(self, act: Act) -> None:
        self.decided_on = act.decided_on
        self.ended_on = act.effective_on

    @step(RENEWAL)
    def withdraw(self, act: Act) -> None:
        self.ended_on = act.effective_on

    def _take(self, act: Act) -> None:
        self.ends_on, self.entity_id = act.inputs["ends_on"], act.inputs["entity"]
