"""How a test says that nothing was recorded: the content of the books before and after."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import pytest
from django.db import connection

from apps.core.errors import Refusal
from apps.workflow import registry

ENGINE = ("events_event", "events_delivery", "workflow_deadline", "workflow_issuednumber", "documents_documentversion")


@cache
def _tables() -> tuple[str, ...]:
    """The engine's tables and those of every procedure's files."""
    files = {registry.model_of(procedure.key)._meta.db_table for procedure in registry.procedures()}
    return (*ENGINE, *sorted(files))


@cache
def _digest_sql() -> str:
    sums = [f"(select md5(string_agg(r::text, '|' order by r.id)) from {table} r)" for table in _tables()]
    return f"select {', '.join(sums)}"


def books() -> dict[str, str | None]:
    """A digest of each table; None for an empty one."""
    with connection.cursor() as cursor:
        cursor.execute(_digest_sql())
        return dict(zip(_tables(), cursor.fetchone(), strict=True))


@contextmanager
def untouched() -> Iterator[None]:
    """The block leaves the books as they were."""
    before = books()
    yield
    after = books()
    assert {table for table in before if before[table] != after[table]} == set()


@contextmanager
def refused(kind: type[Refusal], *codes: str) -> Iterator[pytest.ExceptionInfo[Refusal]]:
    """The block is refused with exactly these codes, and nothing is recorded."""
    with untouched():
        with pytest.raises(kind) as refusal:
            yield refusal
        assert type(refusal.value) is kind
        assert refusal.value.codes == codes
