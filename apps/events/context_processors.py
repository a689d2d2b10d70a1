"""Whether the pages show sample data."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from apps.events.selectors import began_rehearsed


def sample_data(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 # reason: Django's signature
    """`sample_data`: true on a site whose log began under a rehearsal clock; looked up when a page asks."""
    return {"sample_data": SimpleLazyObject(began_rehearsed)}
