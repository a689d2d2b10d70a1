"""Amounts of a round in whole tonnes, as they were stated: verified per calendar year, decided per vintage, side and holder."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Organisation
from apps.accounts.roles import Side
from apps.core.quantities import TonnesField
from apps.issuance.kinds import HolderKind
from apps.issuance.models.round import Round


class VerifiedAmount(models.Model):
    """What the verifier found for one calendar year of a round, zero included. Written once. Source: rules 4.12, 5.7."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="verified_amounts")
    year = models.PositiveSmallIntegerField(_("calendar year"))
    tonnes = TonnesField(_("tonnes"))
    act_id = models.UUIDField()

    class Meta:
        verbose_name = _("verified amount")
        verbose_name_plural = _("verified amounts")
        ordering = ["round_id", "year"]
        constraints = [
            models.UniqueConstraint(fields=["round", "year"], name="verified_amount_once_a_year"),
            models.CheckConstraint(name="verified_amount_not_negative", condition=Q(tonnes__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.tonnes} t"


class DecidedAmount(models.Model):
    """One amount of the committee's decision on a round. Written once, never computed from a percentage.

    No year: the decision named none. A decision that named only the sides has one row for each, of the
    kind `side`. Source: rules 5.11, awkward cases 12 and 14.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="decided_amounts")
    year = models.PositiveSmallIntegerField(_("vintage"), null=True)
    side = models.CharField(_("side"), max_length=5, choices=Side.choices)
    kind = models.CharField(_("kind"), max_length=12, choices=HolderKind.choices)
    holder = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("holder"))
    tonnes = TonnesField(_("tonnes"))
    act_id = models.UUIDField()

    class Meta:
        verbose_name = _("decided amount")
        verbose_name_plural = _("decided amounts")
        ordering = ["round_id", "year", "side", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "year", "side", "kind", "holder"], nulls_distinct=False, name="decided_amount_once"
            ),
            models.CheckConstraint(name="decided_amount_not_negative", condition=Q(tonnes__gte=0)),
            models.CheckConstraint(name="decided_amount_side_is_known", condition=Q(side__in=Side.values)),
            models.CheckConstraint(
                name="decided_amount_of_a_holder_or_of_the_side",
                condition=Q(kind=HolderKind.PARTICIPANT, holder__isnull=False)
                | Q(kind=HolderKind.GOVERNMENT, holder__isnull=True)
                | Q(kind=HolderKind.SIDE, holder__isnull=True, year__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year or ''} {self.side} {self.holder or self.kind}: {self.tonnes} t".strip()

    @property
    def names_a_holder(self) -> bool:
        """Whether the decision said whose the tonnes are, beyond the side."""
        return self.kind != HolderKind.SIDE
