"""People and a clock."""

from collections.abc import Iterator

import pytest

from apps.core import clock
from apps.core.clock import Rehearsal
from tests.meetings.convened import START
from tests.people import Cast, cast


@pytest.fixture
def time() -> Iterator[Rehearsal]:
    with clock.rehearse(START) as rehearsal:
        yield rehearsal


@pytest.fixture
def people(db: None) -> Cast:  # noqa: ARG001 - opens the database
    return cast()
