"""Scratch sites within the tests' own process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from apps.rehearsal.scratch import Theatre, theatre


@pytest.fixture(scope="module")
def stages(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Theatre]:  # noqa: ARG001 # reason: migrated first
    """Scratch sites of one template, which nobody else is connected to. The tests commit, or use none."""
    with django_db_blocker.unblock(), theatre() as found:
        yield found
