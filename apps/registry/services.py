"""Every write of the books: opening accounts and issuing credits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import NumericRange
from django.utils.translation import gettext as _

from apps.accounts.models import Membership, Organisation
from apps.accounts.roles import Role, Side
from apps.accounts.selectors import in_force
from apps.core import clock
from apps.core.errors import NotAllowed, NotReady, Problem, Repeated
from apps.registry.checks import parts_can_be_credited
from apps.registry.kinds import AccountKind, Part
from apps.registry.models import Account, Block, SerialHead, Transfer
from apps.registry.selectors import blocks_of
from apps.workflow.fsm import Act
from apps.workflow.services import one_transaction


@dataclass(frozen=True, slots=True)
class Origin:
    """What credits stem from: one side's share of one round of a project, both named by number.

    `vintage` is the calendar year; none where the decision named none, for the whole period.
    """

    project_id: int
    round_id: int
    side: Side
    period_starts_on: date
    period_ends_on: date
    vintage: int | None = None


def open_account(*, side: Side, holder: Organisation, membership: Membership) -> Account:
    """Open a holder's account in a side's registry, as an officer of that registry.

    Raises NotAllowed (REG-00) for anybody else, NotReady (REG-07) when the holder has one already.
    """
    officers = Membership.objects.filter(in_force(clock.today()), role=Role.REGISTRY, side=side, user__is_active=True)
    with one_transaction():
        if not officers.filter(pk=membership.pk).exists():
            raise NotAllowed(Problem("REG-00", _("only a registry officer of this side opens accounts in its registry")))
        return Account.objects.create(
            side=side,
            kind=AccountKind.PARTICIPANT,
            holder=holder,
            opened_on=clock.today(),
            membership_id=membership.pk,
        )


def account_of_government(side: Side) -> Account:
    """The account of a side's government, opened by rule when it is first needed."""
    return _own_account(side, AccountKind.GOVERNMENT)


def issue(*, id: UUID, origin: Origin, issued_on: date, parts: Sequence[Part], act: Act) -> Block:  # noqa: A002 # reason: the row's own name
    """Make one block of serials and hand all of it out; one serial is one tonne of CO2 equivalent.

    `id` is chosen by the caller: the same id with the same content returns the block that is there.
    `parts` are numbers of accounts with whole tonnes; a part gets the serials after those of the part
    before it. Must run inside an act. Raises NotReady (REG-01 to REG-06, REG-08 when the side has
    issued for this vintage, or for the round as a whole) or Repeated (REG-09, the id was used for
    something else); nothing is written then. Source: rules 2.14, 5.8, 5.15, 5.16.
    """
    with transaction.atomic():
        head = _locked_head()
        done = Block.objects.filter(pk=id).first()
        if done is not None:
            return _same(done, origin, issued_on, parts)
        _refuse(origin, parts, issued_on)
        serial = _taken(head, sum(tonnes for _account, tonnes in parts))
        block = Block.objects.create(
            id=id,
            serial=serial,
            issued_on=issued_on,
            act_id=act.id,
            **{name: getattr(origin, name) for name in Origin.__slots__},
        )
        Transfer.objects.bulk_create(_transfers(block, parts, act))
        return block


def _refuse(origin: Origin, parts: Sequence[Part], issued_on: date) -> None:
    problems = parts_can_be_credited(origin.side, parts, issued_on)
    if blocks_of(origin.round_id, origin.side, origin.vintage).exists():
        problems.append(Problem("REG-08", _("this side has issued for this round already")))
    if problems:
        raise NotReady(problems)


def _same(block: Block, origin: Origin, issued_on: date, parts: Sequence[Part]) -> Block:
    """The block that this id made before, if it is the one asked for."""
    before = Origin(**{name: getattr(block, name) for name in Origin.__slots__})
    credited = list(block.transfers.order_by("serial").values_list("credit_id", "tonnes"))
    if (before, block.issued_on, credited) != (origin, issued_on, list(parts)):
        raise Repeated(Problem("REG-09", _("this issuance was recorded before with another content")))
    return block


def _locked_head() -> SerialHead:
    """The serial head, locked until the transaction ends: serials have no gaps, for a refusal gives them back."""
    head = SerialHead.objects.select_for_update().first()
    if head is None:
        SerialHead.objects.bulk_create([SerialHead(pk=1, last=0)], ignore_conflicts=True)
        head = SerialHead.objects.select_for_update().get()
    return head


def _taken(head: SerialHead, tonnes: int) -> NumericRange:
    first = head.last + 1
    head.last += tonnes
    head.save(update_fields=["last"])
    return NumericRange(first, head.last + 1)


def _transfers(block: Block, parts: Sequence[Part], act: Act) -> Iterator[Transfer]:
    source = _own_account(Side(block.side), AccountKind.SOURCE)
    first = block.first_serial
    for account, tonnes in parts:
        yield Transfer(
            id=uuid5(block.id, str(account)),
            block=block,
            serial=NumericRange(first, first + tonnes),
            debit=source,
            credit_id=account,
            at=act.at,
            act_id=act.id,
        )
        first += tonnes


def _own_account(side: Side, kind: AccountKind) -> Account:
    """An account that the side has by rule, made when it is first needed."""
    return Account.objects.get_or_create(side=side, kind=kind, holder=None, defaults={"opened_on": clock.today()})[0]
