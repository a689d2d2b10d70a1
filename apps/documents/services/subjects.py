"""A file that runs through a procedure, as far as documents need to know it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from apps.documents.models import DocumentVersion, Upload


class Keyed(Protocol):
    """A procedure."""

    @property
    def key(self) -> str: ...


class Subject(Protocol):
    """A file of it."""

    @property
    def pk(self) -> Any: ...

    @property
    def procedure(self) -> Keyed: ...


@dataclass(frozen=True, slots=True)
class _Procedure:
    key: str


@dataclass(frozen=True, slots=True)
class _Subject:
    procedure: _Procedure
    pk: int


def subject_of(one: DocumentVersion | Upload) -> Subject:
    """The file that a document belongs to, or is on its way to, as far as documents know it."""
    return _Subject(_Procedure(one.subject_type), one.subject_id)
