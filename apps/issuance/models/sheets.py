"""What was read of the monitoring sheets of a round, and what comes of it."""

from __future__ import annotations

from fractions import Fraction

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.documents.models import DocumentVersion
from apps.issuance.models.round import Round
from apps.monitoring.calculation import Year
from apps.monitoring.judging import Against, Difference
from apps.projects.models import MonitoringBasis


class SheetReading(models.Model):
    """A monitoring sheet that was handed in, as it was read and calculated anew. Written once, with the document.

    Exact numbers are kept as texts such as `1/3`, in the declared units. Source: rules 4.11, 4.12.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="sheet_readings")
    document = models.OneToOneField(DocumentVersion, on_delete=models.PROTECT, related_name="+")
    basis = models.ForeignKey(MonitoringBasis, on_delete=models.PROTECT, related_name="+")
    first_on = models.DateField(_("first monitored day"))
    last_on = models.DateField(_("last monitored day"))
    # Symbol, item, time, value.
    readings: models.JSONField[list[list[str]], list[list[str]]] = models.JSONField(_("monitored values"))
    # Year, reference, project, reduction, whole tonnes.
    calculated: models.JSONField[list[list[str]], list[list[str]]] = models.JSONField(_("calculated by calendar year"))
    # Year, symbol, stated, calculated, cell.
    differing: models.JSONField[list[list[str]], list[list[str]]] = models.JSONField(_("results that differ in the workbook"))
    # Cells whose values are far from the others of their column.
    remarkable: models.JSONField[list[str], list[str]] = models.JSONField(_("remarkable values"))
    read_at = models.DateTimeField(_("read"))

    class Meta:
        verbose_name = _("reading of a monitoring sheet")
        verbose_name_plural = _("readings of monitoring sheets")
        ordering = ["id"]
        constraints = [models.CheckConstraint(name="sheet_reading_period_in_order", condition=Q(last_on__gte=F("first_on")))]

    def __str__(self) -> str:
        return f"{self.round}: {self.document}"

    @property
    def years(self) -> list[Year]:
        """The result of each calendar year."""
        return [
            Year(int(year), Fraction(reference), Fraction(project), Fraction(reduction), int(tonnes))
            for year, reference, project, reduction, tonnes in self.calculated
        ]

    @property
    def differences(self) -> list[Difference]:
        """Where the workbook's own results are others."""
        return [
            Difference(int(year), symbol, Against.WORKBOOK, Fraction(stated), Fraction(exact), cell)
            for year, symbol, stated, exact, cell in self.differing
        ]
