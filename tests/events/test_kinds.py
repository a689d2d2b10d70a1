"""Event types come from the tables; subscribers get what they asked for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from apps.events.kinds import handler_of, kind, register_kind, subscriber, subscribers_of
from tests.events.registry import own_registry


@pytest.fixture(autouse=True)
def registry() -> Iterator[None]:
    with own_registry():
        yield


def ignore(event: object) -> None:
    """Do nothing with an event."""


def test_every_step_of_a_table_is_an_event_type() -> None:
    assert str(kind("probe.register").label) == "Register the probe"
    assert kind("wheel.stop").type == "wheel.stop"


@pytest.mark.parametrize("unknown", ["probe.registre", "", "probe", "probe.register.twice"])
def test_an_unknown_type_is_refused(unknown: str) -> None:
    with pytest.raises(LookupError, match="unknown event type"):
        kind(unknown)
    with pytest.raises(LookupError, match="unknown event type"):
        subscribers_of(unknown)


def test_a_prefix_chooses_and_an_empty_one_takes_all() -> None:
    register_kind("paper.folded", "Folded")
    subscriber("one", "paper.", "wheel.turn")(ignore)
    subscriber("all", "")(ignore)
    subscriber("none")(ignore)
    assert subscribers_of("paper.folded") == ["audit", "one", "all"]
    assert "one" in subscribers_of("wheel.turn")
    assert "one" not in subscribers_of("wheel.stop")


def test_a_subscriber_that_comes_later_is_heard_from_then_on() -> None:
    register_kind("paper.folded", "Folded")
    assert "late" not in subscribers_of("paper.folded")
    subscriber("late", "paper.")(ignore)
    assert "late" in subscribers_of("paper.folded")


def test_a_subscriber_that_is_not_registered_has_no_handler() -> None:
    with pytest.raises(LookupError, match="no subscriber 'gone'"):
        handler_of("gone")
