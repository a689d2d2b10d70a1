"""One replay while it runs: its stage, its report, and the files that its acts have made so far."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from apps.core.errors import Refusal
from apps.idea_notes.models import IdeaNote
from apps.issuance.models import Round
from apps.methodologies.models import ProposedMethodology
from apps.projects.models import Project
from apps.rehearsal.acts.stage import Stage
from apps.rehearsal.record import Pair, Record
from apps.rehearsal.report import Report
from apps.third_party_entities.models import ThirdPartyEntity
from apps.workflow.editions import NoRules

T = TypeVar("T")


class Missing(Exception):
    """An act builds on a file that an earlier refusal has kept from coming into being."""


@dataclass(slots=True)
class Run:
    """What the scenes share."""

    record: Record
    report: Report
    stage: Stage
    proposals: dict[tuple[str, Pair], ProposedMethodology] = field(default_factory=dict)
    entities: dict[str, ThirdPartyEntity] = field(default_factory=dict)
    projects: dict[str, Project] = field(default_factory=dict)
    rounds: dict[tuple[str, date], Round] = field(default_factory=dict)
    notes: dict[tuple[date, str, str], IdeaNote] = field(default_factory=dict)

    @contextmanager
    def told(self, on: date | None, kind: str, ref: str) -> Iterator[None]:
        """A refusal inside goes into the report, once for what it kept from happening."""
        try:
            yield
        except Refusal as refusal:
            self.report.refuse(on, kind, ref, refusal)
        except NoRules as error:
            self.report.skip(on, kind, ref, str(error))
        except Missing:
            self.report.skip(on, kind, ref, "an earlier act was refused")

    def assume(self, names: tuple[str, ...]) -> None:
        for name in names:
            self.report.assume(name)


def needed(found: T | None) -> T:
    """A file that must be there. Raises Missing."""
    if found is None:
        raise Missing
    return found
