"""The books are found by serial, vintage and holder; what is held is for each side's own people."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from apps.accounts.models import Membership
from apps.accounts.roles import Side
from apps.registry.models import Account
from apps.registry.services import account_of_government, open_account
from tests.issuance.walk import Course
from tests.registry.books import book

BLOCKS, ACCOUNTS, TRANSFERS = "/admin/registry/block/", "/admin/registry/account/", "/admin/registry/transfer/"


@pytest.fixture
def accounts(jcm: Course) -> tuple[Account, Account]:
    """What was issued to the partner country's Government and to a company, and nothing to Japan."""
    government = account_of_government(Side.HOST)
    company = open_account(side=Side.HOST, holder=jcm.people.participant_host.organisation, membership=jcm.people.registry_host)
    book(jcm.decided(host=1789, japan=0), [(government.pk, 1000), (company.pk, 789)])
    return government, company


def found(client: Client, by: Membership, path: str) -> list[Any]:
    """The rows that somebody finds."""
    client.force_login(by.user)
    answer: Any = client.get(path)
    assert answer.status_code == 200, path
    return list(answer.context["cl"].result_list)


@pytest.mark.usefixtures("accounts")
def test_a_serial_leads_to_its_block_and_to_the_transfer_that_holds_it(client: Client, jcm: Course) -> None:
    officer = jcm.people.registry_host
    assert [one.last_serial for one in found(client, officer, f"{BLOCKS}?q=1789")] == [1789]
    assert found(client, officer, f"{BLOCKS}?q=1790") == []
    assert found(client, officer, f"{BLOCKS}?q={2**63}") == []
    assert [one.tonnes for one in found(client, officer, f"{TRANSFERS}?q=1,001")] == [789]
    assert [one.tonnes for one in found(client, officer, f"{TRANSFERS}?q=1000")] == [1000]
    assert [one.tonnes for one in found(client, officer, f"{TRANSFERS}?q=Solar")] == [789]


def test_accounts_show_what_they_hold_to_their_own_side(client: Client, jcm: Course, accounts: tuple[Account, Account]) -> None:
    rows = found(client, jcm.people.registry_host, ACCOUNTS)
    assert {one.pk: one.balance for one in rows if one in accounts} == {accounts[0].pk: 1000, accounts[1].pk: 789}
    text = client.get(ACCOUNTS).content.decode()
    assert "1,000" in text
    assert len(found(client, jcm.people.secretariat_host, TRANSFERS)) == 2


@pytest.mark.usefixtures("accounts")
def test_the_other_side_sees_what_was_issued_and_not_what_is_held(client: Client, jcm: Course) -> None:
    for one in (jcm.people.registry_japan, jcm.people.secretariat_japan):
        assert len(found(client, one, BLOCKS)) == 1
        assert [row for row in found(client, one, ACCOUNTS) if row.side == "host"] == []
        assert found(client, one, TRANSFERS) == []
        assert found(client, one, f"{TRANSFERS}?q=1") == []


@pytest.mark.usefixtures("accounts")
def test_members_see_what_was_issued_and_no_account(client: Client, jcm: Course) -> None:
    member = jcm.people.members_host[0]
    assert len(found(client, member, f"{BLOCKS}?side=host")) == 1
    assert found(client, member, f"{BLOCKS}?side=japan") == []
    assert (client.get(ACCOUNTS).status_code, client.get(TRANSFERS).status_code) == (403, 403)


@pytest.mark.usefixtures("accounts")
def test_rounds_are_found_by_vintage_tonnes_and_verifier(client: Client, jcm: Course) -> None:
    path, member = "/admin/issuance/round/", jcm.people.members_host[0]
    (one,) = found(client, member, path)
    year = one.period_ends_on.year
    assert found(client, member, f"{path}?vintage={year}") == [one]
    assert found(client, member, f"{path}?vintage={year - 5}") == []
    assert found(client, member, f"{path}?tonnes=decided&verifier={one.verifier_id}") == [one]
    assert found(client, member, f"{path}?tonnes=verified") == []
