"""Which constraint of the database stands against a piece of work."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction


def constraint_against(work: Callable[[], object]) -> str:
    """The name of the constraint that refuses the work, at once or at the end of its transaction."""
    with pytest.raises(IntegrityError) as caught:
        _to_the_end(work)
    name: str = caught.value.__cause__.diag.constraint_name  # type: ignore[union-attr] # reason: psycopg's own error
    return name


def _to_the_end(work: Callable[[], object]) -> None:
    with transaction.atomic():
        work()
        connection.check_constraints()
