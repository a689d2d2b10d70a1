"""At start: every table row has its method, every check and effect its function, and the reverse."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.checks import Error, register

from apps.workflow import registry
from apps.workflow.models import Subject
from apps.workflow.table import Procedure


@register("procedures")
def tables_are_whole(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[Error]:  # noqa: ARG001 # reason: Django's signature
    """System check: tables, models, checks and services name each other completely."""
    return [
        Error(f"{procedure.key}: {complaint}", id="workflow.E001")
        for procedure in registry.procedures()
        for complaint in _complaints(procedure)
    ]


def _complaints(procedure: Procedure) -> Iterator[str]:
    model = registry.model_of(procedure.key)
    keys = set(procedure.steps())
    methods = {name for name in dir(model) if getattr(inspect.getattr_static(model, name), "is_step", False)}
    yield from (f"step {key} has no method on {model.__name__}" for key in sorted(keys - methods))
    yield from (f"method {key} of {model.__name__} has no row" for key in sorted(methods - keys))
    yield from (f"step {key} is an attribute of every file" for key in sorted(keys) if hasattr(Subject, key))
    rows = [row for rows in procedure.tables.values() for row in rows]
    columns = {field.name for field in model._meta.get_fields()}
    since = {limit.since for row in rows for limit in row.limit if limit.since}
    yield from (f"a time limit counts from {name}, which {model.__name__} does not have" for name in sorted(since - columns))
    yield from _names(procedure, "checks", {name for row in rows for name in row.checks})
    yield from _names(procedure, "services", {name for row in rows for name in row.effects})
    if model.procedure is not procedure:
        yield f"{model.__name__}.procedure is another procedure"


def _names(procedure: Procedure, part: str, wanted: set[str]) -> Iterator[str]:
    if not wanted and part == "services":
        return
    module = registry.part(procedure, part) if wanted else None
    yield from (f"{part}.{name} is named in the table but does not exist" for name in sorted(wanted) if not hasattr(module, name))
    if part == "checks" and module is not None:
        own = {
            name for name, value in inspect.getmembers(module, inspect.isfunction) if _belongs(value.__module__, module.__name__)
        }
        public = {name for name in own if not name.startswith("_")}
        yield from (f"checks.{name} is named by no row" for name in sorted(public - _checks_of_app(procedure.app)))


def _belongs(name: str, module: str) -> bool:
    """Whether something named so stands in a module, or in a part of it where it is a package."""
    return name == module or name.startswith(f"{module}.")


def _checks_of_app(app: str) -> set[str]:
    """The checks that the rows of all procedures of an app name; they share one module."""
    tables = [rows for one in registry.procedures() if one.app == app for rows in one.tables.values()]
    return {name for rows in tables for row in rows for name in row.checks}
