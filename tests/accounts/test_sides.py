"""What the database holds of appointments, whoever asks: tried as the application's role."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from psycopg.errors import InsufficientPrivilege

from apps.accounts.models import Membership
from apps.accounts.roles import Role, Side
from apps.events.models import Event
from apps.workflow.actors import Actor
from apps.workflow.services import perform
from tests.people import Cast, cast
from tests.wheel.services import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def run(sql: str, *parameters: object) -> None:
    """Run a statement in a savepoint."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)


@pytest.mark.parametrize(
    "column",
    ["role = 'member'", "side = 'japan'", "user_id = user_id", "organisation_id = 1", "starts_on = '2013-01-01'", "id = 0"],
)
def test_of_an_appointment_only_the_end_is_written(column: str, people: Cast) -> None:
    with pytest.raises(DatabaseError) as refusal:
        run(f"update accounts_membership set {column} where id = %s", people.registry_host.pk)
    assert isinstance(refusal.value.__cause__, InsufficientPrivilege)


@pytest.mark.parametrize("table", ["accounts_membership", "accounts_user", "accounts_organisation"])
@pytest.mark.parametrize("attack", ["delete from", "truncate"])
def test_nobody_is_deleted(attack: str, table: str, people: Cast) -> None:
    before = len(people.everybody)
    with pytest.raises(DatabaseError) as refusal:
        run(f"{attack} {table}")
    assert isinstance(refusal.value.__cause__, InsufficientPrivilege)
    assert Membership.objects.count() == before == 17


def test_an_end_can_be_set(people: Cast) -> None:
    run("update accounts_membership set ends_on = %s where id = %s", date(2027, 3, 31), people.registry_host.pk)
    assert Membership.objects.get(pk=people.registry_host.pk).ends_on == date(2027, 3, 31)


def test_an_appointment_does_not_end_before_it_starts(people: Cast) -> None:
    with pytest.raises(IntegrityError, match="membership_starts_before_end"):
        run("update accounts_membership set ends_on = '2012-12-31' where id = %s", people.registry_host.pk)


def second_appointment(of: Membership, side: str, starts_on: str, ends_on: str | None = None) -> None:
    """Appoint the same person once more, past every form."""
    run(
        "insert into accounts_membership (user_id, organisation_id, role, side, starts_on, ends_on, scope)"
        " select user_id, organisation_id, 'secretariat', %s, %s, %s, '[]' from accounts_membership where id = %s",
        side, starts_on, ends_on, of.pk,
    )  # fmt: skip


@pytest.mark.parametrize(("starts_on", "ends_on"), [("2026-11-23", None), ("2012-01-01", "2013-01-01"), ("2040-01-01", None)])
def test_nobody_serves_both_sides_at_one_time(starts_on: str, ends_on: str | None, people: Cast) -> None:
    with pytest.raises(IntegrityError, match="a person cannot serve both sides at one time"):
        second_appointment(people.registry_host, "japan", starts_on, ends_on)


def test_sides_may_follow_each_other(people: Cast) -> None:
    second_appointment(people.registry_host, "japan", "2012-01-01", "2012-12-31")
    run("update accounts_membership set ends_on = '2027-03-31' where id = %s", people.registry_host.pk)
    second_appointment(people.registry_host, "japan", "2027-04-01")
    second_appointment(people.registry_host, "host", "2020-01-01", "2027-03-31")
    with pytest.raises(IntegrityError, match="a person cannot serve both sides at one time"):
        run("update accounts_membership set ends_on = null where id = %s", people.registry_host.pk)


def test_a_role_of_a_government_needs_a_side(people: Cast) -> None:
    with pytest.raises(IntegrityError, match="membership_side_where_needed"):
        second_appointment(people.tpe, "", "2026-01-01")


def test_an_event_says_the_side_of_its_actors_appointment(people: Cast) -> None:
    event = Event.objects.get(subject_id=made(people.secretariat_japan).pk)
    assert (event.membership_id, event.side, event.capacity) == (people.secretariat_japan.pk, Side.JAPAN, Role.SECRETARIAT)
    for side in ("host", ""):
        with pytest.raises(IntegrityError, match="event_actor_was_appointed"):
            run(FORGED, event.version + 1, side, uuid4(), event.pk)


FORGED = """insert into events_event (type, subject_type, subject_id, subject_ref, version, from_state, to_state, acted_at,
 effective_on, rehearsed, actor, membership_id, capacity, side, edition, clause, reason, data, documents, act_id)
 select type, subject_type, subject_id, subject_ref, %s, from_state, to_state, acted_at,
 effective_on, rehearsed, actor, membership_id, capacity, %s, edition, clause, reason, data, documents, %s
 from events_event where id = %s"""


def test_an_event_of_somebody_who_was_never_appointed_is_refused(people: Cast) -> None:
    wheel = made(people.secretariat_host)
    nobody = Membership(pk=people.secretariat_host.pk + 10_000)
    with pytest.raises(Exception, match="DOOR-00"):
        perform(wheel, "mark", actor=Actor.person(nobody))
    assert Event.objects.filter(subject_id=wheel.pk).count() == 1
