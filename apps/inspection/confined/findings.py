"""What a child says of a file: which check it fails, and where."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Found = dict[str, Any]


def found(check: str, **where: Any) -> Found:
    """One thing that is wrong; its words stand in `apps.inspection.checks`."""
    return {"check": check, **where}


def once(problems: Iterable[Found], *but_for: str) -> list[Found]:
    """Each check once, where it was met first; with more names, once for each of what they hold, such as a sheet."""
    told: dict[tuple[str, ...], Found] = {}
    for one in problems:
        told.setdefault((one["check"], *(str(one.get(name, "")) for name in but_for)), one)
    return list(told.values())


def plain(text: str, longest: int, instead: str = " ") -> str:
    """A text of a stranger as it may be shown: no longer than asked, with something in place of what cannot be seen."""
    return "".join(one if one.isprintable() else instead for one in text)[:longest]
