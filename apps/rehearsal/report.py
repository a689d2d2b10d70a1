"""The report of a replay: what was performed, skipped, refused and assumed, and what the books say afterwards."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from apps.core.errors import Refusal


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record that could not be performed because a field that the act needs is null."""

    date: str
    kind: str
    ref: str
    why: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A record that the engine refused, with its codes."""

    date: str
    kind: str
    ref: str
    codes: tuple[str, ...]


@dataclass(slots=True)
class Report:
    """Fills up while the replay runs."""

    partner: str
    performed: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    assumed: Counter[str] = field(default_factory=Counter)
    decisions: int = 0
    adopted: int = 0

    def skip(self, on: date | None, kind: str, ref: str, why: str) -> None:
        self.skipped.append(Skipped(_iso(on), kind, ref, why))

    def refuse(self, on: date | None, kind: str, ref: str, refusal: Refusal) -> None:
        self.refused.append(Refused(_iso(on), kind, ref, refusal.codes))

    def assume(self, what: str, count: int = 1) -> None:
        """Count a fact that the record does not say and the replay had to fill in."""
        self.assumed[what] += count

    def items(self) -> dict[str, Any]:
        return {
            "performed": self.performed,
            "skipped": [asdict(one) for one in self.skipped],
            "refused": [{**asdict(one), "codes": list(one.codes)} for one in self.refused],
        }


def _iso(on: date | None) -> str:
    return on.isoformat() if on else ""
