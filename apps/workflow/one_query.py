"""Files of several procedures in one query, whatever their number.

A table's row travels as one JSON value, since the tables of the procedures have different columns. A query that many ask in
the same words is written out once, and whom it is about is filled in: the server, too, then reads and plans it once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from json import loads
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, JSONField, Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject
from django.db.models.sql.compiler import SQLCompiler

from apps.core.statements import executed
from apps.workflow.models import Subject

Row = Mapping[str, Any]
Rows = TypeVar("Rows", bound=Model)


def in_one_query(files: Sequence[QuerySet[Any]]) -> list[Subject]:
    """The files of several querysets, each of one procedure, all annotated alike; one query whatever their number.

    What a queryset selects related comes with its files, and the rows that its model reads after them.
    """
    if not files:
        return []
    names = _names(files)
    return _files([one.model for one in files], names, _query(files, names))


@dataclass(frozen=True, slots=True)
class Written:
    """Such a query, written out once: its text, the models by their places, and the names of the annotations."""

    text: str
    models: Sequence[type[Subject]]
    names: Sequence[str]

    def files_for(self, whom: Mapping[str, int]) -> list[Subject]:
        """The files that it finds for somebody, by the names that `written` was told."""
        if not self.text:
            return []
        with executed(self.text, whom) as cursor:
            rows = cursor.fetchall()
        told = ((place, loads(row), loads(related), loads(after), *more) for place, row, related, after, *more in rows)
        return _files(self.models, self.names, told)


def written(files: Sequence[QuerySet[Any]], whom: Mapping[str, int]) -> Written:
    """The query for the files of several querysets, all annotated with flags or numbers; `whom` as in `text_of`."""
    if not files:
        return Written("", (), ())
    names = _names(files)
    return Written(text_of(_query(files, names), whom), [one.model for one in files], names)


def text_of(query: QuerySet[Any, Any], whom: Mapping[str, int]) -> str:
    """The text of a query, to be asked of many; empty for one that finds nothing.

    `whom` are the numbers that stand for somebody in it, by the names under which the right ones are filled in.
    """
    ops: Any = connection.ops
    try:
        sql, given = query.query.sql_with_params()
    except EmptyResultSet:
        return ""
    text = str(ops.compose_sql(sql, given)).replace("%", "%%")
    for name, number in whom.items():
        text = text.replace(str(number), f"%({name})s::bigint")
    return text


def _names(files: Sequence[QuerySet[Any]]) -> list[str]:
    return list(files[0].query.annotations)


def _query(files: Sequence[QuerySet[Any]], names: Sequence[str]) -> QuerySet[Any, Any]:
    """A row for each file: its place among the models, itself, what is related to it, what is read after it, annotations."""
    first, *rest = (_as_rows(place, one, names) for place, one in enumerate(files))
    return first.union(*rest, all=True)


def _files(models: Sequence[type[Subject]], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[Subject]:
    return [
        _file(models[place], row, related, {**_after(models[place], after), **dict(zip(names, more, strict=True))})
        for place, row, related, after, *more in rows
    ]


class WholeRow(Func):
    """The row of a model's table, wherever the query has it, as one JSON value."""

    arity = 1
    template = "to_jsonb(%(table)s)"
    output_field = JSONField()

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *given: Any, **more: Any) -> tuple[str, Any]:
        (key,) = self.get_source_expressions()
        return super().as_sql(compiler, connection, *given, table=compiler.quote_name_unless_alias(key.alias), **more)


def _as_rows(place: int, files: QuerySet[Any], names: Sequence[str]) -> QuerySet[Any, Any]:
    related = {
        path: Subquery(model._default_manager.filter(pk=OuterRef(f"{path}_id")).values_list(WholeRow("pk")))
        for path, model in _related(files)
    }
    after = {name: rows_of(to, **{by: OuterRef("pk")}) for name, to, by in _referring(files.model)}
    return files.values_list(Value(place), WholeRow("pk"), JSONObject(**related), JSONObject(**after), *names)


def rows_of(model: type[Model], **about: Any) -> ArraySubquery:
    """The rows of a model that a condition holds of, in the model's order, each as `from_row` takes it."""
    return ArraySubquery(model._default_manager.filter(**about).values_list(WholeRow("pk")))


def _referring(model: type[Subject]) -> Iterator[tuple[str, type[Model], str]]:
    """Each relation that a model reads after its files: its name, the model of its rows, and by what these refer to a file."""
    for name in model.read_after:
        relation: Any = model._meta.get_field(name)
        yield name, relation.related_model, relation.field.name


def _after(model: type[Subject], rows: Mapping[str, Sequence[Row]]) -> dict[str, list[Model]]:
    return {f"{name}_told": [from_row(to, one) for one in rows[name]] for name, to, _by in _referring(model)}


def _related(files: QuerySet[Any]) -> Iterator[tuple[str, type[Model]]]:
    """The path and model of each row that a queryset selects related, the nearer first."""
    waiting: list[tuple[str, type[Model], Any]] = [("", files.model, files.query.select_related or {})]
    for before, model, wanted in waiting:
        for name, further in wanted.items():
            to: type[Model] = model._meta.get_field(name).related_model  # type: ignore[assignment] # reason: no model names its relations by words
            yield f"{before}{name}", to
            waiting.append((f"{before}{name}__", to, further))


def _file(model: type[Subject], row: Row, related: Mapping[str, Row | None], more: Mapping[str, Any]) -> Subject:
    """A file as it would have been read by itself, with its related rows and its annotations."""
    found = from_row(model, row)
    for path, its_row in sorted(related.items()):
        before, _sep, name = path.rpartition("__")
        holder: Any = found
        for step in before.split("__") if before else ():
            holder = holder and getattr(holder, step)
        if holder is not None:
            to = holder._meta.get_field(name).related_model
            setattr(holder, name, from_row(to, its_row) if its_row else None)
    found.__dict__.update(more)
    return found


def from_row(model: type[Rows], row: Row) -> Rows:
    """A model's object from the JSON value that `WholeRow` made of its row."""
    fields = model._meta.concrete_fields
    return model.from_db("default", [one.attname for one in fields], [one.to_python(row[str(one.column)]) for one in fields])
