"""How the credits of a project are proposed to be shared, as often as it was proposed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.projects.kinds import Validity


class ProposedAllocation(models.Model):
    """A credit allocation as it was proposed; the project goes by the last one. Written once.

    `shares` are the parts of each side's credits: side, holder, per cent of that side. Source: rules 4.8 [NF].
    """

    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="allocations")
    host_percent = models.DecimalField(_("share of the partner country in per cent"), max_digits=5, decimal_places=2)
    basis = models.TextField(_("basis"), blank=True, default="")
    validity = models.CharField(_("holds for"), max_length=12, choices=Validity.choices, blank=True, default="")
    shares = models.JSONField(_("split inside each side"), default=list)
    proposed_on = models.DateField(_("proposed on"))
    act_id = models.UUIDField(unique=True)

    class Meta:
        verbose_name = _("proposed credit allocation")
        verbose_name_plural = _("proposed credit allocations")
        ordering = ["id"]
        constraints = [models.CheckConstraint(name="allocation_within_hundred", condition=Q(host_percent__range=(0, 100)))]

    def __str__(self) -> str:
        return f"{self.host_percent} / {100 - self.host_percent}"
