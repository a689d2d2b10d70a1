"""Subscribers that exist for one test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from apps.events import kinds


@contextmanager
def own_registry() -> Iterator[None]:
    """What is registered inside is gone afterwards. Of the site's own subscribers only the audit listens."""
    before = dict(kinds._subscribers), dict(kinds._kinds)
    kinds._subscribers.pop("notifications", None)
    kinds._wanted.clear()
    try:
        yield
    finally:
        for registry, kept in zip((kinds._subscribers, kinds._kinds), before, strict=True):
            registry.clear()
            registry.update(kept)
        kinds._wanted.clear()
