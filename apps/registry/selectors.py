"""Reading the books: balances, totals, and whether they still agree with each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypedDict

from django.db.models import Aggregate, F, Func, OuterRef, Q, QuerySet, Subquery, Sum, TextField, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django_stubs_ext import WithAnnotations

from apps.accounts.roles import Side
from apps.core.quantities import TonnesField
from apps.registry.kinds import AccountKind
from apps.registry.models import Account, Block, SerialHead, Transfer


class _Balance(TypedDict):
    balance: int


def accounts(ids: Iterable[int]) -> dict[int, Account]:
    """The accounts with these numbers, by number; unknown numbers are left out."""
    return Account.objects.select_related("holder").in_bulk(list(ids))


def accounts_of(side: Side, holders: Iterable[int]) -> dict[int | None, Account]:
    """The accounts that some organisations hold on a side, by organisation, and its Government's under None.

    That of the Government is there only once it was needed.
    """
    held = Q(kind=AccountKind.PARTICIPANT, holder__in=list(holders))
    found = Account.objects.filter(held | Q(kind=AccountKind.GOVERNMENT), side=side).select_related("holder")
    return {one.holder_id: one for one in found}


def blocks_of(round_id: int, side: Side, vintage: int | None) -> QuerySet[Block]:
    """The blocks of a side that stand in the way of another one for this vintage (None: for the whole period)."""
    blocks = Block.objects.filter(round_id=round_id, side=side)
    return blocks if vintage is None else blocks.filter(Q(vintage=None) | Q(vintage=vintage))


def with_balances() -> QuerySet[WithAnnotations[Account, _Balance]]:
    """Every account with its `balance` in tonnes, in one query; a source stands below zero by what it issued."""
    return Account.objects.annotate(balance=_sum_of("credit") - _sum_of("debit"))


def _sum_of(end: str) -> Coalesce:
    rows = Transfer.objects.filter(**{end: OuterRef("pk")}).order_by().values(end)
    return Coalesce(Subquery(rows.annotate(total=Sum("tonnes")).values("total")), Value(0), output_field=TonnesField())


def balance(account: Account) -> int:
    """What an account holds, in tonnes."""
    return int(with_balances().values_list("balance", flat=True).get(pk=account.pk))


def totals_by_side(project_id: int | None = None) -> dict[Side, int]:
    """What each side has issued, in tonnes: on the whole site, or for one project."""
    blocks = Block.objects.all() if project_id is None else Block.objects.filter(project_id=project_id)
    totals = dict(blocks.order_by().values_list("side").annotate(Sum("tonnes")))
    return {side: totals.get(side.value, 0) for side in Side}


def reconcile() -> list[str]:
    """The rules of the books that are broken, in words; empty when all is well.

    Serials given out = serials in blocks; every serial of a block handed out once; issued = held on
    each side; nobody below zero. Source: plan, section 8.
    """
    return [*_serials(), *_blocks(), *_sides(), *_holders()]


def _serials() -> Iterator[str]:
    head = SerialHead.objects.aggregate(last=Coalesce(Sum("last"), 0))["last"]
    issued = sum(totals_by_side().values())
    if head != issued:
        yield _("serials: %(head)s given out, %(issued)s in blocks") % {"head": head, "issued": issued}


def _blocks() -> Iterator[str]:
    blocks = Block.objects.annotate(
        handed_out=Coalesce(Sum("transfers__tonnes"), Value(0), output_field=TonnesField()),
        covered=Aggregate("transfers__serial", function="range_agg", output_field=TextField()),
        whole=Func("serial", function="int8multirange", output_field=TextField()),
    )
    for block in blocks.exclude(handed_out=F("tonnes"), covered=F("whole")):
        yield _("block %(block)s: %(handed_out)s t of %(tonnes)s t are handed out") % {
            "block": block, "handed_out": block.handed_out, "tonnes": block.tonnes,
        }  # fmt: skip


def _sides() -> Iterator[str]:
    held = dict(with_balances().exclude(kind=AccountKind.SOURCE).order_by().values_list("side").annotate(Sum("balance")))
    for side, issued in totals_by_side().items():
        if held.get(side.value, 0) != issued:
            yield _("%(side)s: %(issued)s t issued, %(held)s t held") % {
                "side": side.label, "issued": issued, "held": held.get(side.value, 0),
            }  # fmt: skip


def _holders() -> Iterator[str]:
    for account in with_balances().exclude(kind=AccountKind.SOURCE).filter(balance__lt=0):
        yield _("account %(account)s stands at %(tonnes)s t") % {"account": account, "tonnes": account.balance}
