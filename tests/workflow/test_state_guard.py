"""No state moves without its event: the database sees to it, whoever writes."""

from __future__ import annotations

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from psycopg.errors import CheckViolation, InsufficientPrivilege

from apps.core import clock
from apps.workflow.services import one_transaction
from tests.people import Cast
from tests.wheel.models import Wheel
from tests.wheel.services import act, made

NO_EVENT = "has no event for version"


def commit() -> None:
    """What the end of a transaction would find."""
    connection.check_constraints()


@pytest.fixture
def wheel(people: Cast) -> Wheel:
    wheel = made(people.secretariat_host)
    commit()
    return wheel


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "change", [{"state": "done"}, {"version": 2}, {"edition": "jcm_2013"}, {"state": "done", "version": 2}, {"state": "made"}]
)
def test_a_moved_row_without_an_event_does_not_commit(change: dict[str, object], wheel: Wheel) -> None:
    with pytest.raises(IntegrityError, match=NO_EVENT) as error:
        Wheel.objects.filter(pk=wheel.pk).update(**change)
    assert error.value.__cause__.diag.constraint_name == "state_moves_with_an_event"
    assert wheel.reload().state == "made"


@pytest.mark.django_db(transaction=True)
def test_other_columns_may_be_written(wheel: Wheel) -> None:
    Wheel.objects.filter(pk=wheel.pk).update(weight=7)
    assert wheel.reload().weight == 7


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "sql", ["state = 'done'", "state = 'done', version = 1", "version = version + 1", "edition = 'jcm_2013'"]
)
def test_raw_sql_is_no_way_round(sql: str, wheel: Wheel) -> None:
    with pytest.raises(IntegrityError, match=NO_EVENT), connection.cursor() as cursor:
        cursor.execute(f"update wheel_wheel set {sql} where id = %s", [wheel.pk])


@pytest.mark.django_db(transaction=True)
def test_a_new_row_needs_its_event(wheel: Wheel) -> None:
    for state in ("made", "done"):
        with pytest.raises(IntegrityError, match=NO_EVENT):
            Wheel.objects.create(
                state=state, version=1, edition="india_2026", title="Forged", opened_at=clock.now(), state_since=clock.now()
            )
    assert list(Wheel.objects.all()) == [wheel]


@pytest.mark.django_db(transaction=True)
def test_bulk_writes_are_no_way_round(wheel: Wheel) -> None:
    forged = Wheel(pk=wheel.pk, state="gone", version=1)
    with pytest.raises(IntegrityError, match=NO_EVENT):
        Wheel.objects.bulk_update([forged], ["state"])
    with pytest.raises(IntegrityError, match=NO_EVENT):
        Wheel.objects.bulk_create([Wheel(state="done", edition="x", title="F", opened_at=clock.now(), state_since=clock.now())])


@pytest.mark.django_db(transaction=True)
def test_the_event_of_another_version_does_not_count(wheel: Wheel, people: Cast) -> None:
    with pytest.raises(IntegrityError, match=NO_EVENT), one_transaction():  # noqa: PT012 - the end of the block is the point
        act(wheel, "turn", people.secretariat_host)
        Wheel.objects.filter(pk=wheel.pk).update(state="done")
    assert wheel.reload().state == "made"


@pytest.mark.django_db(transaction=True)
def test_an_event_does_not_carry_the_file_to_another_edition(wheel: Wheel, people: Cast) -> None:
    with pytest.raises(IntegrityError, match=NO_EVENT), one_transaction():  # noqa: PT012 - the end of the block is the point
        act(wheel, "turn", people.secretariat_host)
        Wheel.objects.filter(pk=wheel.pk).update(edition="jcm_2013")
    assert wheel.reload().edition == "india_2026"


def test_several_acts_of_one_transaction_each_have_their_event(wheel: Wheel, people: Cast) -> None:
    act(wheel, "turn", people.secretariat_host)
    act(wheel, "slow", people.secretariat_host)
    commit()


@pytest.mark.parametrize("attack", ["delete from wheel_wheel", "truncate wheel_wheel cascade"])
def test_a_file_is_never_deleted(attack: str, wheel: Wheel) -> None:
    with pytest.raises(DatabaseError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)
    assert isinstance(refusal.value.__cause__, InsufficientPrivilege)
    assert wheel.reload().version == 1


@pytest.mark.django_db(transaction=True)
def test_not_even_a_superuser_under_replication_moves_a_state(wheel: Wheel) -> None:
    with psycopg.connect(settings.TEST_CLUSTER.address("postgres", connection.settings_dict["NAME"])) as raw:
        raw.execute("set session_replication_role = replica")
        raw.execute("update wheel_wheel set state = 'done' where id = %s", [wheel.pk])
        with pytest.raises(CheckViolation, match=NO_EVENT):
            raw.commit()
    assert wheel.reload().state == "made"
