"""Files of several procedures read at once are the files that each would have been read as by itself."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Model, QuerySet, Value

from apps.core import clock
from apps.workflow import registry
from apps.workflow.models import Subject
from apps.workflow.one_query import in_one_query, written
from tests.journeys.walker import journeys, procedures
from tests.people import cast
from tests.projects.walk import noon

# Of no file; stands for one.
NUMBER = 2**62 + 7


@pytest.fixture(autouse=True)
def root(settings: Any, tmp_path: Path) -> None:
    settings.DOCUMENT_ROOT = tmp_path


def columns(file: Model) -> dict[str, Any]:
    return {one.attname: getattr(file, one.attname) for one in file._meta.concrete_fields}


def related(file: Subject, paths: Iterable[str]) -> dict[str, Any]:
    """The columns of each related row on the way, without asking the database; None where there is none."""
    found: dict[str, Any] = {}
    for path in paths:
        row: Any = file
        for name in path.split("__"):
            assert row._state.fields_cache.keys() >= {name}
            row = row._state.fields_cache[name]
            found[name] = columns(row) if row else None
            if row is None:
                break
    return found


def marked(files: QuerySet[Any], mark: str) -> QuerySet[Any]:
    return files.annotate(mark=Value(mark))


@pytest.mark.django_db
@pytest.mark.parametrize("key", [one.key for one in procedures()])
def test_every_column_of_a_file_travels(key: str, django_assert_num_queries: Any) -> None:
    procedure = registry.procedure(key)
    *_, journey = journeys(procedure, list(procedure.tables)[-1]).values()
    with clock.rehearse(noon(2028, 2, 15)) as time:
        file = journey(cast(), time)
    others = [registry.model_of(one.key) for one in registry.procedures() if one.key != key]
    model, paths = registry.model_of(key), registry.model_of(key).read_with
    theirs = model._default_manager.filter(pk=file.pk)
    files = [marked(theirs.select_related(*paths) if paths else theirs, key)]
    files += [marked(model._default_manager.none(), "none") for model in others]
    with django_assert_num_queries(1):
        (found,) = in_one_query(files)
    assert (type(found), columns(found), getattr(found, "mark", "")) == (type(file), columns(file.reload()), key)
    names_it = [one.filter(pk=NUMBER) if one.model is model else one for one in files]
    with django_assert_num_queries(1):
        (filled_in,) = written(names_it, {"which": NUMBER}).files_for({"which": file.pk})
    assert (columns(filled_in), getattr(filled_in, "mark", "")) == (columns(found), key)
    assert related(filled_in, paths) == related(found, paths)
    alone = model._default_manager.select_related(*paths).get(pk=file.pk) if paths else file
    assert related(found, paths) == related(alone, paths)


def test_of_nothing_there_is_nothing() -> None:
    assert in_one_query([]) == []
    assert written([], {}).files_for({}) == []
    assert written([marked(registry.model_of("project")._default_manager.none(), "none")], {}).files_for({}) == []
