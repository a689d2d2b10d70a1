"""Subscribers that exist for one test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from apps.events import kinds

OF_THE_SITE = frozenset(kinds._subscribers)


@contextmanager
def own_registry() -> Iterator[None]:
    """What is registered inside is gone afterwards; of the site's own subscribers the audit alone listens meanwhile."""
    before = dict(kinds._subscribers), dict(kinds._kinds)
    for name in kinds._subscribers.keys() & OF_THE_SITE - {"audit"}:
        del kinds._subscribers[name]
    kinds._wanted.clear()
    try:
        yield
    finally:
        for registry, kept in zip((kinds._subscribers, kinds._kinds), before, strict=True):
            registry.clear()
            registry.update(kept)
        kinds._wanted.clear()
