"""Drafts of official forms, what was saved of each section, and what was produced of them. Every row is written once."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Membership, Organisation
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion


class Draft(models.Model):
    """The form of one kind of document of a file, as one organisation writes it."""

    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="drafts")
    begun_at = models.DateTimeField(_("begun"))

    class Meta:
        verbose_name = _("draft of a form")
        verbose_name_plural = _("drafts of forms")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "kind", "organisation"], name="draft_one_per_organisation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.subject_type} {self.subject_id}"


class SavedSection(models.Model):
    """What was typed in one section at one time, as it was typed. The newest version holds; earlier ones are never lost."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="sections")
    section = models.CharField(_("section"), max_length=40)
    version = models.PositiveIntegerField(_("version"))
    typed: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(_("as typed"), default=dict)
    saved_at = models.DateTimeField(_("saved"))
    saved_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", verbose_name=_("saved by"))

    class Meta:
        verbose_name = _("saved section")
        verbose_name_plural = _("saved sections")
        ordering = ["section", "-version"]
        constraints = [
            # Of two who save over the same version the second is told.
            models.UniqueConstraint(fields=["draft", "section", "version"], name="section_saved_once_per_version"),
            models.CheckConstraint(name="section_version_counts_from_one", condition=Q(version__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.section}, {self.version}"


class ProducedForm(models.Model):
    """A document that was produced of a draft: in which language, and of which versions of its sections."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="produced")
    document = models.OneToOneField(DocumentVersion, on_delete=models.PROTECT, related_name="produced_of")
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    made_of: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(_("versions of the sections"), default=dict)

    class Meta:
        verbose_name = _("produced form")
        verbose_name_plural = _("produced forms")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.document_id} of {self.draft_id}"
