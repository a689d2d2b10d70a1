"""What was changed in reference data: by whom, in which capacity, and why."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Membership, User
from apps.accounts.roles import Side


class Amendment(models.Model):
    """One edit of a person, an organisation or an appointment. Written once.

    `before` and `after` hold the fields that the edit changed; `before` is empty where the row is new. No password
    is kept. The log of acts holds no personal data, so names stand here and not there.
    """

    model = models.CharField(_("kind of entry"), max_length=60)
    row_id = models.BigIntegerField(_("number"))
    before: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("before"), default=dict)
    after: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("after"))
    reason = models.TextField(_("reason"))
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("made by"))
    # The capacity in which it was done; none where an administrator of the site did it as such.
    membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("acting as"), db_constraint=False
    )
    side = models.CharField(_("side"), max_length=5, choices=Side.choices, blank=True, default="")
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="amendment_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(name="amendment_side_is_known", condition=Q(side__in=["", *Side.values])),
        ]
        indexes = [models.Index(fields=["model", "row_id"], name="amendment_of_a_row")]

    def __str__(self) -> str:
        return f"{self.model} {self.row_id}"
