"""Views of lists that people keep, and the words by which rows of lists are found."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

LONGEST_NAME = 60
LONGEST_ASKED = 2000


class SearchEntry(models.Model):
    """The words of one row of a list. The database keeps it up by itself, whoever writes the row; the site only reads it.

    `folded` is the text in small letters, `words` its words as they stand and their English stems, `grams` its pieces
    of three letters, or of two where the script is not Latin. Never shown: a list is searched among visible rows alone.
    """

    kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    folded = models.TextField()
    words = SearchVectorField()
    grams = ArrayField(models.TextField())

    class Meta:
        verbose_name = _("words of a row")
        verbose_name_plural = _("words of rows")
        constraints = [models.UniqueConstraint(fields=["kind", "subject_id"], name="search_entry_once")]
        indexes = [GinIndex(fields=["words"], name="search_words"), GinIndex(fields=["grams"], name="search_grams")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"


class SavedView(models.Model):
    """What somebody asks of a list again and again: its filters and its sort, as an address has them. Theirs alone."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    # The key of the list.
    list = models.CharField(max_length=40)
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    asked = models.CharField(max_length=LONGEST_ASKED, blank=True, default="")
    is_default = models.BooleanField(_("shown first"), default=False)

    class Meta:
        verbose_name = _("view of a list")
        verbose_name_plural = _("views of lists")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "list", "name"], name="saved_view_name_once"),
            models.UniqueConstraint(fields=["user", "list"], condition=Q(is_default=True), name="saved_view_one_default"),
        ]

    def __str__(self) -> str:
        return self.name
