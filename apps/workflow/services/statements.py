"""The engine's own statements. Their texts are few and constant, so the server parses and plans each once a connection."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.db import DEFAULT_DB_ALIAS, connections
from psycopg import Cursor


def first_row(sql: str, parameters: Sequence[Any]) -> tuple[Any, ...] | None:
    """Execute a statement that returns rows and give the first; None where there is none.

    Django's own cursor writes the parameters into the text, which the server then reads anew each time.
    The driver's cursor sends them apart and prepares what it sees often (`prepare_threshold` of the
    settings; unset, nothing is prepared). Logging and errors stay Django's.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    connection.ensure_connection()
    own: Any = Cursor(connection.connection)
    with connection.make_debug_cursor(own) if connection.queries_logged else connection.make_cursor(own) as cursor:
        cursor.execute(sql, parameters)
        return cast("tuple[Any, ...] | None", cursor.fetchone())
