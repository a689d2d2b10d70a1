"""Workers are killed, queues are wiped, messages come ten times: every delivery is handed over, with one effect each."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from apps.accounts.models import Organisation
from apps.events.models import Delivery, Event
from jcm.celery import app
from tests.conftest import QUEUE
from tests.events.registry import own_registry
from tests.people import Cast, cast
from tests.wheel import rendezvous
from tests.wheel.rendezvous import attempts, effect_of
from tests.wheel.services import made
from tests.worker import FORKS, Worker, wait_for

MANY = 10


@pytest.fixture
def people(transactional_db: None) -> Cast:  # noqa: ARG001 - the worker sees committed rows only
    return cast()


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("JCM_TEST_RENDEZVOUS", str(tmp_path))
    return tmp_path


@pytest.fixture
def forks(people: Cast, place: Path, worker_process: Worker) -> Iterator[Worker]:  # noqa: ARG001 - they are made before it begins
    """A worker that runs each task in a process of its own, and starts another when one dies; it alone takes messages."""
    worker_process.stop()
    address = settings.TEST_CLUSTER.address("jcm_app", str(connection.settings_dict["NAME"]))
    worker = Worker(address, QUEUE, place / "log", FORKS, JCM_TEST_RENDEZVOUS=str(place))
    with own_registry():
        rendezvous.subscribe()
        worker.start()
        yield worker
        worker.stop()
        worker.forget_messages()
    worker_process.start()


def wake(times: int = 1) -> None:
    """What beat or a commit sends."""
    for _ in range(times):
        app.send_task("events.relay", retry=False)


def event_of_a_wheel(people: Cast) -> Event:
    wheel = made(people.secretariat_host)
    return Event.objects.get(subject_type="wheel", subject_id=wheel.pk)


def is_told(event: Event) -> bool:
    return Delivery.objects.filter(event=event, subscriber=rendezvous.NAME).exclude(delivered_at=None).exists()


def effects(events: list[Event]) -> list[int]:
    """How often each event had its effect."""
    return [Organisation.objects.filter(name=effect_of(one)).count() for one in events]


@pytest.mark.parametrize("kills", [1, pytest.param(200, marks=pytest.mark.long)])
def test_a_worker_that_is_killed_in_the_middle_of_a_task_is_followed_by_another(forks: Worker, people: Cast, kills: int) -> None:
    events = []
    for _ in range(kills):
        event = event_of_a_wheel(people)
        wake()
        (pid,) = wait_for(lambda told=event: attempts(told))
        os.kill(pid, signal.SIGKILL)
        wait_for(lambda told=event: is_told(told), 60)
        events.append(event)
    assert [len(attempts(one)) for one in events] == [2] * kills, "the message came again by itself"
    assert effects(events) == [1] * kills
    assert not Delivery.objects.filter(delivered_at=None).exists()
    assert forks.process
    assert forks.process.poll() is None


def test_what_a_wiped_queue_has_lost_the_next_beat_finds(worker: Worker, people: Cast) -> None:
    worker.stop()
    with own_registry():
        for _ in range(MANY):
            made(people.secretariat_host)
        wake(MANY)
    with app.connection_for_write() as broker:
        client = broker.default_channel.client
        assert client.llen(QUEUE) >= MANY
        client.delete(QUEUE)
        assert client.llen(QUEUE) == 0
    worker.start()
    assert Delivery.objects.exclude(delivered_at=None).count() == 0
    wake()
    wait_for(lambda: not Delivery.objects.filter(delivered_at=None).exists())


def test_a_message_that_comes_ten_times_from_two_beats_has_one_effect(forks: Worker, people: Cast) -> None:
    event = event_of_a_wheel(people)
    wake(2 * MANY)
    (pid,) = wait_for(lambda: attempts(event))
    os.kill(pid, signal.SIGKILL)
    wait_for(lambda: is_told(event), 60)
    forks.wait_until_idle()
    assert effects([event]) == [1]
    assert len(attempts(event)) == 2
