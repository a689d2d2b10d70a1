"""Plans and reports of sustainable development (SDIP, SDIR): versions that are written once and never change.

Project and round are named by number, for their apps stand above this one; the database holds that they exist.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.sustainability.kinds import BY_KEY, VERSION, Indicator


class Plan(models.Model):
    """One version of a project's plan. Source: rules 4.4."""

    project_id = models.BigIntegerField()
    number = models.PositiveIntegerField(_("version"))
    list_version = models.PositiveSmallIntegerField(_("version of the list of indicators"), default=VERSION)
    filed_on = models.DateField(_("filed on"))
    act_id = models.UUIDField()

    class Meta:
        verbose_name = _("sustainable development plan")
        verbose_name_plural = _("sustainable development plans")
        ordering = ["project_id", "number"]
        constraints = [models.UniqueConstraint(fields=["project_id", "number"], name="sd_plan_version_once")]

    def __str__(self) -> str:
        return f"{self.project_id}, {self.number}"


class Report(models.Model):
    """One version of what a project reports for one monitoring period. Source: rules 2.11, 4.4."""

    project_id = models.BigIntegerField()
    round_id = models.BigIntegerField()
    number = models.PositiveIntegerField(_("version"))
    list_version = models.PositiveSmallIntegerField(_("version of the list of indicators"), default=VERSION)
    filed_on = models.DateField(_("filed on"))
    act_id = models.UUIDField()

    class Meta:
        verbose_name = _("sustainable development report")
        verbose_name_plural = _("sustainable development reports")
        ordering = ["round_id", "number"]
        indexes = [models.Index(fields=["project_id"], name="sd_report_of_project")]
        constraints = [models.UniqueConstraint(fields=["round_id", "number"], name="sd_report_version_once")]

    def __str__(self) -> str:
        return f"{self.round_id}, {self.number}"


class OfAnIndicator(models.Model):
    """A line about one indicator of the list."""

    indicator = models.CharField(_("indicator"), max_length=40)
    note = models.TextField(_("in words"), blank=True, default="")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.entry.label)

    @property
    def entry(self) -> Indicator:
        """The indicator as the list explains it."""
        return BY_KEY[self.indicator]


class PlannedIndicator(OfAnIndicator):
    """A line of a plan, in the unit of its indicator (yes is 1, no is 0): what stood before, what shall stand on a day."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="lines")
    baseline = models.BigIntegerField(_("baseline"))
    target = models.BigIntegerField(_("target"))
    target_on = models.DateField(_("target day"))
    method = models.CharField(_("how it is measured"), max_length=200)

    class Meta:
        verbose_name = _("planned indicator")
        verbose_name_plural = _("planned indicators")
        ordering = ["plan", "id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "indicator"], name="sd_indicator_planned_once"),
            models.CheckConstraint(name="sd_planned_indicator_is_known", condition=Q(indicator__in=list(BY_KEY))),
            models.CheckConstraint(name="sd_target_from_baseline", condition=Q(baseline__gte=0, target__gte=F("baseline"))),
        ]


class ReportedIndicator(OfAnIndicator):
    """A line of a report: the result of one period, in the unit of its indicator (yes is 1, no is 0)."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="lines")
    result = models.BigIntegerField(_("result"))
    unplanned = models.BooleanField(_("not in the plan"), default=False)

    class Meta:
        verbose_name = _("reported indicator")
        verbose_name_plural = _("reported indicators")
        ordering = ["report", "id"]
        constraints = [
            models.UniqueConstraint(fields=["report", "indicator"], name="sd_indicator_reported_once"),
            models.CheckConstraint(name="sd_reported_indicator_is_known", condition=Q(indicator__in=list(BY_KEY))),
            models.CheckConstraint(name="sd_result_not_negative", condition=Q(result__gte=0)),
            models.CheckConstraint(name="sd_unplanned_with_words", condition=Q(unplanned=False) | ~Q(note="")),
        ]
