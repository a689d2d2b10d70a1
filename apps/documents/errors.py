"""Refusals of documents alone."""

from __future__ import annotations

from apps.core.errors import Refusal


class StoreAway(Refusal):
    """The service that keeps documents does not answer, or answers that it cannot (DOC-21). Nothing was kept."""

    status = 503
