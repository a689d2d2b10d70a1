"""Which procedures exist. Each app registers its own when the project starts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING, Any

from django.apps import apps

from apps.events.kinds import register_kind
from apps.workflow.table import Procedure, Step

if TYPE_CHECKING:  # reason: models import this module
    from apps.accounts.models import Membership
    from apps.documents.kinds import Kind
    from apps.documents.models import DocumentVersion
    from apps.workflow.models import Subject

NAME = re.compile(r"([a-z_]{1,40}):(\d{1,18})", re.ASCII)

_procedures: dict[str, Procedure] = {}
_listeners: list[Callable[[DocumentVersion], None]] = []
_chores: dict[str, Callable[[], int]] = {}
_openings: dict[str, Callable[[], int]] = {}
_desks: list[Callable[[Subject, Kind], str]] = []
_answers: list[Callable[[Subject, Step, Membership], dict[str, Any]]] = []


def register(procedure: Procedure) -> None:
    """Make a procedure known, with an event type for each of its steps."""
    _procedures[procedure.key] = procedure
    for key, rows in procedure.steps().items():
        register_kind(f"{procedure.key}.{key}", rows[0].title)


def on_new_paper(listener: Callable[[DocumentVersion], None]) -> None:
    """Have a function called, in the same transaction, with every document that is handed in."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell_of_paper(version: DocumentVersion) -> None:
    """Tell of a document that was handed in."""
    for listener in _listeners:
        listener(version)


def offer_drafting(address: Callable[[Subject, Kind], str]) -> None:
    """Make known where the form of a kind of document can be filled in for a file; empty for what cannot."""
    if address not in _desks:
        _desks.append(address)


def drafting_address(subject: Subject, kind: Kind) -> str:
    """The page on which the form of a kind is filled in on this site; empty where there is none."""
    return next((found for address in _desks if (found := address(subject, kind))), "")


def offer_answers(answers: Callable[[Subject, Step, Membership], dict[str, Any]]) -> None:
    """Make known what a step asks that is known already, by name: it stands on the page of the step, to be confirmed."""
    if answers not in _answers:
        _answers.append(answers)


def answers_known(subject: Subject, row: Step, membership: Membership | None) -> dict[str, Any]:
    """What a step asks of a reader and is known already; nothing for visitors."""
    if membership is None:
        return {}
    return {name: value for answers in _answers for name, value in answers(subject, row, membership).items()}


def procedures() -> Iterable[Procedure]:
    """All procedures in the order of their apps."""
    return tuple(_procedures.values())


def is_procedure(key: str) -> bool:
    """Whether the files of a procedure are named so; what else events are about are documents."""
    return key in _procedures


def name_of(file: Subject) -> str:
    """A file as an input names it: `procedure:key`."""
    return f"{file.procedure.key}:{file.pk}"


def key_of(name: str) -> tuple[str, int]:
    """The procedure and key of a file that is named so. Raises ValueError for what is no such name."""
    found = NAME.fullmatch(name)
    if found is None:
        raise ValueError(f"{name!r} names no file")
    return found[1], int(found[2])


def procedure(key: str) -> Procedure:
    """A procedure by key. Raises KeyError when there is none."""
    return _procedures[key]


def model_of(key: str) -> type[Subject]:
    """The model whose rows run through a procedure."""
    found = _procedures[key]
    model: type[Subject] = apps.get_model(found.app, found.model)
    return model


def part(found: Procedure, name: str) -> ModuleType:
    """A module of the procedure's app (`checks`, `services`)."""
    return import_module(f"{apps.get_app_config(found.app).name}.{name}")


def part_if_any(found: Procedure, name: str) -> ModuleType | None:
    """A module of the procedure's app, or None where the app has none of that name."""
    return part(found, name) if find_spec(f"{apps.get_app_config(found.app).name}.{name}") else None


def join_sweep(words: str, chore: Callable[[], int], *, opens: bool = False) -> None:
    """Have `manage.py sweep` also do what an app's own task does; `words` say in English what the number counts.

    A chore that `opens` files is done before what waits is delivered, so that one sweep leaves nothing behind.
    """
    (_openings if opens else _chores)[words] = chore


def openings() -> dict[str, Callable[[], int]]:
    """What a sweep opens, in the order of the apps."""
    return dict(_openings)


def chores() -> dict[str, Callable[[], int]]:
    """What else a sweep does at its end, in the order of the apps."""
    return dict(_chores)
