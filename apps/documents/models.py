"""Files that belong to a procedure's file: versions, hashes, kinds. Bytes live in the content-addressed store."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.documents.kinds import Kind, Standing


def stored_at(sha256: str) -> Path:
    """Where the store keeps the bytes of a hash."""
    root: Path = settings.DOCUMENT_ROOT
    return root / "sha256" / sha256[:2] / sha256[2:4] / sha256


class DocumentVersion(models.Model):
    """One version of one kind of document of a file. Written once; a newer version supersedes it."""

    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    number = models.PositiveIntegerField(_("version"))
    name = models.CharField(_("file name"), max_length=150)
    media_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField("SHA-256", max_length=64)
    # The official form, as the catalogue named it and as whoever filed it stated it; empty where nothing was stated.
    form_code = models.CharField(_("form code"), max_length=20, blank=True, default="")
    form_version = models.CharField(_("form version"), max_length=10, blank=True, default="")
    form_standing = models.CharField(
        _("standing of the version"), max_length=10, blank=True, default="", choices=Standing.choices
    )
    completed_on = models.DateField(_("completed on"), null=True, blank=True)
    confidential = models.BooleanField(_("confidential"), default=False)
    uploaded_at = models.DateTimeField(_("uploaded"))
    membership_id = models.BigIntegerField()

    class Meta:
        verbose_name = _("document version")
        verbose_name_plural = _("document versions")
        ordering = ["kind", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["subject_type", "subject_id", "kind", "number"], name="document_version_once"),
            models.CheckConstraint(name="document_hash_is_sha256", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
            models.CheckConstraint(name="document_not_empty", condition=Q(size__gt=0)),
            models.CheckConstraint(
                name="document_standing_is_of_a_version",
                condition=Q(form_standing="") | Q(form_standing__in=Standing.values) & ~Q(form_version=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("document", args=[self.pk])

    @property
    def path(self) -> Path:
        return stored_at(self.sha256)
