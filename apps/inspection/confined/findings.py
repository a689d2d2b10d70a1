"""What a child says of a file: which check it fails, and where."""

from __future__ import annotations

from typing import Any

Found = dict[str, Any]


def found(check: str, **where: Any) -> Found:
    """One thing that is wrong; its words stand in `apps.inspection.checks`."""
    return {"check": check, **where}
