"""Who may sign for the entities that a communication statement names."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Organisation
from apps.projects.kinds import Rank


class Signatory(models.Model):
    """A person who signs for an entity from a statement on. Written once; of an entity and a rank, the last one counts.

    Personal data: shown to those who are named in the file and those who decide on it, and kept out of the log.
    Source: rules 1.4, 4.5, S45.
    """

    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="signatories")
    statement = models.PositiveIntegerField(_("number of the statement"))
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    rank = models.CharField(_("signs as"), max_length=9, choices=Rank.choices)
    name = models.CharField(_("name"), max_length=200)
    title = models.CharField(_("title"), max_length=200)
    email = models.EmailField(_("e-mail address"))
    effective_on = models.DateField(_("from"))
    act_id = models.UUIDField()

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "statement", "organisation", "rank"], name="signatory_once_a_statement"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.title}, {self.email}"
