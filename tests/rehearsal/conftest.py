"""Scratch sites within the tests' own process."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from apps.rehearsal.scratch import Theatre


@pytest.fixture(scope="module")
def stages(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Theatre]:  # noqa: ARG001 # reason: migrated first
    """Scratch sites copied from this process's own database, which is migrated already. The tests commit, or use none."""
    with django_db_blocker.unblock():
        home = deepcopy(connection.settings_dict)
        yield Theatre(home, str(home["NAME"]))
