"""The inbox as its page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from apps.notifications.models import Message
from apps.notifications.render import title_of, zone_of
from apps.workflow.selectors import files_of


@dataclass(frozen=True, slots=True)
class Entry:
    """One message with its title."""

    message: Message
    title: str


@dataclass(frozen=True, slots=True)
class Day:
    """The messages of a day in the reader's zone, read or not."""

    on: date
    is_read: bool
    entries: Sequence[Entry]


def days_of(messages: Iterable[Message]) -> list[Day]:
    """Messages by day, in the order in which they come: the unread first; one query."""
    found = list(messages)
    files = files_of(found)

    def day(one: Message) -> tuple[bool, date]:
        return one.read_at is not None, one.created_at.astimezone(zone_of(one.side)).date()

    return [
        Day(on, is_read, [Entry(one, title_of(one, files[one.subject_type, one.subject_id])) for one in rest])
        for (is_read, on), rest in groupby(found, key=day)
    ]
