"""What becomes of a registered project: rows that are written once and name their act, so that nothing that was is rewritten."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Organisation
from apps.accounts.roles import Side
from apps.projects.models.project import Project


class ProjectVersion(models.Model):
    """A later version of what a project says of itself: what changed, from which day. Version 1 is what was registered.

    `was` and `now` hold the particulars that changed, by name. Source: rules 2.16, awkward case 21.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="later_versions")
    number = models.PositiveIntegerField(_("version"))
    effective_on = models.DateField(_("from"))
    source = models.CharField(_("by"), max_length=60)
    description = models.TextField(_("description"))
    was = models.JSONField(_("before"))
    now = models.JSONField(_("since then"))
    act_id = models.UUIDField()

    class Meta:
        verbose_name = _("version of a project")
        verbose_name_plural = _("versions of projects")
        ordering = ["project", "number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="project_version_once"),
            models.CheckConstraint(name="project_version_follows_the_first", condition=Q(number__gte=2)),
        ]

    def __str__(self) -> str:
        return f"{self.project.reference} {self.number}"


class ProjectHold(models.Model):
    """From which day on a running change touches a project; without a day it touches it no more. Written once.

    Of the rows of one source, the one written last counts. Source: rules 2.16.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="holds")
    source = models.CharField(_("by"), max_length=60)
    starts_on = models.DateField(_("from"), null=True)
    act_id = models.UUIDField()

    class Meta:
        verbose_name = _("hold on a project")
        verbose_name_plural = _("holds on projects")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["act_id"], name="project_hold_once_per_act")]
        indexes = [models.Index(fields=["project", "source", "-id"], name="project_hold_last_written")]

    def __str__(self) -> str:
        return f"{self.source}: {self.starts_on or '-'}"


class Change(models.TextChoices):
    """What a communication statement changes. Source: rules 1.4."""

    FOCAL_POINT = "focal_point", _("named focal point")
    ADDED = "added", _("added")
    RENAMED = "renamed", _("renamed")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ParticipantChange(models.Model):
    """What changed among the participants of a registered project, from which day. Written once.

    `name` is the participant's from then on, `former_name` its own before; of a new focal point, that of the former one.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="participant_changes")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(_("side"), max_length=5, choices=Side.choices, blank=True, default="")
    kind = models.CharField(_("what"), max_length=12, choices=Change.choices)
    name = models.CharField(_("name"), max_length=200)
    former_name = models.CharField(_("formerly"), max_length=200, blank=True, default="")
    effective_on = models.DateField(_("from"))
    act_id = models.UUIDField()

    class Meta:
        verbose_name = _("change among participants")
        verbose_name_plural = _("changes among participants")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["act_id", "kind"], name="participant_change_once_per_act")]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_kind_display()}"


class RenewedPeriod(models.Model):
    """A renewal of a project's crediting period: its first and last day. Written once; the first period stays in the project.

    Source: rules 2.17.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="renewed_periods")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    source = models.CharField(_("by"), max_length=60)
    act_id = models.UUIDField()

    class Meta:
        verbose_name = _("renewed crediting period")
        verbose_name_plural = _("renewed crediting periods")
        ordering = ["project", "starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["project", "starts_on"], name="renewed_period_once"),
            models.CheckConstraint(name="renewed_period_in_order", condition=Q(ends_on__gte=F("starts_on"))),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} - {self.ends_on}"
