"""Typed reading of untrusted JSON. Every complaint names the file, the record and the field."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

_VERSION = re.compile(r"^(\d{1,3})\.(\d{1,3})$")


class Unreadable(Exception):
    """The file cannot be replayed; the text is one line that names file, record and field."""


@dataclass(frozen=True, slots=True)
class Place:
    """One JSON object of the file, and where it stands (`issuances[3]`)."""

    file: str
    path: str
    fields: dict[str, Any]

    def fail(self, name: str, complaint: str) -> Unreadable:
        where = f"{self.path}.{name}".strip(".")
        return Unreadable(f"{self.file}: {where}: {complaint}")

    def text(self, name: str) -> str | None:
        value = self.fields.get(name)
        if value is None or isinstance(value, str):
            return value.strip() or None if value else None
        raise self.fail(name, f"expected a text, found {value!r}")

    def needed(self, name: str) -> str:
        value = self.text(name)
        if value is None:
            raise self.fail(name, "is missing")
        return value

    def whole(self, name: str) -> int | None:
        value = self.fields.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise self.fail(name, f"expected a whole number that is not negative, found {value!r}")
        return value

    def day(self, name: str) -> date | None:
        value = self.text(name)
        if value is None:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise self.fail(name, f"{value!r} is not a date; write it as 2026-01-24") from None

    def period(self, start: str, end: str) -> tuple[date | None, date | None]:
        """Two dates of which the second does not lie before the first."""
        first, last = self.day(start), self.day(end)
        if first and last and last < first:
            raise self.fail(end, f"{last.isoformat()} lies before {start} {first.isoformat()}")
        return first, last

    def version(self, name: str) -> tuple[int, int] | None:
        """A version as a pair: "1.1" is (1, 1), "01.0" is (1, 0)."""
        value = self.text(name)
        if value is None:
            return None
        found = _VERSION.match(value)
        if not found:
            raise self.fail(name, f"{value!r} is not a version; write it as 1.0")
        return int(found[1]), int(found[2])

    def numbers(self, name: str) -> tuple[int, ...] | None:
        value = self.fields.get(name)
        if value is None:
            return None
        if not isinstance(value, list) or not all(isinstance(one, int) and not isinstance(one, bool) for one in value):
            raise self.fail(name, f"expected a list of whole numbers, found {value!r}")
        return tuple(value)

    def texts(self, name: str) -> tuple[str, ...] | None:
        value = self.fields.get(name)
        if value is None:
            return None
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.fail(name, f"expected a list of texts, found {value!r}")
        return tuple(value)

    def objects(self, name: str) -> list[Place]:
        """The objects of a list that must be there."""
        value = self.fields.get(name)
        if not isinstance(value, list):
            raise self.fail(name, "the list is missing" if value is None else f"expected a list, found {value!r}")
        return [self._object(f"{name}[{index}]", one) for index, one in enumerate(value)]

    def object(self, name: str) -> Place:
        return self._object(name, self.fields.get(name))

    def _object(self, name: str, value: Any) -> Place:
        if not isinstance(value, dict):
            raise self.fail(name, f"expected an object, found {value!r}")
        return Place(self.file, f"{self.path}.{name}".strip("."), value)


def read_json(path: Path) -> Place:
    """The top object of a JSON file. Raises Unreadable with the place of the first mistake."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Unreadable(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise Unreadable(f"{path}: byte {error.start} is not UTF-8") from error
    except json.JSONDecodeError as error:
        raise Unreadable(f"{path}: line {error.lineno}, column {error.colno}: not JSON: {error.msg}") from error
    except RecursionError:
        raise Unreadable(f"{path}: nested too deeply") from None
    if not isinstance(value, dict):
        raise Unreadable(f"{path}: expected an object at the top")
    return Place(str(path), "", value)
