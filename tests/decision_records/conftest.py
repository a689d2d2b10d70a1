"""People, a clock, and probes that wait for the committee, as the tests of ballots have them."""

from pathlib import Path
from typing import Any

import pytest

from tests.committee.conftest import probe, probes, starts_at

__all__ = ["probe", "probes", "starts_at"]


@pytest.fixture(autouse=True)
def folders(settings: Any, tmp_path: Path) -> None:
    """Documents and papers of each test lie in a folder of its own."""
    settings.DOCUMENT_ROOT = tmp_path / "documents"
    settings.PAPER_ROOT = tmp_path / "papers"
