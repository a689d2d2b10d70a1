"""What a replay will try: plans of methodologies, verifiers, projects, rounds and decisions, with every date filled in.

`assumed` names what the record does not say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from apps.rehearsal.record import EntityRecord, IssuanceRecord, ItemRecord, MethodologyRecord, ProjectRecord

# What the committee does with idea notes, and the step by which it does it.
IDEA_NOTES = {
    "pin_no_objection": "decide_no_objection",
    "pin_objection": "decide_objection",
    "pin_decision_other": "decide_otherwise",
    "pin_exemption": "exempt",
}


@dataclass(frozen=True, slots=True)
class MethodologyPlan:
    """One version of a methodology from its proposal to its approval."""

    record: MethodologyRecord
    proposal_number: int
    published_on: date
    approved_on: date
    scope: int
    assumed: tuple[str, ...]

    @property
    def drafted_on(self) -> date:
        """Early enough for the completeness check."""
        return self.published_on - timedelta(8)

    def moved_to(self, approved_on: date) -> MethodologyPlan:
        """The same plan around another day of approval."""
        return replace(self, approved_on=approved_on, published_on=self.published_on + (approved_on - self.approved_on))


@dataclass(frozen=True, slots=True)
class EntityPlan:
    """A designation, or (extends) a change of one."""

    record: EntityRecord
    name: str
    number: int
    designated_on: date
    validation: tuple[int, ...]
    verification: tuple[int, ...]
    extends: bool
    assumed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProjectPlan:
    """A project as far as its record goes: published, and where it got so far requested, decided and registered."""

    record: ProjectRecord
    published_on: date
    validated_on: date | None
    requested_on: date | None
    decided_on: date | None
    validator: str
    assumed: tuple[str, ...]

    @property
    def is_withdrawn(self) -> bool:
        return self.record.status == "registration_request_withdrawn"


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """A round of issuance whose every needed field was read."""

    record: IssuanceRecord
    project: str
    start: date
    end: date
    decided_on: date
    total: int
    host: int
    japan: int
    opened_on: date
    verifier: str


@dataclass(frozen=True, slots=True)
class EditionPlan:
    """Another edition of the rules, from the day on which the committee adopts it."""

    edition: str


@dataclass(frozen=True, slots=True)
class NotePlan:
    """An idea note, or an exemption from one (`number` None), on which the committee decides on a day."""

    item: ItemRecord
    decided_on: date
    title: str
    number: int | None

    @property
    def key(self) -> tuple[date, str, str]:
        """What tells it from all others."""
        return self.decided_on, self.item.ref or self.item.kind, self.title


@dataclass(frozen=True, slots=True)
class Motion:
    """An item to be put to the committee: a plan that it decides, or a text that stands for itself."""

    kind: str
    ref: str
    title: str
    plan: MethodologyPlan | EntityPlan | ProjectPlan | RoundPlan | NotePlan | EditionPlan | None


@dataclass(frozen=True, slots=True)
class BallotPlan:
    """One decision of the committee. `recorded` is False where only its results were read.

    `goes_on` is true of the part that adopts the rules which the rest of the same decision rests on.
    """

    decided_on: date
    form: str
    meeting_no: int | None
    place: str
    motions: tuple[Motion, ...]
    recorded: bool
    assumed: tuple[str, ...]
    goes_on: bool = False

    @property
    def counts(self) -> bool:
        """Whether this is a recorded decision, each counted once."""
        return self.recorded and not self.goes_on


@dataclass(slots=True)
class Plan:
    """Everything that a replay will try, and what it cannot."""

    methodologies: list[MethodologyPlan] = field(default_factory=list)
    entities: list[EntityPlan] = field(default_factory=list)
    projects: list[ProjectPlan] = field(default_factory=list)
    rounds: list[RoundPlan] = field(default_factory=list)
    notes: list[NotePlan] = field(default_factory=list)
    ballots: list[BallotPlan] = field(default_factory=list)
    skipped: list[tuple[date | None, str, str, str]] = field(default_factory=list)


def same_name(name: str) -> str:
    """A name without what spellings differ in: brackets, case, punctuation, "Limited". Source: awkward case 37."""
    plain = re.sub(r"\(.*?\)", " ", name).casefold()
    words = re.findall(r"\w+", plain.replace("'s", "s").replace("’s", "s"))
    short = {"limited": "ltd", "private": "pvt", "company": "co", "corporation": "corp", "services": "service"}
    return " ".join(short.get(word, word) for word in words)


def number_of(reference: str) -> int:
    """The number in `XX_AM003` or `XX004`."""
    return int(reference[-3:])
