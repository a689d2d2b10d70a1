"""How a test says that the engine refuses and records nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from apps.core.errors import Refusal
from apps.events.models import Event


@contextmanager
def refused(kind: type[Refusal], *codes: str) -> Iterator[None]:
    """The block is refused with exactly these codes, and the log is as long as before."""
    before = Event.objects.count()
    with pytest.raises(kind) as caught:
        yield
    assert type(caught.value) is kind
    assert caught.value.codes == codes
    assert Event.objects.count() == before
