"""When the tests of meetings begin."""

from datetime import datetime

import pytest

from tests.meetings.convened import START


@pytest.fixture
def starts_at() -> datetime:
    return START
