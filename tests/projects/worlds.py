"""Worlds of projects, at noon in Japan on 1 March 2027, for the folders whose tests begin in one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from apps.core import clock
from tests.people import cast
from tests.portal.reading import Reader
from tests.projects.walk import World, noon


@pytest.fixture(autouse=True)
def document_root(settings: Any, tmp_path: Path) -> None:
    settings.DOCUMENT_ROOT = tmp_path / "documents"


@pytest.fixture
def jcm(db: None) -> Iterator[World]:  # noqa: ARG001 - opens the database
    """First generation."""
    with clock.rehearse(noon(2027, 3, 1)) as time:
        yield World(cast(), time, "jcm_2013")


@pytest.fixture
def india(db: None) -> Iterator[World]:  # noqa: ARG001 - opens the database
    """India 2026."""
    with clock.rehearse(noon(2027, 3, 1)) as time:
        yield World(cast(), time, "india_2026")


@pytest.fixture
def read(client: Client) -> Reader:
    """Somebody's browser without scripts."""
    return Reader(client)
