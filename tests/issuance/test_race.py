"""Many at once: overlapping requests of one project, and issuances that share the serial head."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextvars import copy_context
from datetime import date, timedelta
from time import perf_counter
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from apps.accounts.roles import Side
from apps.core import clock
from apps.core.errors import NotNow, NotReady, Refusal
from apps.documents.kinds import Kind
from apps.issuance.models import Round
from apps.issuance.procedure import State
from apps.issuance.selectors import overlapping, reconcile
from apps.registry.models import Block, SerialHead, Transfer
from tests.issuance.walk import STARTS_ON, Course
from tests.people import cast
from tests.projects.walk import World, noon, upload

THREADS = 50

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def committed(transactional_db: None) -> Iterator[Course]:  # noqa: ARG001 - threads see committed rows only
    with clock.rehearse(noon(2027, 3, 1)) as time:
        yield Course(World(cast(), time, "jcm_2013"))


def at_once(works: list[Callable[[], Any]]) -> list[tuple[Any, float]]:
    """Run everything at one moment, each in a thread with a connection of its own: what came of it, and the seconds it took.

    A refusal is a result; any other exception is raised here.
    """
    gate, found = threading.Barrier(len(works)), [(None, 0.0)] * len(works)

    def run(number: int) -> None:
        result: Any = None
        connection.ensure_connection()
        gate.wait(60)
        started = perf_counter()
        try:
            result = works[number]()
        except Exception as error:  # noqa: BLE001 - handed to the caller
            result = error
        finally:
            found[number] = (result, perf_counter() - started)
            connection.close()

    threads = [threading.Thread(target=copy_context().run, args=(run, number)) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    for result, _seconds in found:
        if isinstance(result, Exception) and not isinstance(result, Refusal):
            raise result
    return found


def code_of(refusal: Refusal) -> str:
    """Its one code; on a busy machine some wait for the lock in vain (DOOR-12), which is not a deadlock."""
    assert getattr(getattr(refusal.__cause__, "__cause__", None), "sqlstate", None) != "40P01"
    (code,) = refusal.codes
    return code


def rival(course: Course, project: Any, number: int) -> Round:
    """A verified round with its request at hand; all rivals share the day after the first fifty."""
    starts_on = STARTS_ON + timedelta(days=number % THREADS)
    one = course.reach(State.VERIFIED, course.open(project, starts_on, STARTS_ON + timedelta(days=THREADS + number % THREADS)))
    upload(one, course.people.participant_japan, Kind.ISSUANCE_REQUEST)
    return one.reload()


def race(course: Course, repetitions: int) -> None:
    project = course.project()
    rounds = [rival(course, project, number) for number in range(THREADS)]
    worst = 0.0
    for _repetition in range(repetitions):
        found = at_once([lambda one=one: course.act(one, "request_issuance", course.people.participant_japan) for one in rounds])
        winners = [one for one, (result, _seconds) in zip(rounds, found, strict=True) if not isinstance(result, Exception)]
        refusals = [result for result, _seconds in found if isinstance(result, Exception)]
        assert len(winners) == 1
        assert {code_of(one) for one in refusals} <= {"ISS-07", "DOOR-12"}
        assert list(Round.objects.filter(claims_period=True)) == winners
        assert overlapping(winners[0]).count() == 0
        worst = max(worst, *(seconds for _result, seconds in found))
        number = rounds.index(winners[0])
        course.request_withdrawn(winners[0])
        rounds[number] = rival(course, project, number)
    print(f"\n{repetitions} races of {THREADS} threads: one winner each, worst wait {worst * 1000:.0f} ms")
    assert worst < 10


def test_fifty_threads_ask_for_overlapping_periods_and_one_wins(committed: Course) -> None:
    race(committed, 3)


def test_rivals_queue_on_the_project_before_they_look(committed: Course) -> None:
    one = rival(committed, committed.project(), 0)
    address = settings.TEST_CLUSTER.address("postgres", str(connection.settings_dict["NAME"]))
    with psycopg.connect(address) as somebody, connection.cursor() as cursor:
        somebody.execute("select id from projects_project for no key update")
        cursor.execute("set lock_timeout = '100ms'")
        with pytest.raises(NotNow) as caught:
            committed.act(one, "request_issuance", committed.people.participant_japan)
        cursor.execute("reset lock_timeout")
    assert caught.value.codes == ("DOOR-12",)
    committed.act(one, "request_issuance", committed.people.participant_japan)


@pytest.mark.long
def test_fifty_threads_ask_twenty_times_and_one_wins_each_time(committed: Course) -> None:
    race(committed, 20)


def test_periods_that_only_touch_are_all_granted_at_once(committed: Course) -> None:
    project = committed.project()
    rounds = []
    for month in range(1, 9):
        starts_on, ends_on = date(2028, month, 1), date(2028, month + 1, 1) - timedelta(days=1)
        one = committed.reach(State.VERIFIED, committed.open(project, starts_on, ends_on))
        upload(one, committed.people.participant_japan, Kind.ISSUANCE_REQUEST)
        rounds.append(one)
    at_once([lambda one=one: committed.act(one, "request_issuance", committed.people.participant_japan) for one in rounds])
    assert {one.reload().state for one in rounds} == {State.REQUESTED}


def test_both_sides_of_several_projects_issue_at_once_and_share_no_serial(committed: Course) -> None:
    rounds = [committed.decided(host=100 + number, japan=1000 + number) for number in range(4)]
    works = [
        lambda one=one, side=side: committed.act(one, f"issue_{side}", getattr(committed.people, f"registry_{side}"))
        for one in rounds
        for side in Side
    ]
    found = at_once(works)
    assert [result for result, _seconds in found if isinstance(result, Exception)] == []
    blocks = list(Block.objects.order_by("serial"))
    assert len(blocks) == 8
    assert [block.first_serial for block in blocks] == [1, *(block.last_serial + 1 for block in blocks[:-1])]
    assert SerialHead.objects.get().last == blocks[-1].last_serial == sum(block.tonnes for block in blocks) == 4412
    assert Transfer.objects.count() == 8
    assert {one.reload().state for one in rounds} == {State.CLOSED}
    assert reconcile() == []


def test_one_side_issues_once_however_many_officers_press_the_button(committed: Course) -> None:
    one = committed.decided(host=100, japan=1000)
    found = at_once([lambda: committed.act(one, "issue_japan", committed.people.registry_japan) for _officer in range(8)])
    refusals = [result for result, _seconds in found if isinstance(result, Exception)]
    assert [refusal.codes for refusal in refusals] == [("ISS-18",)] * 7
    assert Block.objects.get().tonnes == 1000


def test_both_registries_issue_their_vintages_at_once(committed: Course) -> None:
    committed.by_year = {2028: 4000, 2029: 5000}
    lines = (
        "2028; host; government; 800\n2029; host; government; 1000\n2028; japan; government; 3200\n2029; japan; government; 4000"
    )
    one = committed.decided_by_line(lines, committed.open(None, STARTS_ON, date(2029, 3, 31)))
    works = [
        lambda side=side: committed.act(one, f"issue_{side}", getattr(committed.people, f"registry_{side}"))
        for side in (*Side, *Side)
    ]
    refusals = [result for result, _seconds in at_once(works) if isinstance(result, Exception)]
    assert {code_of(refusal) for refusal in refusals} <= {"ISS-18", "DOOR-02", "DOOR-12"}
    assert len(refusals) == 2
    blocks = Block.objects.order_by("side", "vintage").values_list("side", "vintage", "tonnes")
    assert list(blocks) == [("host", 2028, 800), ("host", 2029, 1000), ("japan", 2028, 3200), ("japan", 2029, 4000)]
    assert (one.reload().state, SerialHead.objects.get().last) == (State.CLOSED, 9000)
    assert reconcile() == []


def test_a_refused_issuance_gives_its_serials_back(committed: Course) -> None:
    one = committed.decided(host=100, japan=1000)
    with pytest.raises(NotReady):
        committed.act(one, "issue_host", committed.people.registry_host, parts=[(987_654, 100)])
    committed.act(one, "issue_host", committed.people.registry_host)
    assert (Block.objects.get().first_serial, SerialHead.objects.get().last) == (1, 100)
