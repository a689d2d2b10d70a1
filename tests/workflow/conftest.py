"""What the tests of the engine share."""

import pytest

from tests.people import Cast, cast


@pytest.fixture
def people(db: None) -> Cast:  # noqa: ARG001 - people are rows
    """Everybody, on both sides."""
    return cast()
