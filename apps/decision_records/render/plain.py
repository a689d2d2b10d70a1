"""How a record writes what JSON has no word for: moments, days, amounts; and how it leaves out what is empty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from apps.core.calendar import JST
from apps.core.templatetags.gazette import host_zone

EMPTY: tuple[Any, ...] = (None, "", [], {}, ())


def filled(**entries: Any) -> dict[str, Any]:
    """The entries that say something. Zero and false do."""
    return {name: value for name, value in entries.items() if value not in EMPTY}


def instant(moment: datetime) -> str:
    """A moment as RFC 3339 in UTC, with microseconds where it has any."""
    there = moment.astimezone(UTC)
    return there.strftime("%Y-%m-%dT%H:%M:%S.%fZ" if there.microsecond else "%Y-%m-%dT%H:%M:%SZ")


def moment(value: datetime | None) -> dict[str, str] | None:
    """A moment that the rules speak of: in UTC and as read on both sides."""
    if value is None:
        return None
    return {
        "utc": instant(value),
        "host": value.astimezone(host_zone()).isoformat(),
        "japan": value.astimezone(JST).isoformat(),
    }


def plain(value: Any) -> Any:
    """A value as a record holds it: numbers are texts, days ISO, moments UTC."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    return [plain(one) for one in value] if isinstance(value, Iterable) else str(value)


def act(value: UUID | None) -> str | None:
    """The act that wrote something."""
    return str(value) if value else None
