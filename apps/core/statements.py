"""The engine's own statements. Their texts are few and constant, so the server parses and plans each once a connection."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model
from django.db.models.expressions import Col
from psycopg import Cursor

Row = tuple[Any, ...]
# By place, or by name.
Given = Sequence[Any] | Mapping[str, Any]
Rows = TypeVar("Rows", bound=Model)
Converter = Callable[[Any, Any, Any], Any]


def first_row(sql: str, parameters: Given | None) -> Row | None:
    """Execute a statement that returns rows and give the first; None where there is none."""
    with executed(sql, parameters) as cursor:
        return cast("Row | None", cursor.fetchone())


def read(model: type[Rows], sql: str, parameters: Given, also: Mapping[str, str] | None = None) -> list[Rows]:
    """The rows of a model that a statement finds.

    `sql` begins with its "from" and names the model's table `r`; the columns are written out before it, so that a
    new column changes no statement that a connection has prepared. `also` are further columns, name -> expression;
    each becomes an attribute of its row.
    """
    more = also or {}
    with executed(_select(model, tuple(more.values())) + sql, parameters) as cursor:
        return [built(model, row, more) for row in cursor.fetchall()]


def built(model: type[Rows], row: Sequence[Any], more: Mapping[str, str]) -> Rows:
    """A model's object from its columns, then those of `more`, as Django itself would have built it."""
    names, values = _names(model), list(row)
    for index, converter, column in _converters(model):
        values[index] = converter(values[index], column, connections[DEFAULT_DB_ALIAS])
    found = model.from_db(DEFAULT_DB_ALIAS, names, values[: len(names)])
    vars(found).update(zip(more, values[len(names) :], strict=True))
    return found


@cache
def columns(model: type[Model]) -> str:
    """A model's columns in the order of its fields, of a table that is named `r`."""
    return ", ".join(f'r."{field.column}"' for field in model._meta.concrete_fields)


@contextmanager
def executed(sql: str, parameters: Given | None) -> Iterator[Any]:
    """The cursor of a statement that was executed.

    Django's own cursor writes the parameters into the text, which the server then reads anew each time.
    The driver's cursor sends them apart and prepares what it sees often (`prepare_threshold` of the
    settings; unset, nothing is prepared). Logging and errors stay Django's.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    connection.ensure_connection()
    own: Any = Cursor(connection.connection)
    with connection.make_debug_cursor(own) if connection.queries_logged else connection.make_cursor(own) as cursor:
        cursor.execute(sql, parameters)
        yield cursor


@cache
def _select(model: type[Model], more: tuple[str, ...]) -> str:
    return f"select {', '.join([columns(model), *more])} "


@cache
def _names(model: type[Model]) -> list[str]:
    return [str(field.attname) for field in model._meta.concrete_fields]


@cache
def _converters(model: type[Model]) -> list[tuple[int, Converter, Any]]:
    """What Django does to a column that the driver does not read as the model wants it (JSON)."""
    connection = connections[DEFAULT_DB_ALIAS]
    found = [Col("r", field) for field in model._meta.concrete_fields]
    return [
        (index, converter, column)
        for index, column in enumerate(found)
        for converter in (*connection.ops.get_db_converters(column), *column.get_db_converters(connection))
    ]
