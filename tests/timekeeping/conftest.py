"""Noon of 1 March 2027 in Japan, and everybody in their roles."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from apps.core.clock import Rehearsal
from tests.people import Cast, cast

NOON = datetime(2027, 3, 1, 3, tzinfo=UTC)


@pytest.fixture
def starts_at() -> datetime:
    return NOON


@pytest.fixture
def people(db: None, time: Rehearsal) -> Cast:  # noqa: ARG001 - rows in a database, acts under the clock
    return cast()
