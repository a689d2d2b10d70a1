"""Noon of 1 March 2027 in Japan."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

NOON = datetime(2027, 3, 1, 3, tzinfo=UTC)


@pytest.fixture
def starts_at() -> datetime:
    return NOON
