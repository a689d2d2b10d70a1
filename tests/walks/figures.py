"""What walks have done, counted: for the closing table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

NAME = "walks"
# A step of a table: procedure, edition, key.
Place = tuple[str, str, str]


@dataclass
class Figures:
    """Counts of one or more runs; `known` are the steps of the tables that were to be walked."""

    counts: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    performed: Counter[Place] = field(default_factory=Counter)
    unfit: Counter[Place] = field(default_factory=Counter)
    known: set[Place] = field(default_factory=set)

    def add(self, other: Figures) -> None:
        """Count another run in."""
        self.counts += other.counts
        self.refused += other.refused
        self.performed += other.performed
        self.unfit += other.unfit
        self.known |= other.known

    def as_json(self) -> dict[str, Any]:
        """For the report of a test, which travels from a worker as JSON."""
        return {
            "counts": dict(self.counts),
            "refused": dict(self.refused),
            "performed": {"/".join(place): count for place, count in self.performed.items()},
            "unfit": {"/".join(place): count for place, count in self.unfit.items()},
            "known": ["/".join(place) for place in sorted(self.known)],
        }

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Figures:
        """The figures that a test reported."""
        return cls(
            Counter(said["counts"]),
            Counter(said["refused"]),
            Counter({_place(text): count for text, count in said["performed"].items()}),
            Counter({_place(text): count for text, count in said["unfit"].items()}),
            {_place(text) for text in said["known"]},
        )

    @property
    def missed(self) -> list[Place]:
        """Steps of the tables that no walk and no preparation of one has performed."""
        return sorted(self.known - {place for place, count in self.performed.items() if count})


def _place(text: str) -> Place:
    procedure, edition, key = text.split("/")
    return procedure, edition, key


def total(said: Iterable[Mapping[str, Any]]) -> Figures:
    """All runs together."""
    found = Figures()
    for one in said:
        found.add(Figures.from_json(one))
    return found


def summary(figures: Figures) -> Iterator[str]:
    """A few lines."""
    counts = figures.counts
    yield f"walks {counts['walks']}, steps {counts['steps']}, looks at the invariants {counts['looks']}"
    yield (
        f"acts performed {sum(figures.performed.values())}, attempts refused {sum(figures.refused.values())}"
        f" with {len(figures.refused)} codes, repeated submits {counts['repeated']}, sweeps {counts['sweeps']},"
        f" outages compared {counts['outages']}, documents {counts['documents']}, appointments {counts['appointments']}"
    )
    reached = len(figures.known) - len(figures.missed)
    yield f"steps of the tables (procedure, edition, step) performed at least once: {reached} of {len(figures.known)}"


def table(figures: Figures) -> Iterator[str]:
    """Everything: refusals by code, each step with its count, and the steps that were never reached."""
    yield "refused, by code: " + ", ".join(f"{code} {count}" for code, count in sorted(figures.refused.items()))
    for place in sorted(figures.known):
        yield f"{figures.performed[place]:7d}  {' '.join(place)}"
    yield "never reached: " + (", ".join(" ".join(place) for place in figures.missed) or "none")
    unfit = ", ".join(f"{' '.join(place)} {count}" for place, count in sorted(figures.unfit.items()))
    yield "could not be filled in (a need of the journeys does not fit the file): " + (unfit or "none")
