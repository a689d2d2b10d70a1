"""Deliveries are handed over at least once, whatever becomes of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from threading import Event as Signal

import pytest
from django.db import connection

from apps.accounts.models import Organisation
from apps.events.kinds import subscriber
from apps.events.models import Delivery, Event
from apps.events.services import _wait, relay
from apps.workflow.services import one_transaction
from tests.events.registry import own_registry
from tests.people import Cast, cast
from tests.wheel.models import Wheel
from tests.wheel.services import act, made

Heard = list[int]


@pytest.fixture
def heard() -> Iterator[Heard]:
    """The versions of the events that a subscriber of this test was given."""
    versions: Heard = []
    with own_registry():
        subscriber("ear", "wheel.")(lambda event: versions.append(event.version))
        yield versions


@pytest.fixture
def people() -> Cast:
    return cast()


def wheel_at_version(version: int, people: Cast) -> Wheel:
    """A wheel with so many events."""
    wheel = made(people.secretariat_host)
    for _ in range(version - 1):
        act(wheel, "mark", people.secretariat_host)
    return wheel


def make_due() -> None:
    """Let every delivery that waits be due now."""
    with connection.cursor() as cursor:
        cursor.execute("update events_delivery set due_at = transaction_timestamp() where delivered_at is null")


def in_threads(jobs: list[Callable[[], int]]) -> list[int]:
    """Run each job in a thread of its own with its own connection."""

    def run(job: Callable[[], int]) -> int:
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


@pytest.mark.django_db
def test_every_subscriber_gets_one_delivery_in_the_transaction_of_the_event(heard: Heard, people: Cast) -> None:
    event = Event.objects.get(subject_type="wheel", subject_id=wheel_at_version(1, people).pk)
    deliveries = event.deliveries.order_by("subscriber")
    assert [one.subscriber for one in deliveries] == ["audit", "ear"]
    assert {(one.attempts, one.delivered_at, one.last_error) for one in deliveries} == {(0, None, "")}
    assert {one.due_at for one in deliveries} == {event.recorded_at}
    assert heard == []


@pytest.mark.django_db
def test_what_was_delivered_is_not_delivered_again(heard: Heard, people: Cast) -> None:
    wheel_at_version(3, people)
    assert relay() == 6
    assert heard == [1, 2, 3]
    assert relay() == 0
    assert heard == [1, 2, 3]
    assert set(Delivery.objects.values_list("attempts", "last_error")) == {(1, "")}
    assert not Delivery.objects.filter(delivered_at=None).exists()


@pytest.mark.django_db
def test_a_relay_stops_at_its_limit(heard: Heard, people: Cast) -> None:
    wheel_at_version(3, people)
    assert relay(limit=4) == 4
    assert relay(limit=4) == 2
    assert heard == [1, 2, 3]


@pytest.mark.django_db
def test_a_failing_handler_waits_and_the_others_go_on(heard: Heard, people: Cast) -> None:
    broken = True

    @subscriber("clumsy", "wheel.mark")
    def fall(event: Event) -> None:
        Organisation.objects.create(name=f"Heard of v{event.version}")
        if broken:
            raise ArithmeticError("the float has sunk" * 40)

    wheel_at_version(2, people)
    assert relay() == 4
    assert heard == [1, 2]
    waiting = Delivery.objects.get(delivered_at=None)
    assert (waiting.subscriber, waiting.attempts) == ("clumsy", 1)
    assert waiting.last_error == f"ArithmeticError: {'the float has sunk' * 40}"[:500]
    assert timedelta(seconds=1) < waiting.due_at - waiting.event.recorded_at <= timedelta(seconds=30)
    assert not Organisation.objects.filter(name__startswith="Heard").exists()
    assert relay() == 0

    broken = False
    make_due()
    assert relay() == 1
    waiting.refresh_from_db()
    assert (waiting.attempts, waiting.last_error) == (2, "")
    assert waiting.delivered_at is not None
    assert Organisation.objects.filter(name="Heard of v2").count() == 1
    assert heard == [1, 2]


def test_the_wait_doubles_up_to_an_hour() -> None:
    assert [_wait(attempts).total_seconds() for attempts in (1, 2, 3, 10, 11, 12, 50)] == [2, 4, 8, 1024, 2048, 3600, 3600]


@pytest.mark.django_db
def test_a_subscriber_unknown_to_this_process_waits_for_one_that_knows_it(people: Cast) -> None:
    with own_registry():
        subscriber("elsewhere", "wheel.")(lambda _event: None)
        wheel_at_version(1, people)
    assert relay() == 1
    assert Delivery.objects.get(delivered_at=None).last_error == "LookupError: no subscriber 'elsewhere'"


@pytest.mark.django_db(transaction=True)
def test_a_killed_relay_delivers_again(heard: Heard, people: Cast) -> None:
    killed = True

    @subscriber("half", "wheel.")
    def half(event: Event) -> None:
        heard.append(-event.version)
        if killed:
            raise SystemExit

    wheel_at_version(1, people)
    with pytest.raises(SystemExit):
        relay()
    assert Delivery.objects.get(subscriber="half").attempts == 0
    killed = False
    assert relay() == 1
    assert heard == [1, -1, -1]


@pytest.mark.django_db(transaction=True)
def test_two_relays_work_side_by_side(heard: Heard, people: Cast) -> None:
    both = Barrier(2)
    with own_registry():
        subscriber("slow", "wheel.make")(lambda _event: both.wait(10))
        for _ in range(2):
            made(people.secretariat_host)
        delivered = in_threads([relay, relay])
    assert sum(delivered) == 6
    assert min(delivered) >= 1
    assert heard == [1, 1]
    assert set(Delivery.objects.values_list("attempts", "last_error")) == {(1, "")}


@pytest.mark.django_db(transaction=True)
def test_four_relays_deliver_each_event_once(heard: Heard, people: Cast) -> None:
    wheel_at_version(40, people)
    assert sum(in_threads([relay] * 4)) == 80
    assert sorted(heard) == list(range(1, 41))


@pytest.mark.django_db(transaction=True)
def test_an_event_that_commits_late_is_not_passed_over(heard: Heard, people: Cast) -> None:
    """Numbers are given at the insert, not at the commit: the lower number may appear after the higher one."""
    written, go_on = Signal(), Signal()

    def slow_act() -> int:
        with one_transaction():
            number = Event.objects.get(subject_id=made(people.secretariat_host).pk).pk
            written.set()
            assert go_on.wait(10)
        return number

    def quick_act() -> int:
        assert written.wait(10)
        number = Event.objects.get(subject_id=made(people.secretariat_japan).pk).pk
        assert relay() == 2
        go_on.set()
        return number

    slow, quick = in_threads([slow_act, quick_act])
    assert slow < quick
    assert relay() == 2
    assert heard == [1, 1]
