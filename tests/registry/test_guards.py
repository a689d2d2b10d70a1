"""What the database itself holds: rows that never change, serials that are nobody else's, books that balance."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import IntegrityError, ProgrammingError, connection, transaction
from psycopg.types.range import Range

from apps.accounts.roles import Side
from apps.core import clock
from apps.issuance.models import Round
from apps.issuance.procedure import State
from apps.issuance.selectors import reconcile
from apps.registry.kinds import AccountKind
from apps.registry.models import Account, Block, Transfer
from apps.registry.services import account_of_government
from tests.issuance.database import constraint_against
from tests.issuance.walk import Course
from tests.people import cast
from tests.projects.walk import World, noon
from tests.registry.books import ISSUED_ON, tamper

BOOKS = ("registry_account", "registry_block", "registry_transfer")
ATTACKS = {
    "update": "update {table} set id = id",
    "delete": "delete from {table}",
    "truncate": "truncate {table} cascade",
    "upsert": "insert into {table} ({columns}) select {columns} from {table} on conflict (id) do update set id = excluded.id",
    "merge": "merge into {table} t using {table} s on t.id = s.id when matched then delete",
    "disable": "alter table {table} disable trigger all",
    "drop": "drop table {table} cascade",
}


def run(statement: str, *parameters: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("table", [*BOOKS, "registry_serialhead"])
@pytest.mark.django_db
def test_the_application_cannot_change_the_books(table: str, attack: str) -> None:
    columns = ", ".join(columns_of(table))
    with pytest.raises(ProgrammingError) as caught, transaction.atomic():
        run(ATTACKS[attack].format(table=table, columns=columns))
    assert caught.value.__cause__.sqlstate == "42501"


def columns_of(table: str) -> list[str]:
    """The columns that can be written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select column_name from information_schema.columns where table_name = %s and is_generated = 'NEVER'", [table]
        )
        return [name for (name,) in cursor.fetchall()]


@pytest.fixture
def issued(transactional_db: None) -> Iterator[Round]:  # noqa: ARG001 - the owner sees committed rows only
    with clock.rehearse(noon(2027, 3, 1)) as time:
        yield Course(World(cast(), time, "jcm_2013")).reach(State.CLOSED)


@pytest.mark.django_db(transaction=True)
def test_not_even_the_owner_changes_the_books(issued: Round) -> None:
    address = settings.TEST_CLUSTER.address("postgres", str(connection.settings_dict["NAME"]))
    with psycopg.connect(address, autocommit=True) as owner:
        owner.execute("set role jcm_owner")
        for table in BOOKS:
            for attack in ("update", "delete", "truncate"):
                with pytest.raises(psycopg.errors.RestrictViolation, match="append-only"):
                    owner.execute(ATTACKS[attack].format(table=table))
    assert issued.reload().state == State.CLOSED


def test_the_serial_head_never_moves_back_and_is_one(jcm: Course) -> None:
    jcm.reach(State.CLOSED)
    with pytest.raises(IntegrityError, match="never given back"), transaction.atomic():
        run("update registry_serialhead set last = last - 1")
    with pytest.raises(IntegrityError, match="serial_head_is_one"), transaction.atomic():
        run("insert into registry_serialhead (id, last) values (2, 0)")
    with pytest.raises(ProgrammingError), transaction.atomic():
        run("update registry_serialhead set id = 1")


def block(one: Round, serial: Range[int], side: str = "host", **changes: Any) -> Block:
    """A block of a round as the books would write it."""
    given = {
        "id": uuid4(), "project_id": one.project_id, "round_id": one.pk, "period_starts_on": one.period_starts_on,
        "period_ends_on": one.period_ends_on, "issued_on": ISSUED_ON, "act_id": uuid4(), **changes,
    }  # fmt: skip
    return Block.objects.create(serial=serial, side=side, **given)


def transfer(of: Block, serial: Range[int], debit: Account, credit: Account) -> Transfer:
    """A transfer as the books would write it."""
    return Transfer.objects.create(
        id=uuid4(), block=of, serial=serial, debit=debit, credit=credit, at=clock.now(), act_id=uuid4()
    )


def source_of(side: Side) -> Account:
    """The issuance source of a side."""
    return Account.objects.get_or_create(side=side, kind=AccountKind.SOURCE, defaults={"opened_on": date(2027, 3, 1)})[0]


def test_no_two_blocks_share_a_serial(jcm: Course) -> None:
    one = jcm.reach(State.NOTIFIED)
    jcm.act(one, "issue_host", jcm.people.registry_host)
    assert constraint_against(lambda: block(one, Range(1789, 8947), "japan")) == "block_serials_once"
    assert constraint_against(lambda: block(one, Range(1790, 1800))) == "block_once_a_vintage_host"


def test_a_block_has_serials_from_one_on_and_a_known_side(jcm: Course) -> None:
    one = jcm.reach(State.NOTIFIED)
    for serial in (Range(empty=True), Range(0, 10), Range(5, None), Range(None, 5), Range(None, None)):
        assert constraint_against(lambda serial=serial: block(one, serial)) == "block_of_serials_from_one"
    assert constraint_against(lambda: block(one, Range(1, 2), "third")) == "block_side_is_known"


def test_a_block_belongs_to_a_round_with_its_project_and_period(jcm: Course) -> None:
    one = jcm.reach(State.NOTIFIED)
    others = {
        "round_id": one.pk + 1, "project_id": one.project_id + 1, "period_starts_on": date(2028, 3, 31),
        "period_ends_on": date(2028, 9, 29),
    }  # fmt: skip
    for name, value in others.items():
        assert constraint_against(lambda other={name: value}: block(one, Range(1, 1790), **other)) == "block_of_a_round"


def test_nothing_is_in_the_books_of_a_side_that_has_not_issued(jcm: Course) -> None:
    one = jcm.reach(State.NOTIFIED)
    assert constraint_against(lambda: block(one, Range(1, 1790))) == "side_is_issued_as_decided"


def test_what_is_handed_out_is_the_whole_block_and_exactly_the_decided_amount(jcm: Course) -> None:
    one, source, government = jcm.reach(State.NOTIFIED), source_of(Side.HOST), account_of_government(Side.HOST)

    def written(serial: Range[int], *parts: Range[int]) -> None:
        Round.objects.filter(pk=one.pk).update(host_issued_on=ISSUED_ON)
        own = block(one, serial)
        for part in parts:
            transfer(own, part, source, government)

    for constraint, serial, *parts in (
        ("block_is_handed_out", Range(1, 1790)),
        ("block_is_handed_out", Range(1, 1790), Range(1, 1789)),
        ("block_is_handed_out", Range(1, 1790), Range(1, 1000), Range(999, 1789)),
        ("block_is_handed_out", Range(1, 1790), Range(1, 1790), Range(1, 2)),
        ("transfer_leaves_the_source", Range(1, 1790), Range(1, 1791)),
        ("side_is_issued_as_decided", Range(1, 1791), Range(1, 1791)),
        ("side_is_issued_as_decided", Range(1, 1789), Range(1, 1789)),
    ):
        assert constraint_against(lambda ranges=(serial, *parts): written(*ranges)) == constraint, (serial, parts)
    written(Range(1, 1790), Range(1, 1000), Range(1000, 1790))
    connection.check_constraints()


def test_credits_leave_the_source_for_a_holder_of_the_side_and_do_not_move_after(jcm: Course) -> None:
    jcm.reach(State.CLOSED)
    own, source = Block.objects.get(side=Side.HOST), source_of(Side.HOST)
    host, japan = account_of_government(Side.HOST), account_of_government(Side.JAPAN)
    for debit, credit in ((host, japan), (source, japan), (host, source), (japan, host)):
        name = constraint_against(lambda debit=debit, credit=credit: transfer(own, Range(1, 2), debit, credit))
        assert name == "transfer_leaves_the_source"
    assert constraint_against(lambda: transfer(own, Range(1, 2), source, host)) == "block_is_handed_out"


VINTAGES = "2028; host; government; 600\n2029; host; government; 900"


def test_a_side_has_one_block_of_each_vintage_or_one_of_the_whole(jcm: Course) -> None:
    jcm.by_year = {2028: 4500, 2029: 4500}
    one = jcm.decided_by_line(VINTAGES, jcm.open(None, date(2028, 10, 1), date(2029, 3, 31)))
    jcm.act(one, "issue_host", jcm.people.registry_host)
    for vintage in (2028, 2029, None):
        name = constraint_against(lambda year=vintage: block(one, Range(1501, 1502), vintage=year))
        assert name == "block_once_a_vintage_host", vintage
    for vintage in (2027, 2030):
        name = constraint_against(lambda year=vintage: block(one, Range(1501, 1502), vintage=year))
        assert name == "block_vintage_is_of_the_period", vintage
    assert constraint_against(lambda: block(one, Range(1501, 1502), "japan", vintage=2028)) == "side_is_issued_as_decided"


def test_the_books_hold_each_vintage_and_holder_as_decided(jcm: Course) -> None:
    jcm.by_year = {2028: 4500, 2029: 4500}
    one = jcm.decided_by_line(VINTAGES, jcm.open(None, date(2028, 10, 1), date(2029, 3, 31)))
    source, opened_on = source_of(Side.HOST), date(2027, 3, 1)
    government = Account.objects.create(side="host", kind="government", opened_on=opened_on)
    holder = jcm.people.participant_host.organisation
    company = Account.objects.create(side="host", kind="participant", holder=holder, opened_on=opened_on)

    def written(*blocks: tuple[int | None, int, Account]) -> None:
        Round.objects.filter(pk=one.pk).update(host_issued_on=ISSUED_ON)
        first = 1
        for vintage, tonnes, credit in blocks:
            serial = Range(first, first + tonnes)
            transfer(block(one, serial, vintage=vintage), serial, source, credit)
            first += tonnes

    for blocks in (
        [(None, 1500, government)],
        [(2028, 600, government)],
        [(2028, 900, government), (2029, 600, government)],
        [(2028, 600, company), (2029, 900, government)],
    ):
        assert constraint_against(lambda given=blocks: written(*given)) == "side_is_issued_as_decided", blocks
    written((2028, 600, government), (2029, 900, government))
    connection.check_constraints()


def test_a_side_with_nothing_has_no_day_of_issuance(jcm: Course) -> None:
    one = jcm.decided(host=0, japan=5)
    update = Round.objects.filter(pk=one.pk).update
    assert constraint_against(lambda: update(host_issued_on=ISSUED_ON)) == "side_is_issued_as_decided"


SWAPPED = "update registry_transfer set debit_id = credit_id, credit_id = debit_id where serial @> 1::int8"
IN_THE_BOOKS = "decided and due to be in the books"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("issued")
@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("update registry_serialhead set last = last + 1", "serials: 8948 given out, 8947 in blocks"),
        ("delete from registry_transfer where serial @> 1::int8", "0 t of 1789 t are handed out"),
        ("update registry_transfer set serial = '[2,1791)' where serial @> 1::int8", "1789 t of 1789 t are handed out"),
        (SWAPPED, "stands at -1789 t"),
        (SWAPPED, "1789 t issued, -1789 t held"),
        ("update registry_block set serial = '[1,1789)' where side = 'host'", f"1789 t {IN_THE_BOOKS}, 1788 t there"),
        ("update issuance_round set host_tonnes = 1790, japan_tonnes = 7157", f"1790 t {IN_THE_BOOKS}, 1789 t there"),
        ("update issuance_round set host_issued_on = null", f"0 t {IN_THE_BOOKS}, 1789 t there"),
        ("update registry_block set round_id = round_id + 1 where side = 'japan'", "credits without a decision"),
        (
            "update issuance_decidedamount set kind = 'government', year = 2028 where side = 'host'",
            "1789 t decided for a holder of the vintage 2028, 0 t in the account",
        ),
    ],
)
def test_the_recount_names_what_was_tampered_with(statement: str, words: str) -> None:
    assert reconcile() == []
    tamper(statement)
    found = reconcile()
    assert [complaint for complaint in found if words in complaint] != [], found
