"""The same journeys under each edition of the rules."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from functools import partial
from typing import Any

# Under which rules a journey opens its file.
EDITION: ContextVar[str] = ContextVar("edition", default="india_2026")


def under(edition: str, journey: Any, *given: Any) -> Any:
    """What a journey brings, begun under an edition."""
    token = EDITION.set(edition)
    try:
        return journey(*given)
    finally:
        EDITION.reset(token)


def in_each(editions: Mapping[str, object], journeys: Mapping[Any, Any]) -> dict[str, dict[Any, Any]]:
    """The journeys of a procedure by edition."""
    return {edition: {state: partial(under, edition, way) for state, way in journeys.items()} for edition in editions}
