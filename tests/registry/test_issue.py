"""Serials, parts, and the same request twice."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from apps.accounts.roles import Side
from apps.core.errors import NotReady, Refusal, Repeated
from apps.registry.kinds import AccountKind
from apps.registry.models import Account, Block, SerialHead, Transfer
from apps.registry.selectors import balance, reconcile, totals_by_side
from apps.registry.services import account_of_government, open_account
from tests.issuance.walk import Course
from tests.registry.books import book, origin_of


@pytest.fixture
def government(jcm: Course) -> Account:  # noqa: ARG001 - opened on the day of its clock
    return account_of_government(Side.HOST)


@pytest.fixture
def company(jcm: Course) -> Account:
    return open_account(side=Side.HOST, holder=jcm.people.participant_host.organisation, membership=jcm.people.registry_host)


def test_parts_take_the_serials_one_behind_the_other(jcm: Course, government: Account, company: Account) -> None:
    one = jcm.decided(host=1789, japan=7158)
    block = book(one, [(government.pk, 1000), (company.pk, 789)])
    assert (block.first_serial, block.last_serial, block.tonnes) == (1, 1789, 1789)
    assert (block.project_id, block.round_id, block.side, block.issued_on) == (one.project_id, one.pk, "host", date(2028, 10, 1))
    transfers = list(block.transfers.order_by("serial"))
    assert [(row.credit_id, row.serial.lower, row.serial.upper, row.tonnes) for row in transfers] == [
        (government.pk, 1, 1001, 1000), (company.pk, 1001, 1790, 789),
    ]  # fmt: skip
    source = Account.objects.get(kind=AccountKind.SOURCE)
    assert {row.debit_id for row in transfers} == {source.pk}
    assert (balance(government), balance(company), balance(source)) == (1000, 789, -1789)
    assert totals_by_side() == {Side.HOST: 1789, Side.JAPAN: 0}
    assert totals_by_side(one.project_id) == totals_by_side()
    assert totals_by_side(one.project_id + 1) == {Side.HOST: 0, Side.JAPAN: 0}
    assert reconcile() == []


def test_one_row_whatever_the_size(jcm: Course, government: Account) -> None:
    jcm.verified = 10**12
    one = jcm.decided(host=10**12 - 1, japan=1)
    assert book(one, [(government.pk, 10**12 - 1)]).tonnes == 10**12 - 1
    assert (Block.objects.count(), Transfer.objects.count()) == (1, 1)


def test_the_same_request_again_changes_nothing(jcm: Course, government: Account, company: Account) -> None:
    one, key, parts = jcm.decided(host=10, japan=0), uuid4(), [(company.pk, 4), (government.pk, 6)]
    first = book(one, parts, key=key)
    again = book(one, parts, key=key)
    assert again == first
    assert (Block.objects.count(), Transfer.objects.count(), SerialHead.objects.get().last) == (1, 2, 10)


def test_the_same_id_with_another_content_is_refused(jcm: Course, government: Account, company: Account) -> None:
    one, key, parts = jcm.decided(host=10, japan=0), uuid4(), [(company.pk, 4), (government.pk, 6)]
    book(one, parts, key=key)
    changes: list[dict[str, Any]] = [
        {"parts": [(company.pk, 5), (government.pk, 5)]},
        {"parts": parts[::-1]},
        {"issued_on": date(2028, 10, 2)},
        {"origin": origin_of(one, Side.JAPAN)},
        {"origin": origin_of(one, period_ends_on=date(2028, 9, 29))},
    ]
    for change in changes:
        with pytest.raises(Repeated) as caught:
            book(one, **{"parts": parts, "key": key, **change})
        assert caught.value.codes == ("REG-09",)
    assert (Block.objects.count(), SerialHead.objects.get().last) == (1, 10)


def test_a_side_has_one_block_of_a_round(jcm: Course, government: Account) -> None:
    one = jcm.decided(host=10, japan=0)
    book(one, [(government.pk, 10)])
    with pytest.raises(NotReady) as caught:
        book(one, [(government.pk, 10)])
    assert caught.value.codes == ("REG-08",)


def test_parts_that_cannot_be_credited_are_refused(jcm: Course, government: Account) -> None:
    one, own = jcm.decided(host=10, japan=0), government.pk
    source = Account.objects.create(side="host", kind=AccountKind.SOURCE, opened_on=date(2027, 3, 1))
    jcm.world.days(1)
    late = open_account(side=Side.HOST, holder=jcm.people.tpe.organisation, membership=jcm.people.registry_host)
    for parts, *codes in (
        ([], "REG-01"),
        ([(own, 0)], "REG-02"),
        ([(987_654, 10)], "REG-03"),
        ([(account_of_government(Side.JAPAN).pk, 10)], "REG-04", "REG-05"),
        ([(source.pk, 10)], "REG-04"),
        ([(late.pk, 10)], "REG-05"),
        ([(own, 4), (own, 6)], "REG-06"),
    ):
        with pytest.raises(Refusal) as caught, transaction.atomic():
            book(one, parts)
        assert list(caught.value.codes) == codes
    assert not Block.objects.exists()
    assert not SerialHead.objects.exclude(last=0).exists()
