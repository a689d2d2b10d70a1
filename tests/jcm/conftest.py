"""A folder for servers, left clean whatever a test did."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from jcm.embedded import Broker, Postgres


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short folder: the names of sockets are limited, and what pytest offers is long."""
    with tempfile.TemporaryDirectory(prefix="jcm-") as name:
        yield Path(name)
        for note in Path(name).rglob("postmaster.pid"):
            Postgres(note.parent).stop()
        for note in Path(name).rglob("pid"):
            Broker(note.parent).stop()
