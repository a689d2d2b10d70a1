"""Rows as no form would let them in: whatever stands in the database, an export hands out nothing live."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection

from apps.core.statements import first_row

Row = dict[str, Any]
# Far from the keys of what was there.
FIRST = 1_000_001


def rows_of(table: str) -> list[Row]:
    """Every row of a table."""
    (found,) = first_row(f"select coalesce(json_agg(r)::text, '[]') from {table} r", None) or ("[]",)
    rows: list[Row] = json.loads(found)
    return rows


def put(rows: Mapping[str, Iterable[Row]]) -> None:
    """Put these rows in place of those of their tables, past what guards them."""
    contents = [json.dumps(list(one)) for one in rows.values()]
    with connection.cursor() as cursor:
        # Rows of this transaction that await a check would keep their table from being filled.
        cursor.execute("set constraints all immediate; set constraints all deferred")
    first_row("select 1 from remembered.put_back(%s, %s)", [list(rows), contents])


def multiplied(rows: Iterable[Row], texts: Mapping[str, Iterable[str]], **others: Any) -> list[Row]:
    """As many of each row as there are texts, with keys of their own and in each column of `texts` the next one."""
    columns = list(texts)
    each = list(zip(*texts.values(), strict=True))
    found = []
    for row in rows:
        for said in each:
            found.append({**row, **others, **dict(zip(columns, said, strict=True)), "id": FIRST + len(found)})
    return found
