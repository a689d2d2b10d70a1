"""A project's world per edition, at noon in Japan on 1 March 2027."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from apps.core import clock
from tests.people import cast
from tests.projects.walk import World, noon
from tests.reference_emissions.walk import Assessing


@pytest.fixture(autouse=True)
def document_root(settings: Any, tmp_path: Path) -> None:
    settings.DOCUMENT_ROOT = tmp_path / "documents"


@pytest.fixture
def india(db: None) -> Iterator[Assessing]:  # noqa: ARG001 - the rows need a database
    """India 2026."""
    with clock.rehearse(noon(2027, 3, 1)) as time:
        yield Assessing(World(cast(), time, "india_2026"))


@pytest.fixture(params=["jcm_2022", "india_2026"])
def assessing(request: pytest.FixtureRequest, db: None) -> Iterator[Assessing]:  # noqa: ARG001 - the rows need a database
    """Each edition that knows such assessments."""
    with clock.rehearse(noon(2027, 3, 1)) as time:
        yield Assessing(World(cast(), time, request.param))
