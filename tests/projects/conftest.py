"""A world per edition, at noon in Japan on 1 March 2027."""

from collections.abc import Iterator

import pytest

from apps.core import clock
from tests.people import cast
from tests.projects.walk import World, noon
from tests.projects.worlds import document_root, india, jcm

__all__ = ["document_root", "india", "jcm"]


@pytest.fixture(params=["jcm_2013", "india_2026"])
def world(request: pytest.FixtureRequest, db: None) -> Iterator[World]:  # noqa: ARG001 - opens the database
    """Each edition in turn."""
    with clock.rehearse(noon(2027, 3, 1)) as time:
        yield World(cast(), time, request.param)
