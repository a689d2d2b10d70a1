"""A world under the rules of India 2026, at noon in Japan on 1 March 2027, and how a page is asked for."""

import pytest

from tests.issuance.walk import Course
from tests.projects.walk import World
from tests.projects.worlds import document_root, india, read

__all__ = ["document_root", "india", "read"]


@pytest.fixture
def course(india: World) -> Course:
    return Course(india)
