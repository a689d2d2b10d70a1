"""The books: accounts, serial blocks and transfers. Rows are written once and never change."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Organisation
from apps.accounts.render import side_name
from apps.accounts.roles import Side
from apps.core.quantities import TonnesField, same
from apps.registry.kinds import AccountKind


def _tonnes_of_serials() -> models.GeneratedField:
    """One serial is one tonne: a range that holds its lower end and not its upper."""
    return models.GeneratedField(
        expression=F("serial__endswith") - F("serial__startswith"), output_field=TonnesField(), db_persist=True
    )


class Account(models.Model):
    """An account of one side's registry.

    The issuance source and the government's account have no other holder than the side itself.
    """

    side = models.CharField(_("side"), max_length=5, choices=Side.choices)
    kind = models.CharField(_("kind"), max_length=12, choices=AccountKind.choices)
    holder = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, verbose_name=_("holder"))
    opened_on = models.DateField(_("opened"))
    # The registry officer who opened it; none for the accounts that every side has by rule.
    membership_id = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["side", "kind", "holder"], nulls_distinct=False, name="account_one_per_side_and_holder"
            ),
            models.CheckConstraint(name="account_side_is_known", condition=Q(side__in=Side.values)),
            models.CheckConstraint(
                name="account_of_a_holder_or_of_the_side",
                condition=Q(kind=AccountKind.PARTICIPANT, holder__isnull=False)
                | Q(kind__in=[AccountKind.SOURCE, AccountKind.GOVERNMENT], holder__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        name = str(self.holder) if self.holder else self.get_kind_display()
        return f"{self.pk}, {name} ({side_name(self.side)})"


class SerialHead(models.Model):
    """The last serial that was given out on this site. One row, locked by whoever takes serials from it."""

    last = models.BigIntegerField()

    class Meta:
        verbose_name = _("serial head")
        verbose_name_plural = _("serial heads")
        constraints = [models.CheckConstraint(name="serial_head_is_one", condition=Q(id=1))]

    def __str__(self) -> str:
        return str(self.last)


class Block(models.Model):
    """The credits that one side issued for one vintage of a monitoring period: one row whatever their number.

    A block without a vintage covers the whole period; a side has either one such block of a round, or one
    for each of some years. The id is chosen by the caller, so that a repeated request finds what the first one did. Project
    and round are named by number, for their apps stand above this one.
    """

    id = models.UUIDField(primary_key=True)
    serial = BigIntegerRangeField(_("serials"))
    tonnes = _tonnes_of_serials()
    project_id = models.BigIntegerField()
    round_id = models.BigIntegerField()
    side = models.CharField(_("side"), max_length=5, choices=Side.choices)
    period_starts_on = models.DateField(_("first monitored day"))
    period_ends_on = models.DateField(_("last monitored day"))
    vintage = models.PositiveSmallIntegerField(_("vintage"), null=True)
    issued_on = models.DateField(_("issued"))
    act_id = models.UUIDField()

    class Meta:
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        ordering = ["serial"]
        indexes = [models.Index(fields=["project_id"], name="block_of_project")]
        constraints = [
            ExclusionConstraint(name="block_serials_once", expressions=[("serial", RangeOperators.OVERLAPS)]),
            *(
                # No vintage makes a range without ends, which every year overlaps.
                ExclusionConstraint(
                    name=f"block_once_a_vintage_{side}",
                    expressions=[(same("round_id"), RangeOperators.OVERLAPS), (same("vintage"), RangeOperators.OVERLAPS)],
                    condition=Q(side=side),
                )
                for side in Side.values
            ),
            models.CheckConstraint(
                name="block_vintage_is_of_the_period",
                condition=Q(vintage=None) | Q(vintage__gte=F("period_starts_on__year"), vintage__lte=F("period_ends_on__year")),
            ),
            models.CheckConstraint(
                name="block_of_serials_from_one",
                condition=Q(tonnes__isnull=False, tonnes__gte=1, serial__startswith__gte=1),
            ),
            models.CheckConstraint(name="block_side_is_known", condition=Q(side__in=Side.values)),
            models.CheckConstraint(name="block_period_in_order", condition=Q(period_ends_on__gte=F("period_starts_on"))),
        ]

    def __str__(self) -> str:
        return f"{self.first_serial}-{self.last_serial} ({side_name(self.side)})"

    @property
    def first_serial(self) -> int:
        return int(self.serial.lower)

    @property
    def last_serial(self) -> int:
        return int(self.serial.upper) - 1


class Transfer(models.Model):
    """Credits move from one account to another: one debit and one credit of the same serials."""

    id = models.UUIDField(primary_key=True)
    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="transfers")
    serial = BigIntegerRangeField(_("serials"))
    tonnes = _tonnes_of_serials()
    debit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="debits", verbose_name=_("from"))
    credit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="credits", verbose_name=_("to"))
    at = models.DateTimeField(_("at"))
    act_id = models.UUIDField()

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        ordering = ["at", "serial"]
        constraints = [
            models.CheckConstraint(name="transfer_of_serials", condition=Q(tonnes__isnull=False, tonnes__gte=1)),
            models.CheckConstraint(name="transfer_between_two_accounts", condition=~Q(debit=F("credit"))),
        ]

    def __str__(self) -> str:
        return f"{self.tonnes} t: {self.debit_id} > {self.credit_id}"
