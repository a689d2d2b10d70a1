"""What the monitoring sheets of a project stand on."""

from __future__ import annotations

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.monitoring.models import MethodDeclaration


class MonitoringBasis(models.Model):
    """The items of a project and the values that are fixed for it, by a methodology, as a positive validation opinion has them.

    Written once; a later opinion writes its own. Source: rules 4.2, 5.4.
    """

    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="monitoring_bases")
    declaration = models.ForeignKey(MethodDeclaration, on_delete=models.PROTECT, related_name="bases")
    items = ArrayField(models.CharField(max_length=60), verbose_name=_("items"))
    # Symbol, item (empty: of none), and the number in the declared unit.
    values: models.JSONField[list[list[str]], list[list[str]]] = models.JSONField(_("fixed values"))
    fixed_on = models.DateField(_("fixed on"))
    act_id = models.UUIDField()

    class Meta:
        verbose_name = _("basis of monitoring sheets")
        verbose_name_plural = _("bases of monitoring sheets")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["act_id", "declaration"], name="monitoring_basis_once_an_act")]

    def __str__(self) -> str:
        return f"{self.project}: {self.declaration.methodology_version}"

    @property
    def fixed_values(self) -> dict[tuple[str, str], Decimal]:
        """The values by symbol and item, in the declared unit."""
        return {(symbol, item): Decimal(value) for symbol, item, value in self.values}
