"""Which decisions the committee takes in a replay: those recorded, and those of which only the result was read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from apps.rehearsal.planning import (
    IDEA_NOTES,
    BallotPlan,
    EditionPlan,
    EntityPlan,
    MethodologyPlan,
    Motion,
    NotePlan,
    Plan,
    ProjectPlan,
    RoundPlan,
    same_name,
)
from apps.rehearsal.record import DecisionRecord, ItemRecord, Record

# Items that the committee decides as a text of its own; no file of this system moves with them.
TEXTS = frozenset({"rules_adoption", "special_measure", "meeting_report", "methodology_considered", "other"})
# The document that only the rules of the second generation have. Source: rules 0.3.
SECOND_GENERATION = "project idea note"

Planned = MethodologyPlan | EntityPlan | ProjectPlan | RoundPlan


@dataclass(slots=True)
class Motions:
    """Matches the items of recorded decisions with plans; what is left over gets a decision of its own day."""

    record: Record
    plan: Plan
    used: set[int] = field(default_factory=set)
    edition_adopted: bool = False

    def ballots(self) -> Iterator[BallotPlan]:
        """One ballot per recorded decision, and one per day of results without a recorded decision."""
        recorded = [self._recorded(one) for one in self.record.decisions]
        for one in recorded:
            yield from _in_order(one)
        yield from self._left_over()

    def _recorded(self, decision: DecisionRecord) -> BallotPlan:
        motions = [motion for item in decision.items for motion in self._motions(item, decision.date)]
        assumed = () if decision.form else ("decision.form",)
        return BallotPlan(
            decided_on=decision.date,
            form=decision.form or "electronic",
            meeting_no=decision.meeting_no,
            place=decision.place or "",
            motions=tuple(motions),
            recorded=True,
            assumed=assumed,
        )

    def _motions(self, item: ItemRecord, on: date) -> Iterator[Motion]:
        """What an item asks: one motion, or one for each of the idea notes that it is about."""
        if item.kind in TEXTS:
            yield Motion(item.kind, item.ref, item.title or item.kind, self._edition(item))
        elif item.kind in IDEA_NOTES:
            yield from (Motion(item.kind, item.ref, note.title, note) for note in self.plan.notes if note.item is item)
        elif (planned := self._planned(item, on)) is not None:
            self.used.add(id(planned))
            yield _motion_of(planned, item.kind)
        else:
            self._skip(item, on)

    def _edition(self, item: ItemRecord) -> EditionPlan | None:
        """What the first adoption of the second generation's own form changes; every other document is a text."""
        if self.edition_adopted or item.kind != "rules_adoption" or SECOND_GENERATION not in item.ref.casefold():
            return None
        self.edition_adopted = True
        return EditionPlan("jcm_2022")

    def _skip(self, item: ItemRecord, on: date) -> None:
        if item.kind == "credit_issuance" and any(
            kind == item.kind and when == on for when, kind, _ref, _why in self.plan.skipped
        ):
            return
        self.plan.skipped.append((on, item.kind, item.ref, f"no record of {item.ref or item.kind} to perform"))

    def _planned(self, item: ItemRecord, on: date) -> Planned | None:
        return next((one for one in self._candidates(item, on) if id(one) not in self.used), None)

    def _candidates(self, item: ItemRecord, on: date) -> Iterator[Planned]:
        match item.kind:
            case "project_registration":
                yield from (one for one in self.plan.projects if one.record.id == item.ref and one.decided_on == on)
            case "credit_issuance":
                yield from (
                    one
                    for one in self.plan.rounds
                    if one.project == item.ref and one.decided_on == on and _same_period(one, item)
                )
            case "methodology_approval" | "methodology_revision":
                yield from (one for one in self.plan.methodologies if one.record.reference == item.ref and one.approved_on == on)
            case "tpe_designation" | "tpe_designation_change":
                yield from (
                    one for one in self.plan.entities if same_name(one.name) == same_name(item.ref) and one.designated_on == on
                )

    def _left_over(self) -> Iterator[BallotPlan]:
        days: dict[date, list[Planned]] = defaultdict(list)
        for planned in self._everything():
            on = decided_on(planned)
            if on is not None and id(planned) not in self.used:
                days[on].append(planned)
        for on, planned_on in sorted(days.items()):
            motions = tuple(_motion_of(one, "") for one in planned_on)
            yield BallotPlan(on, "electronic", None, "", motions, recorded=False, assumed=("decision",))

    def _everything(self) -> Iterator[Planned]:
        yield from self.plan.methodologies
        yield from self.plan.entities
        yield from (one for one in self.plan.projects if not one.is_withdrawn)
        yield from self.plan.rounds


def _in_order(whole: BallotPlan) -> Iterator[BallotPlan]:
    """What a decision adopts of the rules comes before what it decides on planned projects by them. Source: awkward case 41."""
    notes = tuple(motion for motion in whole.motions if isinstance(motion.plan, NotePlan))
    others = tuple(motion for motion in whole.motions if motion not in notes)
    if notes and any(isinstance(motion.plan, EditionPlan) for motion in others):
        yield replace(whole, motions=others, assumed=(), goes_on=True)
        yield replace(whole, motions=notes)
    elif whole.motions:
        yield whole


def decided_on(planned: Planned) -> date | None:
    """The day on which the committee decides a plan."""
    match planned:
        case MethodologyPlan():
            return planned.approved_on
        case EntityPlan():
            return planned.designated_on
        case _:
            return planned.decided_on


def _same_period(planned: RoundPlan, item: ItemRecord) -> bool:
    return item.monitoring_start in {None, planned.start} and item.monitoring_end in {None, planned.end}


def _motion_of(planned: Planned, kind: str) -> Motion:
    match planned:
        case MethodologyPlan():
            return Motion(kind or "methodology_approval", planned.record.name, f"Approve {planned.record.name}", planned)
        case EntityPlan():
            change = "tpe_designation_change" if planned.extends else "tpe_designation"
            return Motion(kind or change, planned.name, f"Designate {planned.name}", planned)
        case ProjectPlan():
            return Motion(kind or "project_registration", planned.record.id, f"Register {planned.record.id}", planned)
        case RoundPlan():
            title = f"Issue {planned.total:,} credits to {planned.project}"
            return Motion(kind or "credit_issuance", planned.project, title, planned)
