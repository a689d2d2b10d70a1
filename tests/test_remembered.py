"""A world that is put back is the one that was made, and is put back only where the same would be made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from apps.accounts.models import User
from apps.core import clock
from apps.core.clock import Rehearsal
from apps.documents.models import DocumentVersion
from apps.events.models import Event
from apps.projects.procedure import State
from apps.workflow.audit import differences
from apps.workflow.services import perform
from tests.people import actor, cast
from tests.projects.walk import World, noon
from tests.remembered import Store, digest, remembered

pytestmark = pytest.mark.django_db
Made = Callable[[], list[int]]


@pytest.fixture
def time(settings: Any, tmp_path: Path) -> Iterator[Rehearsal]:
    settings.DOCUMENT_ROOT = tmp_path / "documents"
    with clock.rehearse(noon(2027, 3, 1)) as rehearsal:
        yield rehearsal


def times_made(asked: str) -> list[int]:
    """How often something was really made that was asked for, as many times as two tests would ask."""
    made: list[int] = []
    for _turn in range(2):
        mark = transaction.savepoint()
        cast()
        remembered((asked,), lambda: made.append(1))
        transaction.savepoint_rollback(mark)
    return made


def anew(edition: str, time: Rehearsal) -> tuple[World, Any]:
    """A world with a validated project, then nothing: as if its test had ended."""
    mark = transaction.savepoint()
    with clock.rehearse(time.moment) as own:
        world = World(cast(), own, edition)
        project = world.reach(State.VALIDATED)
        found = (digest(), own.moment, project.pk, sorted(world.made))
    transaction.savepoint_rollback(mark)
    return world, found


def test_what_is_put_back_is_what_was_made_to_the_last_column(time: Rehearsal) -> None:
    (_, first), (_, again) = anew("india_2026", time), anew("india_2026", time)
    assert first == again
    assert any(key[0][0] == "project" for key in Store.known)


def test_a_file_that_was_put_back_goes_on_as_any_other(time: Rehearsal) -> None:
    anew("india_2026", time)
    world = World(cast(), time, "india_2026")
    project = world.reach(State.VALIDATED)
    event = perform(project, "withdraw", actor=actor(world.people.participant_japan))
    connection.check_constraints()
    assert project.reload().state == event.to_state == State.WITHDRAWN
    assert differences() == []
    assert all(one.path.read_bytes() for one in DocumentVersion.objects.all())
    with connection.cursor() as cursor:
        cursor.execute("select pg_current_xact_id()::text::bigint, transaction_timestamp()")
        assert set(Event.objects.values_list("transaction_id", "recorded_at")) == {cursor.fetchone()}


def test_the_rules_of_the_database_are_in_force_again(time: Rehearsal) -> None:
    def held() -> set[tuple[str, str]]:
        with connection.cursor() as cursor:
            cursor.execute("select tgname, tgenabled::text from pg_trigger")
            return set(cursor.fetchall())

    before = held()
    anew("jcm_2022", time)
    World(cast(), time, "jcm_2022").reach(State.VALIDATED)
    assert held() == before
    assert {enabled for _name, enabled in before} >= {"A", "O"}


@pytest.mark.usefixtures("time")
def test_what_is_asked_twice_is_made_once() -> None:
    assert times_made("once") == [1]


@pytest.mark.usefixtures("time")
def test_it_is_made_again_on_other_rows_and_at_another_hour(time: Rehearsal) -> None:
    made: list[int] = []
    cast()
    remembered(("other rows",), lambda: made.append(1))
    time.move_to(noon(2027, 3, 2))
    remembered(("other rows",), lambda: made.append(2))
    User.objects.create_user("somebody@example.org", name="Somebody")
    remembered(("other rows",), lambda: made.append(3))
    assert made == [1, 2, 3]


def test_under_the_real_clock_nothing_is_remembered() -> None:
    assert times_made("real clock") == [1, 1]


@pytest.mark.usefixtures("time")
def test_a_test_that_patches_something_remembers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 - asked for
    assert times_made("patched") == [1, 1]
