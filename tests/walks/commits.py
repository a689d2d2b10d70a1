"""Acts as a site would commit them, and whether anything was written: one transaction holds a whole run of walks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar

from django.apps import apps
from django.db import IntegrityError, connection, transaction

from apps.workflow.constraints import as_refusal
from apps.workflow.services.statements import first_row

T = TypeVar("T")

# Written by every sweep, whatever it finds; and what no act writes.
BESIDE = frozenset({"workflow_heartbeat", "django_session", "django_content_type", "auth_permission", "django_admin_log"})


@cache
def tables() -> tuple[str, ...]:
    """Every table of the site but for those that no act writes."""
    names = {model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed}
    return tuple(sorted(names - BESIDE))


@cache
def _print_sql() -> str:
    """Rows by place and by the transaction that wrote them: what is written shows, what was undone does not."""
    one = "(select count(*) || '/' || coalesce(sum(hashtid(ctid)::bigint * 31 + xmin::text::bigint), 0) from {})"
    return f"select {', '.join(one.format(table) for table in tables())}"


def fingerprint() -> tuple[str, ...]:
    """What the tables hold, a word for each."""
    return first_row(_print_sql(), None) or ()


def changed(before: tuple[str, ...], after: tuple[str, ...]) -> list[str]:
    """The tables that differ between two fingerprints."""
    return [table for table, was, now in zip(tables(), before, after, strict=True) if was != now]


def roll_back_to(mark: Any) -> None:
    """As if nothing had been since the mark, a broken statement included."""
    transaction.set_rollback(False)
    transaction.savepoint_rollback(mark)


@contextmanager
def undone() -> Iterator[None]:
    """The block's writes never were."""
    mark = transaction.savepoint()
    try:
        yield
    finally:
        roll_back_to(mark)
        # Nothing is committed, so that what waits for a commit would only pile up.
        connection.run_on_commit = []


def committed(work: Callable[[], T]) -> T:
    """Do it as if its transaction were committed: what is held only at the end is held now.

    A constraint that has a code refuses as it would at the commit. Whatever is raised has written nothing.
    """
    mark = transaction.savepoint()
    try:
        result = work()
        connection.check_constraints()
    except BaseException as error:
        roll_back_to(mark)
        refusal = as_refusal(error) if isinstance(error, IntegrityError) else None
        if refusal is not None:
            raise refusal from error
        raise
    transaction.savepoint_commit(mark)
    return result
