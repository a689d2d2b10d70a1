"""The log is written once: every way to change it is tried as the application's role."""

from __future__ import annotations

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from psycopg.errors import InsufficientPrivilege, RestrictViolation

from apps.events.models import Delivery, Event
from tests.people import cast
from tests.probe.services import lodged

REWRITE = """insert into events_event (id, type, subject_type, subject_id, subject_ref, version, from_state, to_state, acted_at,
 effective_on, rehearsed, actor, capacity, side, edition, clause, reason, data, documents, act_id)
 select id, type, subject_type, subject_id, subject_ref, version, from_state, 'registered', acted_at,
 effective_on, rehearsed, actor, capacity, side, edition, clause, reason, data, documents, act_id from events_event
 on conflict (id) do update set to_state = excluded.to_state"""
ATTACKS = {
    "update": "update events_event set reason = 'never said'",
    "update of nothing": "update events_event set reason = reason",
    "delete": "delete from events_event",
    "truncate": "truncate events_event cascade",
    "upsert": REWRITE,
    "disable the triggers": "alter table events_event disable trigger all",
    "disable one trigger": "alter table events_event disable trigger events_event_no_change",
    "drop a trigger": "drop trigger events_event_no_change on events_event",
    "replay as a replica": "set session_replication_role = replica",
    "become the owner": "set role jcm_owner",
    "take the right": "grant update on events_event to jcm_app; update events_event set reason = 'never said'",
    "merge": "merge into events_event e using (select 1) s on true when matched then update set reason = 'never said'",
    "drop the table": "drop table events_event cascade",
    "add a rule": "create rule quiet as on insert to events_event do instead nothing",
    "tame the trigger": "create or replace function refuse_change() returns trigger language plpgsql as 'begin return new; end'",
    "delete a delivery": "delete from events_delivery",
    "truncate deliveries": "truncate events_delivery",
}


@pytest.fixture
def event() -> Event:
    people = cast()
    return Event.objects.get(subject_id=lodged(people.participant_host).pk)


@pytest.mark.django_db
@pytest.mark.parametrize("attack", ATTACKS)
def test_the_application_cannot_change_the_log(attack: str, event: Event) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        assert cursor.fetchone() == ("jcm_app",)
    with pytest.raises(DatabaseError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ATTACKS[attack])
    assert isinstance(refusal.value.__cause__, InsufficientPrivilege)
    event.refresh_from_db()
    assert (event.to_state, event.reason) == ("lodged", "")
    assert Delivery.objects.filter(event=event).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("role", ["jcm_owner", "postgres"])
@pytest.mark.parametrize("attack", ["update", "delete", "truncate", "merge"])
def test_not_even_the_owner_or_a_superuser_changes_a_row(role: str, attack: str, event: Event) -> None:
    address = settings.TEST_CLUSTER.address("postgres", connection.settings_dict["NAME"])
    with psycopg.connect(address) as raw:
        raw.execute(f"set role {role}")
        if role == "postgres":
            raw.execute("set session_replication_role = replica")
        with pytest.raises(RestrictViolation, match="events_event is append-only"):
            raw.execute(ATTACKS[attack])
    assert Event.objects.get().to_state == "lodged"
    assert event.pk == Event.objects.get().pk


@pytest.mark.django_db
def test_nobody_dates_an_act_back_unless_it_was_rehearsed() -> None:
    people = cast()
    probe = lodged(people.participant_host)
    with pytest.raises(DatabaseError, match="event_acted_when_recorded"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(COPY.format(acted_at="acted_at - interval '6 minutes'", actor="actor"))
    with pytest.raises(DatabaseError, match="event_names_its_actor"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(COPY.format(acted_at="acted_at", actor="'clock'"))
    assert Event.objects.filter(subject_id=probe.pk).count() == 1


COPY = """insert into events_event (type, subject_type, subject_id, subject_ref, version, from_state, to_state, acted_at,
 effective_on, rehearsed, actor, membership_id, capacity, side, edition, clause, reason, data, documents, act_id)
 select type, subject_type, subject_id, subject_ref, 2, from_state, to_state, {acted_at},
 effective_on, rehearsed, {actor}, membership_id, capacity, side, edition, clause, reason, data, documents, gen_random_uuid()
 from events_event"""
