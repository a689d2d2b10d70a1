"""A store of each test's own, a probe, and somebody who sends documents to it; some modules have their own instead."""

from pathlib import Path

import pytest

from tests.inspection.conftest import probe, root, sender

__all__ = ["probe", "root", "sender"]


@pytest.fixture(autouse=True)
def apart(root: Path) -> None:
    """Nothing is written to another's store."""
