"""The parts of the site that work by themselves, as a secretariat's desk shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from apps.notifications.selectors import delays_of


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its name, when it last did its work, how much waits for it, whether it is late, and its last complaint."""

    name: str
    worked_at: datetime | None
    waits: int
    is_late: bool
    error: str = ""


def parts_of(work: Mapping[str, Any], at: datetime) -> list[Part]:
    """The sweep, the relay, the mails, and the scanner where there is one."""
    late = delays_of(work, at)

    def part(name: str, worked: str, waits: str, since: datetime | None) -> Part:
        worked_at = datetime.fromisoformat(work[worked]) if work[worked] else None
        return Part(name, worked_at, work[waits] or 0, since is not None, work.get(f"{waits}_error") or "")

    found = [
        part(_("Time limits"), "swept", "limits", late.limits),
        part(_("Messages on the site"), "delivered", "deliveries", late.messages),
        part(_("Mails"), "mailed", "mails", late.mails),
    ]
    scanner = [part(_("Check for viruses"), "judged", "files", late.scans)] if settings.CLAMD else []
    return [*found, *scanner]
