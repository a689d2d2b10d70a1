"""How long similar files stayed where one is, by the log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils.translation import override

from apps.core import clock
from apps.workflow.render.words import stays_words
from apps.workflow.services import perform
from tests.people import Cast, actor
from tests.probe.models import Probe
from tests.probe.services import lodged

NOON = datetime(2027, 3, 1, 3, tzinfo=UTC)


def left_after(people: Cast, *days: int) -> Probe:
    """A probe that was lodged just now, beside others that were withdrawn so many days after they were lodged."""
    with clock.rehearse(NOON) as time:
        for count in days:
            probe = lodged(people.participant_host)
            time.move_to(time.moment + timedelta(days=count))
            perform(probe, "note", actor=actor(people.secretariat_host), remark="It stays where it is.")
            perform(probe, "withdraw", actor=actor(people.participant_host))
        return lodged(people.participant_host)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((), ""),
        ((2, 2), ""),
        ((9, 1, 4), "Similar files left this state after 1 to 9 days; the median of the last 3 files is 4."),
        ((0, 30, 2, 1), "Similar files left this state after 0 to 30 days; the median of the last 4 files is 1."),
        ((1, 1, 1), "Each of the last 3 similar files left this state after 1 day."),
        ((7, 7, 7), "Each of the last 3 similar files left this state after 7 days."),
    ],
)
def test_what_the_log_says(people: Cast, days: tuple[int, ...], words: str) -> None:
    assert stays_words(left_after(people, *days)) == words


def test_it_is_said_in_the_readers_language(people: Cast) -> None:
    probe = left_after(people, 9, 1, 4)
    with override("ja"):
        assert stays_words(probe) == "類似の案件は1～9日でこの状態を終えています。直近3件の中央値は4日です。"


def test_the_latest_files_speak(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.events.selectors.LATEST", 3)
    assert stays_words(left_after(people, 90, 5, 6, 7)) == (
        "Similar files left this state after 5 to 7 days; the median of the last 3 files is 6."
    )


def test_of_hidden_states_nothing_is_told(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    probe = left_after(people, 9, 1, 4)
    monkeypatch.setattr(Probe, "hidden_in", frozenset({"lodged"}))
    assert stays_words(probe) == ""


def test_a_files_page_says_it_while_something_is_awaited(people: Cast, client: Client) -> None:
    probe = left_after(people, 9, 1, 4)
    client.force_login(people.secretariat_host.user)
    assert "Similar files left this state after 1 to 9 days" in client.get(probe.get_absolute_url()).content.decode()
    perform(probe, "withdraw", actor=actor(people.participant_host))
    assert "Similar files" not in client.get(probe.get_absolute_url()).content.decode()
