"""An act as a whole: one event, what the body and the effects set, the rule that follows, all or nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import Organisation
from apps.core import clock
from apps.core.errors import NotAllowed, NotNow, NotReady
from apps.events.models import Event
from apps.events.selectors import history
from apps.workflow.actors import Actor
from apps.workflow.fsm import Act, ByHand, genuine
from apps.workflow.models import IssuedNumber
from apps.workflow.services import one_transaction, open_file, perform, sweep
from tests.decision import decide
from tests.people import Cast, actor
from tests.probe.models import Probe
from tests.probe.services import completed
from tests.untouched import refused, untouched
from tests.wheel import services as wheel_services
from tests.wheel.models import Wheel
from tests.wheel.procedure import PROCEDURE
from tests.wheel.services import act, made, stopped, turning
from tests.workflow.test_refusals import before_the_committee

NOON = datetime(2027, 3, 15, 3, tzinfo=UTC)


def test_an_event_says_everything_of_its_act(people: Cast) -> None:
    with clock.rehearse(NOON):
        wheel = made(people.secretariat_japan, words="Rim")
        event = act(wheel, "mark", people.secretariat_host, reason="  seen  ", day="2027-03-12", holders=[])
    stored = Event.objects.get(subject_type="wheel", subject_id=wheel.pk, version=2)
    assert stored == event
    assert (stored.type, stored.subject_ref, stored.from_state, stored.to_state) == ("wheel.mark", f"W{wheel.pk}", "made", "made")
    assert (stored.acted_at, stored.effective_on, stored.rehearsed) == (NOON, date(2027, 3, 15), True)
    assert (stored.actor, stored.capacity, stored.side) == ("person", "secretariat", "host")
    assert (stored.membership_id, stored.decision_id) == (people.secretariat_host.pk, None)
    assert stored.organisation_id == people.secretariat_host.organisation_id
    assert (stored.edition, stored.clause, stored.reason) == ("india_2026", "W 9", "seen")
    assert (stored.data, stored.documents) == ({"inputs": {"day": "2027-03-12"}}, [])
    assert isinstance(stored.act_id, UUID)
    assert (event.recorded_at, event.transaction_id) == (stored.recorded_at, stored.transaction_id)


def test_the_first_event_opens_the_file(people: Cast) -> None:
    with clock.rehearse(NOON):
        wheel = made(people.secretariat_host, words="Rim")
    event = history("wheel", wheel.pk).get()
    assert (event.version, event.from_state, event.to_state) == (1, "", "made")
    assert event.data == {"inputs": {"words": "Rim"}, "counted": True}
    stored = wheel.reload()
    assert (stored.label, stored.reference, stored.title, stored.version) == ("Rim", f"W{wheel.pk}", "A wheel", 1)
    assert (stored.opened_at, stored.state_since, stored.edition) == (NOON, NOON, "india_2026")


def test_an_act_without_a_rehearsal_is_dated_by_the_database(people: Cast) -> None:
    event = history("wheel", made(people.secretariat_host).pk).get()
    assert not event.rehearsed
    assert abs((event.acted_at - event.recorded_at).total_seconds()) < 60


def test_the_instance_of_the_caller_is_never_trusted(people: Cast) -> None:
    wheel = made(people.secretariat_host)
    stale = wheel.reload()
    act(wheel, "turn", people.secretariat_host)
    stale.title = "Another"
    event = act(stale, "slow", people.secretariat_host)
    assert (event.version, event.from_state, event.to_state) == (3, "turning", "slow")
    assert stale.state == "made"
    assert wheel.reload().title == "A wheel"


def test_a_list_that_grows_in_place_is_saved(people: Cast) -> None:
    with clock.rehearse(NOON):
        wheel = made(people.secretariat_host)
        for _ in range(2):
            act(wheel, "mark", people.secretariat_host)
    assert wheel.reload().marks == ["2027-03-15", "2027-03-15"]


def test_only_what_the_step_sets_is_written(people: Cast) -> None:
    wheel = made(people.secretariat_host)
    with CaptureQueriesContext(connection) as queries:
        act(wheel, "turn", people.secretariat_host)
    update = next(query["sql"] for query in queries if 'update "wheel_wheel"' in query["sql"])
    columns = update.partition(" set ")[2].partition(" where ")[0]
    assert [part.partition('"')[2].partition('"')[0] for part in columns.split(", ")] == [
        "state", "version", "state_since", "turned_on",
    ]  # fmt: skip


def test_an_act_is_four_statements_and_its_checks(people: Cast) -> None:
    wheel = turning(people.secretariat_host)
    with CaptureQueriesContext(connection) as queries:
        act(wheel, "slow", people.secretariat_host)
    words = [query["sql"].split()[0].lower() for query in queries]
    # savepoint, queue, file with membership, what the clock owes, close (its key is reopened), write, release
    assert words == ["savepoint", "select", "select", "select", "update", "with", "release"]


def test_what_follows_is_done_at_once_and_dated_the_same(people: Cast) -> None:
    with clock.rehearse(NOON) as time:
        wheel = turning(people.secretariat_host)
        act(wheel, "mark", people.secretariat_host)
        time.move_to(datetime(2027, 5, 1, tzinfo=UTC))
        assert sweep() == 1
    events = history("wheel", wheel.pk).values_list("type", "actor", "effective_on", "from_state", "to_state")
    assert list(events)[3:] == [
        ("wheel.stop", "clock", date(2027, 3, 29), "turning", "stopped"),
        ("wheel.settle", "clock", date(2027, 3, 29), "stopped", "done"),
    ]
    assert len(set(history("wheel", wheel.pk).filter(version__gte=4).values_list("transaction_id", flat=True))) == 1


def test_what_follows_waits_until_its_checks_hold(people: Cast) -> None:
    wheel = stopped(people.secretariat_host)
    assert (wheel.state, wheel.version) == ("stopped", 3)
    with refused(NotReady, "WHL-03"):
        act(wheel, "settle", Actor.clock())
    with refused(NotAllowed, "DOOR-00"):
        act(wheel, "settle", people.secretariat_host)


def test_what_follows_needs_the_second_of_two(people: Cast) -> None:
    with clock.rehearse(NOON) as time:
        probe = completed(people.participant_host, people.secretariat_host)
        time.move_to(datetime(2027, 3, 29, 15, tzinfo=UTC))
        event = perform(probe, "approve_japan", actor=actor(people.government_japan))
        assert (event.version, probe.reload().version) == (4, 4)
        with refused(NotReady, "PRB-01"):
            perform(probe, "approve_japan", actor=actor(people.government_japan))
        event = perform(probe, "approve_host", actor=actor(people.government_host))
        assert (event.version, probe.reload().version, probe.reload().state) == (5, 6, "committee")


def test_a_new_file_comes_back_as_what_followed_left_it(people: Cast) -> None:
    wheel = open_file(Wheel, "stand", actor=actor(people.secretariat_host), edition="india_2026", title="A wheel")
    assert (wheel.state, wheel.version) == ("done", 2)
    assert [event.type for event in history("wheel", wheel.pk)] == ["wheel.stand", "wheel.settle"]


def test_an_effect_that_fails_takes_everything_with_it(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = made(people.secretariat_host)

    def fall(subject: Wheel, _act: Act) -> None:
        Organisation.objects.create(name="Half written")
        subject.label = "half"
        raise ZeroDivisionError

    monkeypatch.setattr(wheel_services, "mark_added", fall)
    with untouched(), pytest.raises(ZeroDivisionError):
        act(wheel, "mark", people.secretariat_host)
    assert not Organisation.objects.filter(name="Half written").exists()


def test_several_acts_are_one_or_none(people: Cast) -> None:
    wheel = turning(people.secretariat_host)
    with untouched(), pytest.raises(NotNow), one_transaction():  # noqa: PT012 - the last one is refused, and all go
        act(wheel, "slow", people.secretariat_host)
        act(wheel, "mark", people.secretariat_host)
        act(wheel, "slow", people.secretariat_host)
    with one_transaction():
        act(wheel, "slow", people.secretariat_host)
        with pytest.raises(NotNow):
            act(wheel, "slow", people.secretariat_host)
        act(wheel, "mark", people.secretariat_host)
    assert [event.type for event in history("wheel", wheel.pk)][2:] == ["wheel.slow", "wheel.mark"]


@pytest.mark.django_db(transaction=True)
def test_an_act_is_durable_and_cannot_hide_in_somebody_elses_transaction(people: Cast) -> None:
    wheel = made(people.secretariat_host)
    with untouched(), transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        act(wheel, "turn", people.secretariat_host)


def test_a_step_is_never_taken_by_hand(people: Cast) -> None:
    wheel = made(people.secretariat_host)
    row = PROCEDURE.row("india_2026", "turn")
    by_hand = Act(UUID(int=1), row, actor(people.secretariat_host), NOON, NOON.date(), "", {})
    for forged in (by_hand, object(), None):
        with pytest.raises(ByHand, match=r"wheel\.turn is performed through the door only"):
            wheel.turn(forged)
    assert wheel.state == "made"
    other = made(people.secretariat_host)
    stop = Act(UUID(int=1), PROCEDURE.row("india_2026", "stop"), Actor.clock(), NOON, NOON.date(), "", {})
    with pytest.raises(ByHand):
        other.turn(genuine(stop))
    with pytest.raises(AttributeError, match="Direct state modification is not allowed"):
        wheel.state = "done"


def test_numbers_are_given_once_and_in_order(people: Cast) -> None:
    first, second = before_the_committee(people), before_the_committee(people)
    decide(people, second, "register", tonnes=5)
    decide(people, first, "register", tonnes=5)
    assert (second.reload().reference, first.reload().reference) == ("P001", "P002")
    given = IssuedNumber.objects.filter(series="probe").order_by("number")
    assert [(one.number, one.subject_id) for one in given] == [(1, second.pk), (2, first.pk)]


def test_a_file_with_columns_of_its_own(people: Cast) -> None:
    opened = open_file(
        Probe, "lodge", actor=actor(people.participant_host), edition="jcm_2013", title=" Tidal energy ",
        fields={"organisation_id": people.participant_host.organisation_id, "tonnes": 5},
    )  # fmt: skip
    assert (opened.title, opened.edition, opened.tonnes) == ("Tidal energy", "jcm_2013", 5)
    assert opened.reload().organisation_id == people.participant_host.organisation_id
