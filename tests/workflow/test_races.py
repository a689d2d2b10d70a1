"""Several at once: one wins, the others are told, and the books agree."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from apps.core import clock
from apps.core.errors import NotNow, NotReady
from apps.events.models import Delivery, Event
from apps.workflow.audit import differences
from apps.workflow.fsm import Act
from apps.workflow.models import Deadline
from apps.workflow.services import one_transaction, perform, take_number
from tests.decision import decide
from tests.people import Cast, actor
from tests.probe.services import completed
from tests.wheel.services import act, made, turning
from tests.workflow.test_refusals import before_the_committee
from tests.workflow.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 8, 1, 3, tzinfo=UTC)
ROUNDS = 300


def test_two_race_the_same_step_and_one_wins(people: Cast) -> None:
    both = (people.secretariat_host, people.secretariat_japan)
    wheel = turning(people.secretariat_host)
    for number in range(ROUNDS):
        step = ("slow", "stop", "restart")[number % 3]
        results = at_once([lambda member=member, step=step: act(wheel, step, member) for member in both])
        refusals = [one for one in results if isinstance(one, NotNow)]
        assert [one.codes for one in refusals] == [("DOOR-02",)]
        assert sum(isinstance(one, Event) for one in results) == 1
    assert Event.objects.filter(subject_id=wheel.pk).count() == 2 + ROUNDS == wheel.reload().version
    assert Delivery.objects.filter(subscriber="audit").count() == 2 + ROUNDS
    assert Deadline.objects.filter(subject_id=wheel.pk, closed_at=None, step="stop").count() == 1
    assert differences() == []


def test_eight_race_with_the_version_that_they_saw(people: Cast) -> None:
    wheel = made(people.secretariat_host)
    for seen in range(1, 11):
        results = at_once([lambda seen=seen: act(wheel, "mark", people.secretariat_host, version=seen)] * 8)
        assert sorted(one.codes for one in results if isinstance(one, NotNow)) == [("DOOR-04",)] * 7
    assert wheel.reload().version == 11


def test_nothing_is_lost_when_all_may(people: Cast) -> None:
    wheel = made(people.secretariat_host)
    at_once([lambda: [act(wheel, "mark", people.secretariat_host) for _ in range(10)]] * 4)
    stored = wheel.reload()
    assert (stored.version, len(stored.marks)) == (41, 40)
    assert list(Event.objects.filter(subject_id=wheel.pk).order_by("version").values_list("version", flat=True)) == list(
        range(1, 42)
    )


def test_two_governments_at_once_move_the_file_once(people: Cast) -> None:
    """Each approves; whichever comes second lets the rule put the file before the committee."""
    with clock.rehearse(NOON):
        probes = [completed(people.participant_host, people.secretariat_host) for _ in range(10)]
    for probe in probes:
        results = at_once(
            [lambda: perform(probe, "approve_host", actor=actor(people.government_host)),  # noqa: B023 - run at once
             lambda: perform(probe, "approve_japan", actor=actor(people.government_japan))]  # noqa: B023 - run at once
        )  # fmt: skip
        assert all(isinstance(one, Event) for one in results)
        assert (probe.reload().state, probe.reload().version) == ("committee", 6)


def test_files_of_one_holder_queue(people: Cast) -> None:
    """They lock the holder first, so that rivals wait for each other instead of deadlocking."""
    holder = {"fields": {"holder_id": people.participant_host.organisation_id}}
    wheels = [turning(people.secretariat_host, **holder) for _ in range(4)]
    steps = ("stop", "restart") * 5
    results = at_once([lambda w=w: [act(w, step, people.secretariat_host).version for step in steps] for w in wheels])
    assert results == [list(range(3, 13))] * 4


def test_numbers_are_given_once_under_a_race(people: Cast) -> None:
    probes = [before_the_committee(people) for _ in range(6)]
    at_once([lambda p=p: decide(people, p, "register", tonnes=1) for p in probes])
    assert sorted(probe.reload().reference for probe in probes) == [f"P{number:03d}" for number in range(1, 7)]


def test_a_wanted_number_is_given_to_one(people: Cast) -> None:
    wheel = made(people.secretariat_host)
    row = wheel.procedure.row("india_2026", "mark")

    def take() -> int:
        with one_transaction():
            act = Act(uuid4(), row, actor(people.secretariat_host), NOON, NOON.date(), "", {})
            return take_number(series="race", subject=wheel, act=act, wanted=7)

    results = at_once([take] * 6)
    assert [one for one in results if one == 7] == [7]
    assert [one.codes for one in results if isinstance(one, NotReady)] == [("NUM-01",)] * 5
