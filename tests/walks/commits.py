"""Acts as a site would commit them, and whether anything was written: one transaction holds a whole run of walks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar

from django.apps import apps
from django.db import IntegrityError, connection, transaction

from apps.core.statements import first_row
from apps.workflow.constraints import as_refusal

T = TypeVar("T")

# Written by every sweep, whatever it finds; and what no act writes.
BESIDE = frozenset({"workflow_heartbeat", "django_session", "django_content_type", "auth_permission", "django_admin_log"})
WRITES = ("inserted", "updated", "deleted")


@cache
def tables() -> tuple[str, ...]:
    """Every table of the site but for those that no act writes."""
    names = {model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed}
    return tuple(sorted(names - BESIDE))


@cache
def _attempts_sql() -> str:
    one = " + ".join(f"pg_stat_get_xact_tuples_{what}('{{0}}'::regclass)" for what in WRITES)
    # A function takes a hundred arguments at most.
    return f"select array_to_string(array[{', '.join(one.format(table) for table in tables())}], ' ')"


@cache
def _print_sql(names: Sequence[str]) -> str:
    """Rows by place and by the transaction that wrote them: what is written shows, what was undone does not."""
    one = "(select count(*) || '/' || coalesce(sum(hashtid(ctid)::bigint * 31 + xmin::text::bigint), 0) from {})"
    return f"select {', '.join(one.format(table) for table in names)}"


def attempts() -> str:
    """How many rows of each table this transaction has written so far, those included whose writing was undone."""
    (found,) = first_row(_attempts_sql(), None) or ("",)
    return str(found)


def prints(names: Sequence[str]) -> dict[str, str]:
    """What some tables hold, a word for each."""
    return dict(zip(names, first_row(_print_sql(names), None) or (), strict=True)) if names else {}


class Watch:
    """Tells which tables have changed since it was last asked.

    The server counts every row that is written, and never counts back; only the tables whose count has moved are read,
    to see whether what was written is still there.
    """

    def __init__(self, holds: Mapping[str, str]) -> None:
        """Begin with what the tables hold, as `prints` told it."""
        self._holds, self._attempts = dict(holds), attempts()

    def changed(self) -> list[str]:
        """The tables that hold something else than at the last call."""
        was, self._attempts = self._attempts, attempts()
        if was == self._attempts:
            return []
        counts = zip(tables(), was.split(), self._attempts.split(), strict=True)
        now = prints(tuple(table for table, before, after in counts if before != after))
        found = [table for table, word in now.items() if self._holds[table] != word]
        self._holds |= now
        return found


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
        _settle(mark)
    except BaseException as error:
        roll_back_to(mark)
        refusal = as_refusal(error) if isinstance(error, IntegrityError) else None
        if refusal is not None:
            raise refusal from error
        raise
    return result


def _settle(mark: Any) -> None:
    """Ask all that is held at a commit only, and keep what was written since the mark; one way to the server."""
    with connection.cursor() as cursor:
        cursor.execute(f"set constraints all immediate; set constraints all deferred; release savepoint {mark}")
