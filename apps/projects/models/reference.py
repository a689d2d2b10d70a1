"""Where the assessment of a project's reference emissions stands: rows that are written once and name their act."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.core.quantities import TonnesField
from apps.projects.models.project import Project


class Standing(models.TextChoices):
    """What an assessment of reference emissions has come to. Source: rules 2.8 [I]."""

    PENDING = "pending", _("being assessed")
    ADJUST = "adjust", _("a lower reference level is asked for")
    CONFIRMED = "confirmed", _("confirmed")
    REFUSED = "refused", _("refused")
    ENDED = "ended", _("ended without a decision")


class ReferenceStatus(models.Model):
    """Since when an assessment of a project's reference emissions stands as it does, with the levels it is about.

    Of a project's rows the one written last counts; a project has one running assessment at most. Levels are in
    tonnes of CO2 equivalent per year. Source: rules 2.8, 4.6, 0.4-3.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="reference_statuses")
    source = models.CharField(_("by"), max_length=60)
    standing = models.CharField(_("standing"), max_length=10, choices=Standing.choices)
    since_on = models.DateField(_("since"))
    reference_tonnes = TonnesField(_("reference emissions per year"))
    usual_tonnes = TonnesField(_("emissions per year under business as usual"))
    act_id = models.UUIDField()

    class Meta:
        verbose_name = _("standing of reference emissions")
        verbose_name_plural = _("standings of reference emissions")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["act_id"], name="reference_status_once_per_act"),
            models.CheckConstraint(name="reference_status_is_known", condition=Q(standing__in=Standing.values)),
            models.CheckConstraint(name="reference_status_below_usual", condition=Q(reference_tonnes__lt=F("usual_tonnes"))),
        ]
        indexes = [models.Index(fields=["project", "-id"], name="reference_status_last_written")]

    def __str__(self) -> str:
        return f"{self.source}: {self.get_standing_display()}"

    @property
    def gap_tonnes(self) -> int:
        """Business as usual less reference, in tonnes per year: what is never credited. Source: rules 5.3 [C2]."""
        return self.usual_tonnes - self.reference_tonnes
