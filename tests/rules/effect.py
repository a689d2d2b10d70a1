"""How a test says that the committee adopted something and the engine refused its effect."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from apps.core.errors import NotReady


@contextmanager
def by_the_engine(*codes: str) -> Iterator[None]:
    """The adopted step in the block is refused with exactly these codes."""
    with pytest.raises(NotReady) as caught:
        yield
    assert caught.value.codes == codes
