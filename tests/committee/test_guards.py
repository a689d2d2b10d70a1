"""What the database refuses, whoever asks: append-only tables, foreign seats, frozen questions, made-up decisions."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Model

from apps.committee.models import Ballot, BallotItem, Decision, Position, Seat
from apps.core import clock
from apps.core.errors import NotReady
from apps.events.models import Event
from apps.workflow.actors import Actor
from apps.workflow.audit import folded
from apps.workflow.services import perform
from tests.committee.ballots import AGREE, NO, circulated, drafted, registering, say
from tests.people import Cast, actor
from tests.probe.models import Probe
from tests.refused import refused

FURTHER_ITEM = (
    "insert into committee_ballotitem (ballot_id, number, subject_type, step, inputs, title, text, outcome, problems)"
    " values (%s, 2, '', '', '{}', 'x', '', '', '[]')"
)
TABLES = ("committee_position", "committee_decision", "committee_seat", "committee_itemrevision")


def adopted(people: Cast, probe: Probe) -> Ballot:
    """A ballot with every kind of row."""
    ballot = circulated(people, registering(probe))
    for one in people.committee:
        say(ballot, one)
    return ballot.reload()


def run(sql: str, *parameters: Any) -> None:
    """One statement as the application's role, in a savepoint, its deferred constraints included."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        connection.check_constraints()


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "attack",
    [
        "update {} set act_id = gen_random_uuid()",
        "delete from {}",
        "truncate {} cascade",
        "insert into {0} select * from {0} on conflict (id) do update set act_id = gen_random_uuid()",
        "alter table {} disable trigger user",
        "merge into {0} t using {0} s on t.id = s.id when matched then delete",
    ],
)
def test_the_application_cannot_rewrite_what_was_said_and_decided(people: Cast, probe: Probe, table: str, attack: str) -> None:
    adopted(people, probe)
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"):
        run(attack.format(table))


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("attack", ["update {} set act_id = gen_random_uuid()", "delete from {}", "truncate {} cascade"])
@pytest.mark.django_db(transaction=True)
def test_not_even_a_superuser_can_by_ordinary_means(people: Cast, probe: Probe, table: str, attack: str) -> None:
    adopted(people, probe)
    address = settings.TEST_CLUSTER.address("postgres", connection.settings_dict["NAME"])
    for mode in ("origin", "replica"):
        with psycopg.connect(address) as superuser:
            superuser.execute(f"set session_replication_role = {mode}")
            with pytest.raises(psycopg.Error, match="append-only"):
                superuser.execute(attack.format(table))
            superuser.rollback()


def row(ballot: Ballot, **change: Any) -> Position:
    """A position as somebody might forge it."""
    item, seat = ballot.items.get(number=1), ballot.seats.get(side="host", is_co_chair=True)
    fields = {
        "ballot": ballot,
        "item": item,
        "seat": seat,
        "membership_id": seat.membership_id,
        "revision": 1,
        "side": "host",
        "answer": "agree",
        "at": clock.now(),
        "act_id": uuid4(),
    }
    return Position(**{**fields, **change})


def stored(forgery: Model, first: str) -> None:
    """Save a row past the door, its deferred constraints included."""
    with transaction.atomic(), connection.cursor() as cursor:
        forgery.save(force_insert=True)
        cursor.execute(f"set constraints {first} immediate")


def forged(forgery: Model, constraint: str, *, first: str = "all") -> None:
    """The database refuses the row by this constraint, all being looked at or one of them first."""
    with pytest.raises(IntegrityError) as caught:
        stored(forgery, first)
    assert caught.value.__cause__.diag.constraint_name == constraint


def test_nobody_takes_a_position_on_another_sides_seat(people: Cast, probe: Probe) -> None:
    ballot = circulated(people, registering(probe))
    forged(row(ballot, side="japan"), "position_on_a_seat_of_its_side")


def test_nobody_takes_a_position_on_another_ballots_seat_or_item(people: Cast, probes: list[Probe]) -> None:
    ballot, other = (circulated(people, registering(probe)) for probe in probes)
    forged(row(ballot, seat=other.seats.get(side="host", is_co_chair=True)), "position_on_a_seat_of_its_side")
    forged(row(ballot, item=other.items.get()), "position_on_an_item_of_its_ballot")


def test_a_position_needs_an_act_of_its_speaker(people: Cast, probe: Probe) -> None:
    ballot = circulated(people, registering(probe))
    forged(row(ballot), "ballot_row_by_its_act")
    event = say(ballot, people.members_host[0])
    forged(row(ballot, act_id=event.act_id, item=ballot.items.get()), "position_once_per_act")
    other = circulated(people, {"title": "Adopt the rules?"}, {"title": "Adopt the guidelines?"})
    event = say(other, people.members_host[0], AGREE, 1)
    forged(row(other, act_id=event.act_id, item=other.items.get(number=2)), "position_is_its_speakers")


def test_an_objection_without_a_reason_cannot_be_stored(people: Cast, probe: Probe) -> None:
    ballot = circulated(people, registering(probe))
    forged(row(ballot, answer="do_not_agree"), "position_objection_has_a_reason")
    forged(row(ballot, answer="abstain"), "position_answer_is_known")


def test_nothing_is_said_on_a_decided_item(people: Cast, probe: Probe) -> None:
    forged(row(adopted(people, probe)), "position_is_on_an_open_item")


@pytest.mark.parametrize(
    "change",
    [
        "number = 7", "title = 'x'", "step = 'reject'", "inputs = '{\"tonnes\": 9}'", "effective_on = '2020-01-01'",
        "subject_id = subject_id + 1", "text = 'x'", "outcome = 'severed'", "outcome = '', act_id = null",
        "executed_at = now()", "problems = '[1]'",
    ],
)  # fmt: skip
def test_a_decided_item_is_frozen(people: Cast, probe: Probe, change: str) -> None:
    adopted(people, probe)
    with pytest.raises(IntegrityError) as caught:
        run(f"update committee_ballotitem set {change}")
    assert caught.value.__cause__.diag.constraint_name == "ballot_item_is_frozen"


def test_a_circulated_question_is_frozen_and_none_is_added_or_lost(people: Cast, probe: Probe) -> None:
    ballot = circulated(people, registering(probe))
    for attack in (
        "update committee_ballotitem set title = 'x'",
        "update committee_ballotitem set inputs = '{}'",
        "delete from committee_ballotitem",
        FURTHER_ITEM,
    ):
        with pytest.raises(IntegrityError, match="is frozen"):
            run(attack, *([ballot.pk] if attack == FURTHER_ITEM else []))
    with pytest.raises(DatabaseError, match="permission denied"):
        run("truncate committee_ballotitem cascade")


def test_an_outcome_needs_its_act_and_an_adoption_its_decision(people: Cast, probe: Probe) -> None:
    ballot = circulated(people, registering(probe))
    event = say(ballot, people.co_chair_host)
    wrong = {
        "outcome = 'withdrawn'": "ballot_item_outcome_by_an_act",
        "outcome = 'withdrawn', act_id = gen_random_uuid()": "ballot_row_by_its_act",
        f"outcome = 'adopted', act_id = '{event.act_id}'": "ballot_row_by_its_act",
        "outcome = 'lost', act_id = gen_random_uuid()": "ballot_item_outcome_is_known",
    }
    for change, constraint in wrong.items():
        with pytest.raises(IntegrityError) as caught:
            run(f"update committee_ballotitem set {change}")
        assert caught.value.__cause__.diag.constraint_name == constraint


def test_a_decision_rests_on_both_co_chairs(people: Cast, probe: Probe) -> None:
    ballot = circulated(people, registering(probe))
    say(ballot, people.co_chair_host)
    say(ballot, people.co_chair_japan, NO)
    fields = {"adopted_on": date(2027, 3, 16), "adopted_at": clock.now(), "rule": "a", "explanation": {}, "act_id": uuid4()}
    wrong = Decision(ballot=ballot, item=ballot.items.get(), **fields)
    forged(wrong, "ballot_row_by_its_act")
    forged(wrong, "decision_rests_on_both_co_chairs", first="committee_decision_co_chairs")


def test_seats_are_given_by_circulation_alone(people: Cast, probe: Probe) -> None:
    ballot = circulated(people, registering(probe))
    late = {"ballot": ballot, "membership": people.government_host, "is_co_chair": False, "act_id": uuid4()}
    forged(Seat(**late, side="host"), "ballot_row_by_its_act")
    forged(Seat(**late, side="japan"), "seat_of_its_members_side")


def test_the_committee_acts_by_its_decisions_alone(people: Cast, probes: list[Probe]) -> None:
    adopted(people, probes[0])
    decision = Decision.objects.get().pk
    for number in (decision, decision + 1000):
        with refused(NotReady, "BAL-20"):
            perform(probes[1], "reject", actor=Actor.decision(number))
    assert probes[1].reload().state == "committee"


@pytest.mark.parametrize("how", ["draft", "withdrawn", "adopted", "severed"])
def test_the_log_explains_the_ballot_and_every_item(people: Cast, probe: Probe, how: str) -> None:
    ways: dict[str, Callable[[], Ballot]] = {
        "draft": lambda: drafted(people, registering(probe)),
        "withdrawn": lambda: withdrawn(circulated(people, registering(probe)), people),
        "adopted": lambda: adopted(people, probe),
        "severed": lambda: severed(circulated(people, registering(probe)), people),
    }
    ballot = ways[how]().reload()
    events = list(Event.objects.filter(subject_type="ballot", subject_id=ballot.pk).order_by("version"))
    assert (folded(ballot.procedure, events), len(events)) == (ballot.state, ballot.version)
    told = {one["item"]: one["outcome"] for event in events for one in event.data.get("items", []) if "outcome" in one}
    assert told == {item.number: item.outcome for item in BallotItem.objects.filter(ballot=ballot) if item.outcome}
    said = [(one["item"], one["answer"]) for event in events for one in event.data["inputs"].get("answers", [])]
    assert said == list(ballot.positions.order_by("id").values_list("item__number", "answer"))


def withdrawn(ballot: Ballot, people: Cast) -> Ballot:
    """A ballot taken back after one answer."""
    say(ballot, people.co_chair_host)
    perform(ballot, "withdraw", actor=actor(people.secretariat_host))
    return ballot


def severed(ballot: Ballot, people: Cast) -> Ballot:
    """A ballot whose only item was objected to after the window."""
    with clock.rehearse(ballot.closes_at or clock.now()):
        say(ballot, people.co_chair_host, NO)
    return ballot
