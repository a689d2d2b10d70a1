"""A clock that stands at noon in Japan, and everybody in their roles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from apps.core import clock
from apps.core.clock import Rehearsal
from tests.people import Cast, cast

NOON = datetime(2027, 3, 1, 3, tzinfo=UTC)  # Monday 1 March 2027, noon in Japan


@pytest.fixture
def time() -> Iterator[Rehearsal]:
    with clock.rehearse(NOON) as rehearsal:
        yield rehearsal


@pytest.fixture
def people(db: None, time: Rehearsal) -> Cast:  # noqa: ARG001 - rows in a database, acts under the clock
    return cast()
