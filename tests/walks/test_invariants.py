"""Each invariant can be broken, and is then named: violations are planted by a superuser with every guard taken away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from apps.accounts.models import Organisation
from apps.events.models import Event
from tests.conftest import become
from tests.people import cast
from tests.walks import invariants, log
from tests.walks.commits import Watch, prints, tables, undone
from tests.walks.invariants import broken
from tests.walks.starts import Region, Start, regions, world

GUARDED = (
    "issuance_round", "issuance_verifiedamount", "issuance_decidedamount", "registry_block", "registry_transfer",
    "registry_serialhead", "events_event", "workflow_deadline", "committee_position", "committee_seat",
    "committee_itemrevision", "accounts_membership",
    "third_party_entities_thirdpartyentity", "composition_appointment",
)  # fmt: skip


@dataclass(frozen=True)
class Plant:
    """Statements that break an invariant, and words by which it must be named."""

    invariant: str
    named: str
    statements: tuple[str, ...]


def drop(table: str, constraint: str) -> str:
    """A constraint of the database less."""
    return f"alter table {table} drop constraint {constraint}"


FIRST_ROUND = "(select min(id) from issuance_round)"
NOTIFIED = "(select min(decision_id) from events_event where type = 'round.notify')"
SOMEBODY = "(select min(id) from accounts_membership where role = 'co_chair')"
STRANGE_ACCOUNT = "(select min(id) from registry_account where side = 'japan' and kind = 'participant')"
PARTICIPANT = "(select min(organisation_id) from projects_participant)"
CLOSED = """id = (select min(d.id) from workflow_deadline d join events_event e on e.acted_at = d.closed_at
  and e.subject_type = d.subject_type and e.subject_id = d.subject_id and e.from_state <> e.to_state
  and e.type <> d.subject_type || '.' || d.step)"""
NEXT_DAYS = f"(select period_ends_on, period_ends_on + 9 from issuance_round where id = {FIRST_ROUND})"
TWICE = """insert into accounts_membership (user_id, organisation_id, role, side, starts_on, scope, credential)
  select user_id, organisation_id, role, 'japan', starts_on, '[]', 1 from accounts_membership where side = 'host'"""
PLANTS = [
    Plant("I-01", "rounds", (
        drop("issuance_round", "round_no_overlap"),
        f"update issuance_round set (period_starts_on, period_ends_on) = {NEXT_DAYS} where id > {FIRST_ROUND}",
    )),
    Plant("I-01", "notified 2 rounds", (f"update events_event set decision_id = {NOTIFIED} where type = 'round.notify'",)),
    Plant("I-01", "was notified 2 times", ("update events_event set type = 'round.notify' where type = 'round.report'",)),
    Plant("I-02", "decided", (
        drop("issuance_round", "round_sides_add_up"), "update issuance_round set host_tonnes = host_tonnes + 1",
    )),
    Plant("I-02", "verified", (
        drop("issuance_round", "round_within_verified"), "update issuance_round set verified_tonnes = decided_tonnes - 1",
    )),
    Plant("I-02", "100 t issued, 100 t decided", ("update issuance_round set host_issued_on = null",)),
    Plant("I-02", "is of no decided round", ("update registry_block set round_id = 0",)),
    Plant("I-03", "do not follow", ("update registry_block set serial = int8range(lower(serial) + 5, upper(serial) + 5)",)),
    Plant("I-03", "the head stands at", ("update registry_serialhead set last = last + 1",)),
    Plant("I-03", "stand in accounts", ("update registry_transfer set serial = int8range(lower(serial), upper(serial) - 1)",)),
    Plant("I-03", "stand in accounts", ("delete from registry_transfer",)),
    Plant("I-04", "its entries add up to -100", ("update registry_transfer set credit_id = 0",)),
    Plant("I-04", "is entered in account", (f"update registry_transfer set credit_id = {STRANGE_ACCOUNT}",)),
    Plant("I-04", "source stands at 0", ("delete from registry_transfer",)),
    Plant("I-04", "stands at -100", ("update registry_transfer set credit_id = debit_id, debit_id = credit_id",)),
    Plant("I-06", "position", ("update committee_position set side = case side when 'host' then 'japan' else 'host' end",)),
    Plant("I-06", "position", (f"update accounts_membership set ends_on = starts_on where id = {SOMEBODY}",)),
    Plant("I-06", "by membership", (f"update events_event set side = 'japan' where membership_id = {SOMEBODY}",)),
    Plant("I-07", "serves both sides", (TWICE,)),
    Plant("I-07", "takes part itself", (
        f"update third_party_entities_thirdpartyentity set organisation_id = {PARTICIPANT}",
        f"update events_event set organisation_id = {PARTICIPANT} where capacity = 'tpe'",
    )),
    Plant("I-10", "is in", ("update issuance_round set version = version + 1",)),
    Plant("I-10", "is in", ("delete from events_event where version = 1 and subject_type = 'project'",)),
    Plant("I-10", "cannot follow", ("update events_event set from_state = 'closed' where type = 'round.report'",)),
    Plant("I-12", "has 2 effects", (
        drop("events_event", "event_one_per_idempotency_key"),
        "update events_event set idempotency_key = 'twice' where type = 'round.report'",
    )),
    Plant("I-14", "fired early", (
        "update workflow_deadline set closed_at = due_at - interval '1 second' where outcome = 'fired'",
    )),
    Plant("I-14", "fired by 0 acts", ("update events_event set effective_on = effective_on + 1 where actor = 'clock'",)),
    Plant("I-14", "has 0 successors", (f"update workflow_deadline set outcome = 'superseded' where {CLOSED}",)),
    Plant("I-14", "which no order says", (
        """update workflow_deadline set extensions = '[{"days": 1, "order": "X"}]' where closed_at is null""",
    )),
    Plant("I-14", "for 0 deadlines that were due", ("update workflow_deadline set outcome = 'moot' where outcome = 'fired'",)),
    Plant("I-15", 'is "met"', ("update workflow_deadline set closed_at = due_at, outcome = 'met' where closed_at is not null",)),
    Plant("I-15", "went before", (
        f"update workflow_deadline set by_clock = true, outcome = 'moot', due_at = closed_at where {CLOSED}",
    )),
    Plant("I-15", "position", (
        "update committee_seat set is_co_chair = false",
        "update committee_ballot set form = 'electronic', held_on = null, meeting_no = null, place = ''",
        "update committee_itemrevision set at = '2020-01-01'",
    )),
    Plant("I-18", "is in no table", ("update events_event set type = 'round.vanish' where type = 'round.report'",)),
    Plant("I-18", "was taken in", ("update events_event set from_state = 'requested' where type = 'round.report'",)),
    Plant("I-18", "led to", ("update events_event set to_state = 'closed' where type = 'round.report'",)),
    Plant("I-18", "which is final", ("update events_event set from_state = 'closed' where type = 'round.report'",)),
    Plant("I-18", "was taken as government", ("update events_event set capacity = 'government' where type = 'round.report'",)),
    Plant("I-18", "was taken as tpe of", ("update events_event set capacity = 'tpe' where type = 'round.report'",)),
]  # fmt: skip


DECIDED = "issuance_decidedamount"
FIRST_VINTAGE = "vintage = 2028"
OF_HOST_IN_2029 = "side = 'host' and year = 2029"
TO_2028 = "tonnes = tonnes + case year when 2028 then 1 else -1 end"
OF_TWO_YEARS = [
    Plant("I-01", "blocks", (
        drop("registry_block", "block_once_a_vintage_host"), "update registry_block set vintage = 2028",
    )),
    Plant("I-01", "has other days or another year", (
        drop("registry_block", "block_vintage_is_of_the_period"),
        f"update registry_block set vintage = 2031 where {FIRST_VINTAGE}",
    )),
    Plant("I-01", "has other days or another year", ("update registry_block set period_ends_on = '2029-04-01'",)),
    Plant("I-02", "t by year", ("update issuance_verifiedamount set tonnes = tonnes + 1 where year = 2028",)),
    Plant("I-02", "t by year in 1 years of 2", ("delete from issuance_verifiedamount where year = 2029",)),
    Plant("I-02", "no amount of that year", (
        "delete from issuance_verifiedamount", "update issuance_round set period_ends_on = '2028-12-31'",
    )),
    Plant("I-02", "t as decided", (f"update {DECIDED} set tonnes = tonnes + 1 where side = 'japan'",)),
    Plant("I-02", "t as decided", (f"delete from {DECIDED} where side = 'japan'",)),
    Plant("I-02", "t as decided", (f"update {DECIDED} set year = null where year = 2029 and side = 'japan'",)),
    Plant("I-02", "t as decided", (
        "update issuance_round set decided_on = null, decided_tonnes = null, host_tonnes = null, japan_tonnes = null",
    )),
    Plant("I-02", "2028: 3001 t decided, 3000 t verified", (
        f"update {DECIDED} set {TO_2028} where side = 'japan'",
    )),
    Plant("I-02", "host 2029: 1200 t issued, 1199 t decided", (
        f"update {DECIDED} set {TO_2028} where side = 'host' and kind = 'government'",
    )),
    Plant("I-02", "host 2028: 600 t issued", (f"update registry_block set issued_on = issued_on + 1 where {FIRST_VINTAGE}",)),
    Plant("I-02", "was authorised", ("update issuance_round set authorised_on = decided_on - 1",)),
    Plant("I-04", "was decided 1000 t and received 0 t", (
        f"update {DECIDED} set holder_id = holder_id + 1 where kind = 'participant' and side = 'host'",
    )),
    Plant("I-04", "was decided 999 t and received 1000 t", (
        f"update {DECIDED} set tonnes = tonnes + case kind when 'participant' then -1 else 1 end where {OF_HOST_IN_2029}",
    )),
    Plant("I-10", "lead to", ("update issuance_round set edition = 'jcm_2022'",)),
]  # fmt: skip
OF_AN_OFFICE = [
    Plant("I-06", "was confirmed by", ("update composition_appointment set confirmed_by_id = proposed_by_id",)),
    Plant("I-06", "was confirmed by", ("update composition_appointment set side = 'japan'",)),
    Plant("I-06", "is no office of its person", ("update composition_appointment set person_id = 0",)),
    Plant("I-14", "took effect on", (
        "update events_event set acted_at = acted_at - interval '1 day' where type = 'appointment.take_office'",
    )),
]  # fmt: skip
# What is planted where.
IN = {"decided": PLANTS, "by_vintage": OF_TWO_YEARS, "in_office": OF_AN_OFFICE}


@pytest.fixture
def transaction_of_a_superuser(transactional_db: None, settings: Any, tmp_path: Path) -> Iterator[None]:  # noqa: ARG001 - no transaction but its own
    """A transaction that is never committed, of somebody who may do everything."""
    settings.DOCUMENT_ROOT = tmp_path / "documents"
    become({**settings.APPLICATION, "USER": "postgres"})
    outermost = transaction.atomic()
    outermost._from_testcase = True
    try:
        with outermost:
            yield
            transaction.set_rollback(True)
    finally:
        become(settings.APPLICATION)


def issuing(state: str) -> tuple[Start, Region]:
    """Where credits stand in the books, two rounds decided or one of two years, half issued; or where somebody has an office."""
    name = "appointment-jcm_2013" if state == "in_office" else "issuing-jcm_2013"
    (region,) = (one for one in regions() if str(one) == name)
    (start,) = (one for one in region.starts if one.state == state)
    return start, region


def complaints() -> list[str]:
    """Everything that is found, by all lookers."""
    return [*broken(), *log.complaints(Event.objects.order_by("pk"))]


def planted(plant: Plant) -> list[str]:
    """What is found after a violation was planted."""
    with undone(), connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        for table in GUARDED:
            cursor.execute(f"alter table {table} disable trigger user")
        for statement in plant.statements:
            cursor.execute(statement)
        return complaints()


@pytest.mark.parametrize("state", IN)
def test_each_invariant_can_be_broken_and_is_then_named(transaction_of_a_superuser: None, state: str) -> None:  # noqa: ARG001 - its rights
    with world(*issuing(state)):
        connection.check_constraints()
        assert complaints() == []
        unnamed = []
        for plant in IN[state]:
            found = planted(plant)
            if not any(said.startswith(f"{plant.invariant}: ") and plant.named in said for said in found):
                unnamed.append((plant.invariant, plant.named, found[:5]))
        assert unnamed == []
        assert complaints() == []


def test_only_the_statements_that_read_a_changed_table_are_asked(transaction_of_a_superuser: None) -> None:  # noqa: ARG001 - its rights
    cast()
    with undone(), connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        cursor.execute(TWICE)
        found = broken(["accounts_membership"])
        assert {said.partition(" ")[0] for said in found} == {"I-07:"}
        assert (broken(), broken(["registry_transfer", "issuance_round"])) == (found, [])


def test_the_watch_sees_what_is_written_and_nothing_that_was_undone(transaction_of_a_superuser: None) -> None:  # noqa: ARG001 - its rights
    watch = Watch(prints(tables()))
    assert watch.changed() == []
    with undone():
        one = Organisation.objects.create(name="Somebody")
        assert watch.changed() == ["accounts_organisation"]
        Organisation.objects.filter(pk=one.pk).update(name="Somebody else")
        assert (watch.changed(), watch.changed()) == (["accounts_organisation"], [])
        with undone():
            one.delete()
            with undone():
                Organisation.objects.create(name="Nobody")
        assert Organisation.objects.filter(name="Somebody else").update(name="Once more") == 1
        assert watch.changed() == ["accounts_organisation"]
        with undone():
            Organisation.objects.all().update(name="Undone")
        assert watch.changed() == []
        Organisation.objects.all().delete()
        assert watch.changed() == ["accounts_organisation"]
    assert watch.changed() == []


def test_every_invariant_is_planted_at_least_once() -> None:
    planted_ones = {plant.invariant for plants in IN.values() for plant in plants}
    assert planted_ones == {*(one.invariant for one in invariants.statements()), "I-18"}
