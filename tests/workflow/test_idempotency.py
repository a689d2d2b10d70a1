"""A key makes an act happen once, however often it is asked for."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from apps.core.errors import NotNow, Refusal, Repeated
from apps.events.models import Event
from tests.people import Cast
from tests.untouched import refused, untouched
from tests.wheel.models import Wheel
from tests.wheel.services import act, made
from tests.workflow.threads import at_once

KEY = "8c1f8d0e-5f0f-4a52-9a39-1c8f5e5d2b11"


def test_the_same_act_again_returns_the_first_event(people: Cast) -> None:
    wheel = made(people.secretariat_host)
    first = act(wheel, "mark", people.secretariat_host, idempotency_key=KEY, reason="noted", words="one", scopes=[13, 1])
    with untouched():
        again = act(wheel, "mark", people.secretariat_host, idempotency_key=KEY, reason=" noted ", words=" one ", scopes="1, 13")
    assert again.pk == first.pk
    assert act(wheel, "mark", people.secretariat_host, words="one").version == 3


def test_the_answer_is_the_same_after_the_file_moved_on(people: Cast) -> None:
    wheel = made(people.secretariat_host)
    first = act(wheel, "turn", people.secretariat_host, idempotency_key=KEY, version=1)
    act(wheel, "slow", people.secretariat_host)
    with untouched():
        assert act(wheel, "turn", people.secretariat_host, idempotency_key=KEY, version=1).pk == first.pk


@pytest.mark.parametrize(
    "other",
    [{"words": "two"}, {"words": "one", "tonnes": 5}, {}, {"words": "one", "reason": "because"}],
)
def test_another_body_under_the_same_key_is_refused(other: dict[str, Any], people: Cast) -> None:
    wheel = made(people.secretariat_host)
    act(wheel, "mark", people.secretariat_host, idempotency_key=KEY, words="one")
    with refused(Repeated, "DOOR-11"):
        act(wheel, "mark", people.secretariat_host, idempotency_key=KEY, **other)


def test_another_step_file_or_person_under_the_same_key_is_refused(people: Cast) -> None:
    wheel, second = made(people.secretariat_host), made(people.secretariat_host)
    act(wheel, "mark", people.secretariat_host, idempotency_key=KEY)
    with refused(Repeated, "DOOR-11"):
        act(wheel, "turn", people.secretariat_host, idempotency_key=KEY)
    with refused(Repeated, "DOOR-11"):
        act(second, "mark", people.secretariat_host, idempotency_key=KEY)
    with refused(Repeated, "DOOR-11"):
        act(wheel, "mark", people.secretariat_japan, idempotency_key=KEY)
    with refused(Repeated, "DOOR-11"):
        made(people.secretariat_host, idempotency_key=KEY)


def test_a_refused_act_leaves_its_key_free(people: Cast) -> None:
    wheel = made(people.secretariat_host)
    with refused(NotNow, "DOOR-02"):
        act(wheel, "slow", people.secretariat_host, idempotency_key=KEY)
    assert act(wheel, "turn", people.secretariat_host, idempotency_key=KEY).idempotency_key == KEY


def test_no_key_is_no_key(people: Cast) -> None:
    wheel = made(people.secretariat_host, idempotency_key="")
    for _ in range(2):
        assert act(wheel, "mark", people.secretariat_host, idempotency_key="").idempotency_key is None


def test_a_file_is_opened_once_under_one_key(people: Cast) -> None:
    wheel = made(people.secretariat_host, idempotency_key=KEY)
    with untouched():
        assert made(people.secretariat_host, idempotency_key=KEY) == wheel
    with refused(Repeated, "DOOR-11"):
        made(people.secretariat_host, idempotency_key=KEY, words="another")


@pytest.mark.django_db(transaction=True)
def test_two_at_once_with_one_key_get_one_event(people: Cast) -> None:
    wheel = made(people.secretariat_host)
    for _ in range(10):
        key = str(uuid4())
        events = at_once([lambda: act(wheel, "mark", people.secretariat_host, idempotency_key=key).pk] * 2)  # noqa: B023 - run at once
        assert events[0] == events[1]
        assert Event.objects.filter(idempotency_key=key).count() == 1
    assert wheel.reload().version == 11


@pytest.mark.django_db(transaction=True)
def test_two_at_once_on_two_files_with_one_key(people: Cast) -> None:
    wheels = [made(people.secretariat_host), made(people.secretariat_host)]
    for _ in range(10):
        key = str(uuid4())
        results = at_once([lambda w=w: act(w, "mark", people.secretariat_host, idempotency_key=key).pk for w in wheels])  # noqa: B023 - run at once
        assert [one.codes for one in results if isinstance(one, Refusal)] == [("DOOR-11",)]
        assert Event.objects.filter(idempotency_key=key).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_open_one_file(people: Cast) -> None:
    for number in range(1, 11):
        key = str(uuid4())
        opened = at_once([lambda: made(people.secretariat_host, idempotency_key=key).pk] * 2)  # noqa: B023 - run at once
        assert opened[0] == opened[1]
        assert Wheel.objects.count() == number
