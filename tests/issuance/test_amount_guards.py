"""What the database itself holds of amounts: written once, by an act, of years of the period, adding up, and in the books."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from apps.issuance.models import DecidedAmount, Round, VerifiedAmount
from apps.issuance.procedure import State
from tests.issuance.database import constraint_against
from tests.issuance.test_vintages import BY_YEAR, SEASONS
from tests.issuance.walk import Course
from tests.people import organisation
from tests.registry.test_guards import ATTACKS, columns_of

AMOUNTS = "2028; host; government; 600\n2028; japan; government; 2400\n2029; japan; government; 3600"


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("table", ["issuance_verifiedamount", "issuance_decidedamount"])
@pytest.mark.django_db
def test_the_application_cannot_change_amounts(table: str, attack: str) -> None:
    columns = ", ".join(columns_of(table))
    with pytest.raises(ProgrammingError) as caught, transaction.atomic():
        run(ATTACKS[attack].format(table=table, columns=columns))
    assert caught.value.__cause__.sqlstate == "42501"


def decided(one: Round, **changes: Any) -> DecidedAmount:
    """A row as the service would write it."""
    given = {"year": 2029, "side": "host", "kind": "government", "tonnes": 0, "act_id": uuid4(), **changes}
    return DecidedAmount.objects.create(round=one, **given)


def verified(one: Round, year: int, tonnes: int) -> VerifiedAmount:
    return VerifiedAmount.objects.create(round=one, year=year, tonnes=tonnes, act_id=uuid4())


@pytest.fixture
def notified(india: Course) -> Round:
    """A round over three years, decided by year and holder."""
    india.by_year = BY_YEAR
    return india.decided_by_line(AMOUNTS, india.open(None, *SEASONS))


def test_a_row_is_of_a_year_of_the_period_of_a_known_side_and_of_one_holder(notified: Round) -> None:
    company = organisation("Solar India", "host")
    for constraint, changes in (
        ("decided_amount_once", {"year": 2028}),
        ("decided_amount_not_negative", {"tonnes": -1}),
        ("decided_amount_side_is_known", {"side": "third"}),
        ("decided_amount_of_a_holder_or_of_the_side", {"holder": company}),
        ("decided_amount_of_a_holder_or_of_the_side", {"kind": "participant"}),
        ("decided_amount_of_a_holder_or_of_the_side", {"kind": "side"}),
        ("decided_amount_of_a_holder_or_of_the_side", {"kind": "broker"}),
        ("amount_year_is_monitored", {"year": 2027}),
        ("amount_year_is_monitored", {"year": 2031}),
    ):
        assert constraint_against(lambda given=changes: decided(notified, **given)) == constraint, changes
    for constraint, year, tonnes in (
        ("verified_amount_once_a_year", 2028, 0),
        ("verified_amount_not_negative", 2029, -1),
        ("amount_year_is_monitored", 2031, 0),
    ):
        assert constraint_against(lambda y=year, t=tonnes: verified(notified, y, t)) == constraint


def test_nothing_is_added_to_a_decision_afterwards(notified: Round) -> None:
    """Not a tonne, and not even a row of nothing: no act of the transaction stands behind it."""
    assert constraint_against(lambda: decided(notified, tonnes=1)) == "decided_amounts_add_up"
    assert constraint_against(lambda: decided(notified, tonnes=0)) == "issuance_decidedamount_by_act"


def test_nothing_is_decided_or_verified_beside_the_step(jcm: Course) -> None:
    one = jcm.reach(State.VERIFIED, jcm.open(None, *SEASONS))
    assert constraint_against(lambda: decided(one)) == "decided_amounts_add_up"
    assert constraint_against(lambda: verified(one, 2028, 8999)) == "verified_amounts_add_up"
    assert constraint_against(lambda: verified(one, 2028, 9000)) == "issuance_verifiedamount_by_act"


def test_rows_agree_with_the_round_with_each_other_and_with_what_was_verified(india: Course) -> None:
    india.by_year = BY_YEAR
    one = india.reach(State.GOVERNMENTS_APPROVED, india.open(None, *SEASONS))

    def written(host: int, *rows: dict[str, Any]) -> None:
        Round.objects.filter(pk=one.pk).update(decided_on=date(2030, 5, 1), decided_tonnes=host, host_tonnes=host, japan_tonnes=0)
        for row in rows:
            decided(one, **row)

    by_year, whole = {"year": 2028, "tonnes": 5}, {"year": None, "tonnes": 5}
    for constraint, host, *rows in (
        ("decided_amounts_add_up", 5),
        ("decided_amounts_add_up", 0),
        ("decided_amounts_add_up", 6, by_year),
        ("decided_amounts_add_up", 5, {**by_year, "side": "japan"}),
        ("decided_amounts_alike", 10, by_year, whole),
        ("decided_amounts_alike", 10, {**whole, "kind": "side"}, whole),
        ("decided_amounts_within_the_year", 3001, {"year": 2028, "tonnes": 3001}),
        ("issuance_decidedamount_by_act", 5, by_year),
    ):
        assert constraint_against(lambda given=(host, *rows): written(*given)) == constraint, (host, rows)
