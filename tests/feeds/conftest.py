"""People, a clock at noon in Japan on 20 February 2027, and how a calendar is read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.feeds.reading import Subscriber
from tests.feeds.receiving import Receiver, receiving
from tests.meetings.convened import START


@pytest.fixture(autouse=True)
def document_root(settings: Any, tmp_path: Path) -> None:
    settings.DOCUMENT_ROOT = tmp_path / "documents"


@pytest.fixture
def starts_at() -> datetime:
    return START


@pytest.fixture
def subscriber(client: Client) -> Subscriber:
    return Subscriber(client)


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    """A program on this machine, which the site may call."""
    settings.WEBHOOKS_TO_LOOPBACK = True
    with receiving() as one:
        yield one
