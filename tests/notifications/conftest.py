"""People, a clock, and what the relay hands over."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from apps.core import clock
from apps.core.clock import Rehearsal
from apps.events.services import relay
from tests.committee.ballots import START, probes_before_committee
from tests.people import Cast, cast
from tests.probe.models import Probe


@pytest.fixture
def time() -> Iterator[Rehearsal]:
    with clock.rehearse(START) as rehearsal:
        yield rehearsal


@pytest.fixture
def people(db: None) -> Cast:  # noqa: ARG001 - opens the database
    return cast()


@pytest.fixture
def probes(people: Cast, time: Rehearsal) -> list[Probe]:
    return probes_before_committee(people, time, 2)


@pytest.fixture
def deliver() -> Callable[[], None]:
    """Hand over all that waits."""

    def all_of_it() -> None:
        while relay():
            pass

    return all_of_it
