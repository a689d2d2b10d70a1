"""Counts that cost no more when the site grows: above a bound nothing is counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery

from apps.accounts.models import User

MOST = 1000


class Counted(Subquery):
    """How many rows a query finds, as a value in another."""

    template = "(select count(*) from (%(subquery)s) counted)"
    output_field = IntegerField()


def counts(reader: User, queries: Mapping[str, QuerySet[Any]], most: int = MOST) -> dict[str, int]:
    """How many rows some queries find, each at most one more than `most`; one query whatever their number."""
    if not queries:
        return {}
    names = {f"n{place}": name for place, name in enumerate(queries)}
    wanted = {key: Counted(queries[name].order_by().values("pk")[: most + 1]) for key, name in names.items()}
    row = User.objects.filter(pk=reader.pk).order_by().annotate(**wanted).values(*wanted).get()
    return {name: row[key] or 0 for key, name in names.items()}
