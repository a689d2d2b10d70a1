"""Plans belong to projects and reports to rounds: they are tested with the rounds of the issuance tests."""

from collections.abc import Iterator

import pytest

from apps.core import clock
from tests.issuance.conftest import document_root, india
from tests.issuance.walk import Course
from tests.people import cast
from tests.portal.conftest import read
from tests.projects.walk import World, noon

__all__ = ["document_root", "india", "read"]


@pytest.fixture
def second(db: None) -> Iterator[Course]:  # noqa: ARG001 - the rows need a database
    """Second generation."""
    with clock.rehearse(noon(2027, 3, 1)) as time:
        yield Course(World(cast(), time, "jcm_2022"))
