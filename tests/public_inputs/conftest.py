"""A clock that stands at noon in Japan, everybody in their roles, and a store of documents that is thrown away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from apps.core import clock
from apps.core.clock import Rehearsal
from apps.methodologies.models import ProposedMethodology
from tests.journeys import methodology
from tests.people import Cast, cast


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> None:
    settings.DOCUMENT_ROOT = tmp_path / "documents"


@pytest.fixture
def time() -> Iterator[Rehearsal]:
    """31 July 2028, noon in Japan: the window of what is published now ends with 14 August."""
    with clock.rehearse(datetime(2028, 7, 31, 3, tzinfo=UTC)) as rehearsal:
        yield rehearsal


@pytest.fixture
def people(db: None, time: Rehearsal) -> Cast:  # noqa: ARG001 - rows in a database, acts under the clock
    return cast()


@pytest.fixture
def proposal(people: Cast, time: Rehearsal) -> ProposedMethodology:
    """Open for public inputs from today."""
    return methodology.published(people, time)
