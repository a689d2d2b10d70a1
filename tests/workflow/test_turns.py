"""Whose turn a file was at, and for how long, as the log tells it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from apps.accounts.roles import Capacity, Role, Side
from apps.core import clock
from apps.events.selectors import history
from apps.workflow import registry
from apps.workflow.models import Subject
from apps.workflow.services import perform, sweep
from apps.workflow.turns import OF_ROLE, Turn, time_spent, turns_of
from tests.people import Cast, actor
from tests.probe.services import completed
from tests.wheel.models import Wheel
from tests.wheel.services import act, made

NOON = datetime(2027, 3, 1, 3, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def spent(file: Subject, until: datetime) -> dict[Turn, timedelta]:
    return time_spent(file, list(history(file.procedure.key, file.pk)), until)


def test_each_stretch_is_that_of_whoever_is_waited_for(people: Cast) -> None:
    with clock.rehearse(NOON) as time:
        wheel = made(people.secretariat_host)  # the secretariat is to turn it
        time.move_to(NOON + 2 * DAY)
        act(wheel, "turn", people.secretariat_host)  # the secretariat may stop it, else the clock does
        time.move_to(NOON + 5 * DAY)
        act(wheel, "slow", people.secretariat_host)  # it is waited for as before
        time.move_to(NOON + 6 * DAY)
        act(wheel, "stop", people.secretariat_host)  # the committee is to finish it
    assert spent(wheel, NOON + 10 * DAY) == {Turn.SECRETARIAT: 6 * DAY, Turn.COMMITTEE: 4 * DAY}


def test_a_window_is_the_clocks_and_a_side_that_has_approved_is_waited_for_no_more(people: Cast) -> None:
    with clock.rehearse(NOON) as time:
        probe = completed(people.participant_host, people.secretariat_host)
        time.move_to(NOON + 20 * DAY)
        sweep()
        time.move_to(NOON + 22 * DAY)
        perform(probe, "approve_host", actor=actor(people.government_host))
        time.move_to(NOON + 27 * DAY)
    inputs_end = datetime(2027, 3, 15, 15, tzinfo=UTC)
    probe = probe.reload()
    found = spent(probe, NOON + 27 * DAY)
    closed_at = probe.state_since
    assert found[Turn.CLOCK] == closed_at - NOON
    assert closed_at == NOON + 20 * DAY > inputs_end, "a late sweep is written when it is done"
    assert (found[Turn.HOST], found[Turn.JAPAN]) == (2 * DAY, 7 * DAY)


def test_a_file_that_waits_for_nobody_spends_no_more(people: Cast) -> None:
    with clock.rehearse(NOON) as time:
        wheel = made(people.secretariat_host)
        act(wheel, "turn", people.secretariat_host)
        time.move_to(NOON + HOUR)
        act(wheel, "mark", people.secretariat_host, words="done")
        act(wheel, "stop", people.secretariat_host)
    assert wheel.reload().state == "done"
    assert spent(wheel, NOON + 99 * DAY) == {Turn.SECRETARIAT: HOUR}


def test_every_role_of_every_table_has_a_turn() -> None:
    for procedure in registry.procedures():
        for rows in procedure.tables.values():
            assert all(turns_of(capacity) for row in rows for capacity in row.who)
    assert turns_of(Capacity(Role.GOVERNMENT, Side.HOST)) == {Turn.HOST}
    assert turns_of(Capacity(Role.REGISTRY)) == {Turn.HOST, Turn.JAPAN}
    assert {role for role in Role if role not in OF_ROLE} == {Role.GOVERNMENT, Role.REGISTRY, Role.AUTHORITY, Role.EXPERT}


@pytest.mark.django_db
def test_the_page_of_a_file_says_it(people: Cast, client: Client) -> None:
    with clock.rehearse(NOON) as time:
        wheel = made(people.secretariat_host)
        time.move_to(NOON + 1.5 * DAY)
        client.force_login(people.secretariat_host.user)
        page = client.get(wheel.get_absolute_url()).content.decode()
    assert "Where the time went" in page
    assert "<div>1.5</div>" in page
    assert Wheel.objects.count() == 1
