"""What a project's design document says, as far as the file holds it in fields of its own."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.workflow.fsm import Act
from apps.workflow.inputs import YesNo

# Inputs that are kept under their own name; what an amendment leaves out stays as it was.
KEPT = (
    "activity", "expected_tonnes_per_year", "operation_starts_on", "operational_lifetime", "contribution_from_japan",
    "impact_assessment", "consultation", "additionality",
)  # fmt: skip


class DesignDocument(models.Model):
    """Particulars of the PDD form, A.5, A.6, D and E, and the additionality of the project. Source: rules 4.3."""

    operational_lifetime = models.PositiveSmallIntegerField(_("expected operational lifetime in years"), null=True)
    contribution_from_japan = models.TextField(_("contribution from Japan"), blank=True, default="")
    impact_assessment = models.CharField(
        _("environmental impact assessment required by law"), max_length=3, choices=YesNo.choices, blank=True, default=""
    )
    consultation = models.TextField(_("summary of the local stakeholder consultation"), blank=True, default="")
    additionality = models.TextField(_("additionality statement"), blank=True, default="")
    # What the entity that validates says of it; nothing while the opinion is not positive.
    additionality_conclusion = models.TextField(_("conclusion on additionality"), blank=True, default="")

    class Meta:
        abstract = True

    def keep_design(self, act: Act) -> None:
        """Take over what an act says of the design document."""
        for name in KEPT:
            given: Any = act.inputs.get(name, getattr(self, name))
            setattr(self, name, given)


class YearEstimate(models.Model):
    """The emissions that a project is expected to have in one year, in whole tonnes of CO2 equivalent. Source: PDD form, C."""

    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="estimates")
    year = models.PositiveSmallIntegerField(_("year"))
    reference_tonnes = models.PositiveBigIntegerField(_("reference emissions in tonnes"))
    project_tonnes = models.PositiveBigIntegerField(_("project emissions in tonnes"))

    class Meta:
        verbose_name = _("estimate of a year")
        verbose_name_plural = _("estimates of years")
        ordering = ["project", "year"]
        constraints = [
            models.UniqueConstraint(fields=["project", "year"], name="estimate_once_a_year"),
            models.CheckConstraint(name="estimate_of_a_year_to_come_or_past", condition=Q(year__range=(1990, 2999))),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.reduction_tonnes}"

    @property
    def reduction_tonnes(self) -> int:
        """Reference less project emissions, in whole tonnes."""
        return self.reference_tonnes - self.project_tonnes
