"""The log explains every state, and finds what it does not explain."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from apps.core import clock
from apps.events.models import Delivery, Event
from apps.events.selectors import history
from apps.events.services import relay
from apps.workflow.audit import Unfounded, differences, folded, judge
from apps.workflow.services import sweep
from tests.people import Cast
from tests.probe.services import completed
from tests.wheel.models import Wheel
from tests.wheel.procedure import PROCEDURE
from tests.wheel.services import act, stopped, turning

NOON = datetime(2027, 3, 15, 3, tzinfo=UTC)


@contextmanager
def tampering(table: str) -> Iterator[psycopg.Connection[Any]]:
    """A superuser who takes the triggers of a table away, and gives them back."""
    with psycopg.connect(settings.TEST_CLUSTER.address("postgres", connection.settings_dict["NAME"])) as raw:
        found = raw.execute("select tgname from pg_trigger where tgrelid = %s::regclass and tgenabled = 'A'", [table])
        names = [name for (name,) in found]
        for name in names:
            raw.execute(f'alter table {table} disable trigger "{name}"')
        yield raw
        raw.commit()
        for name in names:
            raw.execute(f'alter table {table} enable always trigger "{name}"')


@pytest.fixture
def wheel(people: Cast) -> Wheel:
    wheel = stopped(people.secretariat_host)
    act(wheel, "restart", people.secretariat_host)
    return wheel.reload()


def test_folding_gives_the_state(wheel: Wheel) -> None:
    events = list(history("wheel", wheel.pk))
    assert [folded(PROCEDURE, events[:count]) for count in range(5)] == ["new", "made", "turning", "stopped", "turning"]
    assert judge(wheel, events) is None


def test_every_file_is_explained(people: Cast, wheel: Wheel) -> None:
    with clock.rehearse(NOON) as time:
        turning(people.secretariat_host)
        completed(people.participant_host, people.secretariat_host)
        time.move_to(datetime(2027, 9, 1, tzinfo=UTC))
        sweep()
    assert wheel.state == "turning"
    assert differences() == []


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"to_state": "done"}, "cannot follow state made at version 1"),
        ({"from_state": "slow"}, "cannot follow state made at version 1"),
        ({"version": 3}, "cannot follow state made at version 1"),
        ({"type": "wheel.slow"}, "cannot follow state made at version 1"),
        ({"type": "wheel.fly"}, "cannot follow state made at version 1"),
        ({"edition": "jcm_2013"}, "cannot follow state made at version 1"),
    ],
)
def test_a_changed_event_is_found(change: dict[str, Any], complaint: str, wheel: Wheel) -> None:
    events = list(history("wheel", wheel.pk))
    for name, value in change.items():
        setattr(events[1], name, value)
    with pytest.raises(Unfounded, match=complaint):
        folded(PROCEDURE, events)
    assert complaint in (judge(wheel, events) or "")


@pytest.mark.parametrize("missing", [0, 1, 2, 3])
def test_a_missing_event_is_found(missing: int, wheel: Wheel) -> None:
    events = list(history("wheel", wheel.pk))
    del events[missing]
    assert judge(wheel, events) is not None


def test_two_events_in_the_wrong_order_are_found(wheel: Wheel) -> None:
    events = list(history("wheel", wheel.pk))
    events[1], events[2] = events[2], events[1]
    assert judge(wheel, events) is not None


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ("state = 'gone'", "is in ('gone', 4); its events lead to ('turning', 4)"),
        ("version = 9", "is in ('turning', 9); its events lead to ('turning', 4)"),
        ("edition = 'jcm_2013'", "is under jcm_2013; its events lead to india_2026"),
    ],
)
def test_a_file_that_a_superuser_moved_is_found(change: str, complaint: str, wheel: Wheel) -> None:
    assert differences() == []
    with tampering("wheel_wheel") as raw:
        raw.execute(f"update wheel_wheel set {change} where id = %s", [wheel.pk])
    assert differences() == [f"wheel {wheel.pk} {complaint}"]


@pytest.mark.django_db(transaction=True)
def test_events_that_a_superuser_removed_or_rewrote_are_found(wheel: Wheel, people: Cast) -> None:
    other = turning(people.secretariat_host)
    with tampering("events_event") as raw:
        raw.execute("delete from events_delivery")
        raw.execute("delete from events_event where subject_id = %s and version = 2", [wheel.pk])
        raw.execute("delete from events_event where subject_id = %s", [other.pk])
    wheel_event = history("wheel", wheel.pk).get(version=3)
    assert differences() == [
        f"wheel {wheel.pk}: {wheel_event} cannot follow state made at version 1",
        f"wheel {other.pk} has no event",
    ]


@pytest.mark.django_db(transaction=True)
def test_events_without_a_file_are_found(wheel: Wheel) -> None:
    with tampering("wheel_wheel") as raw:
        raw.execute("delete from wheel_wheel")
    assert differences() == [f"wheel {wheel.pk} has events but no file"]


@pytest.mark.django_db(transaction=True)
def test_the_audit_of_each_act_raises_the_alarm(wheel: Wheel, caplog: pytest.LogCaptureFixture) -> None:
    assert wheel.state == "turning"
    assert relay() == 8
    with tampering("wheel_wheel") as raw:
        raw.execute("update wheel_wheel set state = 'slow'")
        raw.execute("update events_delivery set delivered_at = null, due_at = now()")
    assert relay() == 4, "those who are told are told again, to no effect"
    waiting = Delivery.objects.filter(subscriber="audit", delivered_at=None)
    assert waiting.count() == Event.objects.count() == 4
    assert {one.last_error.partition(":")[0] for one in waiting} == {"Unfounded"}
    assert "its events lead to" in caplog.text
