"""Scratch sites beside this process's test database."""

from __future__ import annotations

from copy import deepcopy

from django.db import connection

from apps.rehearsal.scratch import Theatre

# Where a session finds the name of a migrated database that it may copy.
TEMPLATE = "JCM_TEST_TEMPLATE"


def pristine_of(database: str) -> str:
    """The copy of a test database that nobody connects to: migrated, and empty."""
    return f"{database}_pristine"


def theatre_of_tests() -> Theatre:
    """Scratch sites that begin with the migrated and empty database."""
    return Theatre(deepcopy(connection.settings_dict), pristine_of(str(connection.settings_dict["NAME"])))
