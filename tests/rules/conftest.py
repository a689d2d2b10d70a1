"""A clock that stands at noon in Japan, and everybody in their roles."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from apps.core import clock
from apps.core.clock import Rehearsal
from tests.people import Cast, cast
from tests.projects.walk import noon


@pytest.fixture
def time() -> Iterator[Rehearsal]:
    with clock.rehearse(noon(2028, 2, 15)) as rehearsal:
        yield rehearsal


@pytest.fixture
def people(db: None, time: Rehearsal) -> Cast:  # noqa: ARG001 - rows in a database, acts under the clock
    return cast()
