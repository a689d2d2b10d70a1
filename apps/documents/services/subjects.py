"""A file that runs through a procedure, as far as documents need to know it."""

from __future__ import annotations

from typing import Any, Protocol


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
