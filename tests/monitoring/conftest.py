"""Files are read in this process, for a child takes half a second; what is about the child asks for `behind_walls`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from apps.monitoring import services
from tests.monitoring.desk import listed


def here(job: str, path: Path) -> Any:
    """The same job without its walls."""
    assert job == services.READER
    return listed(path)


@pytest.fixture
def behind_walls() -> None:
    """Files are read by a child, as on the site."""


@pytest.fixture(autouse=True)
def read_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless the test is about the child."""
    if "behind_walls" not in request.fixturenames:
        monkeypatch.setattr(services, "confined", here)
