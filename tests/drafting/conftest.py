"""A world per edition, at noon in Japan on 1 March 2027, and a project that a verifier validates."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from apps.core import clock
from apps.projects.models import Project
from tests.drafting.filling import Desk
from tests.paper import PDF
from tests.people import cast
from tests.projects.walk import World, noon


@pytest.fixture(autouse=True)
def roots(settings: Any, tmp_path: Path) -> None:
    settings.DOCUMENT_ROOT, settings.PAPER_ROOT = tmp_path / "documents", tmp_path / "papers"


@pytest.fixture
def india(db: None) -> Iterator[World]:  # noqa: ARG001 - opens the database
    """India 2026."""
    with clock.rehearse(noon(2027, 3, 1)) as time:
        yield World(cast(), time, "india_2026")


@pytest.fixture
def jcm(db: None) -> Iterator[World]:  # noqa: ARG001 - opens the database
    """First generation."""
    with clock.rehearse(noon(2027, 3, 1)) as time:
        yield World(cast(), time, "jcm_2013")


@pytest.fixture
def plain_papers() -> Iterator[None]:
    """Forms are produced without being set, which takes long; for tests that do not look into them."""
    with patch("apps.drafting.services.pdf", return_value=PDF):
        yield


@pytest.fixture
def project(india: World) -> Project:
    """A project in validation, whose entity has accepted."""
    return india.in_validation()


@pytest.fixture
def desk(india: World, project: Project) -> Desk:
    """The validation report of that project, as its entity writes it."""
    return Desk(project, "VAL", india.people.tpe)
