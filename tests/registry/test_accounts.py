"""Who opens accounts in a side's registry, and that there is one per holder and side."""

from __future__ import annotations

from datetime import timedelta

import pytest

from apps.accounts.roles import Side
from apps.core import clock
from apps.core.errors import NotAllowed, NotReady
from apps.registry.kinds import AccountKind
from apps.registry.models import Account
from apps.registry.selectors import balance, reconcile, totals_by_side
from apps.registry.services import account_of_government, open_account
from tests.people import cast

pytestmark = pytest.mark.django_db


def test_an_officer_opens_accounts_in_the_registry_of_the_own_side() -> None:
    people = cast()
    holder = people.participant_japan.organisation
    account = open_account(side=Side.HOST, holder=holder, membership=people.registry_host)
    assert (account.side, account.kind, account.holder, account.opened_on) == ("host", "participant", holder, clock.today())
    assert account.membership_id == people.registry_host.pk
    assert open_account(side=Side.JAPAN, holder=holder, membership=people.registry_japan).pk != account.pk


def test_nobody_else_opens_accounts() -> None:
    people = cast()
    for somebody in people.everybody:
        if somebody != people.registry_host:
            with pytest.raises(NotAllowed) as caught:
                open_account(side=Side.HOST, holder=people.participant_host.organisation, membership=somebody)
            assert caught.value.codes == ("REG-00",)
    assert not Account.objects.exists()


def test_an_officer_whose_appointment_has_ended_opens_no_account() -> None:
    people = cast()
    people.registry_host.ends_on = clock.today() - timedelta(days=1)
    people.registry_host.save(update_fields=["ends_on"])
    with pytest.raises(NotAllowed):
        open_account(side=Side.HOST, holder=people.participant_host.organisation, membership=people.registry_host)


@pytest.mark.django_db(transaction=True)
def test_a_holder_has_one_account_on_a_side() -> None:
    people = cast()
    holder = people.participant_host.organisation
    open_account(side=Side.HOST, holder=holder, membership=people.registry_host)
    with pytest.raises(NotReady) as caught:
        open_account(side=Side.HOST, holder=holder, membership=people.registry_host)
    assert caught.value.codes == ("REG-07",)
    assert Account.objects.count() == 1


def test_the_governments_account_is_opened_once() -> None:
    first = account_of_government(Side.JAPAN)
    assert (first.kind, first.side, first.holder) == (AccountKind.GOVERNMENT, "japan", None)
    assert account_of_government(Side.JAPAN) == first
    assert account_of_government(Side.HOST) != first


def test_empty_books_are_in_order() -> None:
    assert totals_by_side() == {Side.HOST: 0, Side.JAPAN: 0}
    assert balance(account_of_government(Side.HOST)) == 0
    assert reconcile() == []
