"""Requests that the committee assess the reference emissions of projects."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.core.quantities import TonnesField
from apps.methodologies.models import MethodologyVersion, ProposedMethodology
from apps.projects.models import AboutProject
from apps.reference_emissions.procedure import FINAL, PROCEDURE
from apps.workflow.fsm import Act, step


class ReferenceAssessment(AboutProject):
    """A request to confirm a project's reference emissions, in tonnes of CO2 equivalent per year.

    Reference emissions are below business as usual; the gap is never credited. Source: rules 0.4-3 [C2], 4.6 [I].
    """

    procedure = PROCEDURE
    read_with = ("project", "methodology__methodology", "proposed_methodology")

    methodology = models.ForeignKey(
        MethodologyVersion, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("methodology")
    )
    proposed_methodology = models.ForeignKey(
        ProposedMethodology, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("proposed methodology")
    )
    reference_tonnes = TonnesField(_("reference emissions per year"))
    usual_tonnes = TonnesField(_("emissions per year under business as usual"))
    project_tonnes = TonnesField(_("expected project emissions per year"), null=True)
    evidence = models.TextField(_("evidence for both levels"))
    ndc_reasoning = models.TextField(_("how the level fits the nationally determined contribution"))
    # The highest level that the committee accepts once it has asked for a lower one.
    at_most_tonnes = TonnesField(_("highest reference emissions to be accepted"), null=True)
    requested_on = models.DateField(_("assessment requested on"), null=True)
    decided_on = models.DateField(_("decided on"), null=True)
    ended_on = models.DateField(_("ended on"), null=True)

    class Meta:
        verbose_name = _("assessment of reference emissions")
        verbose_name_plural = _("assessments of reference emissions")
        ordering = ["project", "number"]
        constraints = [
            models.UniqueConstraint(fields=["reference"], condition=~Q(reference=""), name="reference_assessment_reference_once"),
            models.UniqueConstraint(
                fields=["project"],
                condition=~Q(state__in=sorted(state.value for state in FINAL)),
                name="reference_assessment_one_runs_per_project",
            ),
            models.CheckConstraint(name="reference_assessment_below_usual", condition=Q(reference_tonnes__lt=F("usual_tonnes"))),
            models.CheckConstraint(
                name="reference_assessment_one_methodology",
                condition=Q(methodology__isnull=False, proposed_methodology=None)
                | Q(methodology=None, proposed_methodology__isnull=False),
            ),
        ]

    @property
    def gap_tonnes(self) -> int:
        """Business as usual less reference, in tonnes per year: what is never credited. Source: rules 5.3 [C2]."""
        return self.usual_tonnes - self.reference_tonnes

    @step(PROCEDURE)
    def draft(self, act: Act) -> None:
        self.project_id = act.inputs["project"]
        self._take(act)

    @step(PROCEDURE)
    def amend(self, act: Act) -> None:
        self._take(act)

    @step(PROCEDURE)
    def request(self, act: Act) -> None:
        self.requested_on = act.effective_on

    @step(PROCEDURE)
    def request_completion(self, act: Act) -> None:
        """What is missing stands in the event."""

    @step(PROCEDURE)
    def resubmit(self, act: Act) -> None:
        """The form comes with the event."""

    @step(PROCEDURE)
    def accept_as_complete(self, act: Act) -> None:
        """The committee's work starts with the state."""

    @step(PROCEDURE)
    def confirm(self, act: Act) -> None:
        self.decided_on = act.decided_on
        self.ended_on = act.effective_on

    @step(PROCEDURE)
    def adjust(self, act: Act) -> None:
        self.decided_on = act.decided_on
        self.at_most_tonnes = act.inputs.get("at_most_tonnes", self.reference_tonnes - 1)

    @step(PROCEDURE)
    def refuse(self, act: Act) -> None:
        self.decided_on = act.decided_on
        self.ended_on = act.effective_on

    @step(PROCEDURE)
    def file_adjusted(self, act: Act) -> None:
        self._take(act)

    @step(PROCEDURE)
    def withdraw(self, act: Act) -> None:
        self.ended_on = act.effective_on

    @step(PROCEDURE)
    def lapse(self, act: Act) -> None:
        self.ended_on = act.effective_on

    def _take(self, act: Act) -> None:
        for name in ("reference_tonnes", "usual_tonnes", "evidence", "ndc_reasoning"):
            setattr(self, name, act.inputs[name])
        # What an amendment leaves empty is no part of the request any more.
        self.methodology_id = act.inputs.get("methodology")
        self.proposed_methodology_id = act.inputs.get("proposed_methodology")
        self.project_tonnes = act.inputs.get("project_tonnes")
