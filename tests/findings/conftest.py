"""A world per edition, at noon in Japan on 1 March 2027."""

import pytest

from tests.issuance.walk import Course
from tests.projects.walk import World
from tests.projects.worlds import document_root, india, jcm

__all__ = ["document_root", "india", "jcm"]


@pytest.fixture
def course(jcm: World) -> Course:
    """Rounds of the first generation."""
    return Course(jcm)
