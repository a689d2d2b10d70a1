"""The relay is woken after a commit, by a broker that may be away."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from time import monotonic
from typing import Any

import pytest
from celery import Celery
from django.conf import settings

from apps.core.errors import NotAllowed
from apps.events import services
from apps.events.kinds import subscribers_of
from apps.events.models import Delivery
from apps.events.services import nudge
from apps.workflow.services import one_transaction
from jcm.celery import app, wake_at_once
from tests.people import cast
from tests.wheel.services import act, made
from tests.worker import Worker, wait_for


class Post:
    """Takes messages in place of a broker, on a clock that the test moves."""

    def __init__(self) -> None:
        self.at = 1000.0
        self.waits: list[float] = []

    def send_task(self, name: str, *, countdown: float, expires: int, retry: bool) -> None:
        assert (name, expires, retry) == ("events.relay", 60, False)
        self.waits.append(countdown)

    def nudged_at(self, at: float) -> list[float]:
        """What has been sent once a nudge at this second is over."""
        self.at = at
        nudge()
        let_them_end()
        return self.waits


def let_them_end() -> None:
    """Wait for the messages that are being sent."""
    for thread in threading.enumerate():
        if thread.name == "nudge":
            thread.join(20)


@pytest.fixture(autouse=True)
def nothing_sent(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    let_them_end()
    monkeypatch.setattr(services._Sent, "starts_at", {})
    monkeypatch.setattr(services._Sent, "rests_until", float("-inf"))
    yield
    let_them_end()


def test_a_broker_that_says_nothing_is_given_up_before_threads_heap_up() -> None:
    options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    assert (options["max_retries"], options["socket_connect_timeout"], options["socket_timeout"]) == (0, 2, 10)
    assert options["socket_timeout"] < services.AFTER_FAILURE


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Post:
    post = Post()
    monkeypatch.setattr(services, "current_app", post)
    monkeypatch.setattr(services, "monotonic", lambda: post.at)
    return post


def test_one_message_a_second_and_every_commit_is_followed_by_a_relay(post: Post) -> None:
    assert post.nudged_at(1000.0) == [0.0]
    assert post.nudged_at(1000.4) == [0.0, 1.0]
    assert post.nudged_at(1000.5) == [0.0, 1.0]
    assert post.nudged_at(1001.3) == [0.0, 1.0]
    assert post.nudged_at(1001.5) == [0.0, 1.0, 1.0]
    assert post.nudged_at(1009.0) == [0.0, 1.0, 1.0, 0.0]


def test_after_a_failure_the_broker_is_left_alone_for_half_a_minute(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[float] = []

    def fail(*_: Any, **__: Any) -> None:
        tries.append(post.at)
        raise ConnectionError

    monkeypatch.setattr(post, "send_task", fail)
    for at in (1000.0, 1000.5, 1029.9, 1030.1):
        post.nudged_at(at)
    assert tries == [1000.0, 1030.1]


@pytest.mark.parametrize("kind", ["absent", "refusing", "silent"])
@pytest.mark.django_db(transaction=True)
def test_an_act_needs_no_broker_and_does_not_wait_for_one(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        if kind == "silent":
            listener.listen()
        address = f"redis://127.0.0.1:{listener.getsockname()[1]}/0" if kind != "absent" else "redis+socket:///nowhere/at.all"
        broker = Celery("away", broker=address, set_as_current=False)
        broker.conf.broker_transport_options = {**settings.CELERY_BROKER_TRANSPORT_OPTIONS, "socket_timeout": 1}
        monkeypatch.setattr(services, "current_app", broker)
        people = cast()
        began = monotonic()
        wheel = made(people.secretariat_host)
        assert monotonic() - began < 0.9
        let_them_end()
    assert wheel.version == 1
    assert services._Sent.rests_until > monotonic() + 20
    assert Delivery.objects.filter(delivered_at=None, subscriber="audit").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_refused_act_sends_nothing(post: Post) -> None:
    people = cast()
    with pytest.raises(NotAllowed):
        made(people.registry_host)
    let_them_end()
    assert post.waits == []


@pytest.mark.django_db(transaction=True)
def test_several_acts_as_one_send_one_message_at_the_end(post: Post) -> None:
    people = cast()
    with one_transaction():
        wheel = made(people.secretariat_host)
        act(wheel, "mark", people.secretariat_host)
        let_them_end()
        assert post.waits == []
    let_them_end()
    assert post.waits == [0.0]


def test_a_real_worker_delivers_what_an_act_leaves(worker: Worker) -> None:
    assert services.current_app.main == app.main
    people = cast()
    wheel = made(people.secretariat_host)
    act(wheel, "mark", people.secretariat_host)
    told = subscribers_of("wheel.mark")
    wait_for(lambda: Delivery.objects.exclude(delivered_at=None).count() == 2 * len(told))
    assert set(Delivery.objects.values_list("subscriber", "attempts", "last_error")) == {(one, 1, "") for one in told}
    assert "events.relay" in worker.said()


def test_beat_wakes_every_task_when_it_begins(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    woken: list[str] = []
    monkeypatch.setattr(post, "send_task", lambda name, **_: woken.append(name))
    wake_at_once()
    let_them_end()
    assert sorted(woken) == sorted(settings.CELERY_BEAT_SCHEDULE)
