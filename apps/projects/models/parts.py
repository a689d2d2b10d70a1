"""What belongs to a project: participants, places and the methodologies that it applies."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Organisation
from apps.accounts.roles import Side
from apps.methodologies.models import MethodologyVersion, ProposedMethodology


class Participant(models.Model):
    """An organisation that takes part in a project, under one of the two countries. Source: PDD form, A.4."""

    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="participants")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="participations")
    side = models.CharField(_("side"), max_length=5, choices=Side.choices)
    # As the communication statement has it since, where that is another name than the organisation's. Source: awkward case 22.
    new_name = models.CharField(_("name since"), max_length=200, blank=True, default="")
    former_name = models.CharField(_("formerly"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("project participant")
        verbose_name_plural = _("project participants")
        ordering = ["side", "id"]
        constraints = [models.UniqueConstraint(fields=["project", "organisation"], name="participant_once")]

    def __str__(self) -> str:
        return self.new_name or str(self.organisation)


class Site(models.Model):
    """A place where a project is; a project may have many. Coordinates in decimal degrees. Source: PDD form, A.3."""

    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="sites")
    place = models.CharField(_("place"), max_length=200)
    district = models.CharField(_("district"), max_length=200, blank=True, default="")
    state_or_province = models.CharField(_("state or province"), max_length=200, blank=True, default="")
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=6, null=True)
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True)

    class Meta:
        verbose_name = _("project site")
        verbose_name_plural = _("project sites")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="site_on_earth",
                condition=Q(latitude=None, longitude=None) | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(dict.fromkeys(part for part in (self.place, self.district, self.state_or_province) if part))


class MethodologyApplied(models.Model):
    """A methodology that a project applies: an approved version or, until it is approved, the proposal."""

    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="methodologies_applied")
    version = models.ForeignKey(MethodologyVersion, on_delete=models.PROTECT, null=True, related_name="applications")
    proposal = models.ForeignKey(ProposedMethodology, on_delete=models.PROTECT, null=True, related_name="applications")

    class Meta:
        verbose_name = _("methodology applied")
        verbose_name_plural = _("methodologies applied")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="methodology_applied_is_one",
                condition=Q(version__isnull=False, proposal=None) | Q(version=None, proposal__isnull=False),
            ),
            models.UniqueConstraint(fields=["project", "version"], name="methodology_version_applied_once"),
            models.UniqueConstraint(fields=["project", "proposal"], name="methodology_proposal_applied_once"),
        ]

    def __str__(self) -> str:
        return str(self.version or self.proposal)

    @property
    def sectoral_scopes(self) -> Sequence[int]:
        source = self.version or self.proposal
        return source.sectoral_scopes if source else ()
