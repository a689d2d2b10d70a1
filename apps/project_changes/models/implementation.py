"""Reports on the implementation of projects."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.project_changes.models.base import AboutProject
from apps.project_changes.procedure import IMPLEMENTATION, Progress
from apps.workflow.fsm import Act, step


class ImplementationReport(AboutProject):
    """What the participants report of the construction and operation of a registered project."""

    procedure = IMPLEMENTATION

    progress = models.CharField(_("how far the project is"), max_length=12, choices=Progress.choices)
    construction_starts_on = models.DateField(_("start of construction"), null=True)
    construction_ends_on = models.DateField(_("end of construction"), null=True)
    operation_started_on = models.DateField(_("operation started on"), null=True)
    deviations = models.TextField(_("deviations from the PDD"), blank=True, default="")
    submitted_on = models.DateField(_("submitted on"), null=True)
    ended_on = models.DateField(_("ended on"), null=True)

    class Meta:
        verbose_name = _("implementation report")
        verbose_name_plural = _("implementation reports")
        ordering = ["project", "number"]
        constraints = [
            models.UniqueConstraint(fields=["reference"], condition=~Q(reference=""), name="implementation_reference_once"),
        ]

    @step(IMPLEMENTATION)
    def draft(self, act: Act) -> None:
        self.project_id = act.inputs["project"]
        self._take(act)

    @step(IMPLEMENTATION)
    def amend(self, act: Act) -> None:
        self._take(act)

    @step(IMPLEMENTATION)
    def submit(self, act: Act) -> None:
        self.submitted_on = act.effective_on

    @step(IMPLEMENTATION)
    def return_report(self, act: Act) -> None:
        """What is missing stands in the event."""

    @step(IMPLEMENTATION)
    def forward(self, act: Act) -> None:
        self.ended_on = act.effective_on

    @step(IMPLEMENTATION)
    def withdraw(self, act: Act) -> None:
        self.ended_on = act.effective_on

    def _take(self, act: Act) -> None:
        self.progress = act.inputs["progress"]
        self.deviations = act.inputs.get("deviations", "")
        for name in ("construction_starts_on", "construction_ends_on", "operation_started_on"):
            setattr(self, name, act.inputs.get(name))
