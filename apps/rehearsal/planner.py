"""From a record to a calendar of acts. Pure: no database.

A date that the record gives is kept. What it does not say is put where the rules leave room for it
and named as assumed. What needs a field that is null is skipped, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count

from apps.rehearsal.motions import Motions
from apps.rehearsal.planning import (
    IDEA_NOTES,
    EntityPlan,
    MethodologyPlan,
    NotePlan,
    Plan,
    ProjectPlan,
    RoundPlan,
    number_of,
    same_name,
)
from apps.rehearsal.record import EntityRecord, IssuanceRecord, MethodologyRecord, Pair, ProjectRecord, Record

ALL_SCOPES = tuple(range(1, 16))
DEFAULT_SCOPE = 1
STAND_IN = "Third-party entity (assumed)"
APPROVAL_DATE = "methodology.approval_date"
PUBLICATION_DATE = "project.publication_date"
FIRST_RULES_ON = date(2013, 1, 2)

_PIN = re.compile(r"_PIN\d{3}$")

# Days that are left between acts whose dates the record does not say.
INPUTS_TO_APPROVAL = timedelta(40)
APPROVAL_TO_PDD = timedelta(20)
PDD_TO_DECISION = timedelta(100)
PDD_TO_VALIDATION = timedelta(40)
VALIDATION_TO_DECISION = timedelta(45)
REQUEST_TO_DECISION = timedelta(20)
ROUND_TO_DECISION = timedelta(30)
ENTITY_BEFORE_USE = timedelta(30)


def plan_of(record: Record) -> Plan:
    """The plan of a record: every act with its day, everything that is skipped with its reason."""
    plan = Plan()
    plan.projects = [_project(one, record) for one in record.projects]
    plan.methodologies = _methodologies(record, plan.projects)
    plan.projects = [_before_superseded(one, plan.methodologies) for one in plan.projects]
    plan.rounds = list(_rounds(record, plan))
    plan.entities = list(_entities(record, plan))
    plan.notes = list(_notes(record))
    plan.ballots = list(Motions(record, plan).ballots())
    return plan


def _project(record: ProjectRecord, whole: Record) -> ProjectPlan:
    decided_on = _decided_on(record, whole)
    assumed: list[str] = []
    if decided_on is None and record.status == "registration_request_withdrawn":
        decided_on = _after_all(whole) + PDD_TO_DECISION
        assumed.append("project.withdrawal_date")
    if decided_on is None:
        published_on = record.inputs_start or _after_all(whole)
        assumed += [] if record.inputs_start else [PUBLICATION_DATE]
        return ProjectPlan(record, published_on, None, None, None, "", tuple(assumed))
    validated_on = record.validation_report_date or decided_on - VALIDATION_TO_DECISION
    published_on = record.inputs_start or min(decided_on - PDD_TO_DECISION, validated_on - PDD_TO_VALIDATION)
    requested_on = max(validated_on, decided_on - REQUEST_TO_DECISION)
    assumed += [] if record.validation_report_date else ["project.validation_report_date"]
    assumed += [] if record.inputs_start else [PUBLICATION_DATE]
    assumed += ["project.registration_request_date"]
    assumed += [] if record.validating_tpe else ["project.validating_tpe"]
    return ProjectPlan(record, published_on, validated_on, requested_on, decided_on, record.validating_tpe or "", tuple(assumed))


def _notes(record: Record) -> Iterator[NotePlan]:
    """One plan for each idea note; those without a number of their own get one after all that have."""
    found = [(one.date, item) for one in record.decisions for item in one.items if item.kind in IDEA_NOTES]
    free = count(max((number_of(item.ref) for _on, item in found if _PIN.search(item.ref)), default=0) + 1)
    for on, item in found:
        for nth in range(1, item.count + 1):
            title = item.title or item.kind
            number = number_of(item.ref) if _PIN.search(item.ref) else next(free)
            named = title if item.count == 1 else f"{title} ({nth} of {item.count})"
            yield NotePlan(item, on, named, None if item.kind == "pin_exemption" else number)


def _decided_on(record: ProjectRecord, whole: Record) -> date | None:
    """The day of the decision: as recorded, or the registration's own."""
    if record.registration_date is None:
        return None
    recorded = [
        one.date
        for one in whole.decisions
        for item in one.items
        if item.kind == "project_registration" and item.ref == record.id and one.date <= record.registration_date
    ]
    return recorded[-1] if recorded else record.registration_date


def _known_dates(whole: Record) -> list[date]:
    return [
        *(one.date for one in whole.decisions),
        *(one.approval_date for one in whole.methodologies if one.approval_date),
        *(one.inputs_start for one in whole.methodologies if one.inputs_start),
        *(one.designated for one in whole.entities if one.designated),
        *(one.registration_date for one in whole.projects if one.registration_date),
    ]


def _before_all(whole: Record) -> date:
    """Before everything that the record dates, but not before the first rules."""
    return max(min(_known_dates(whole), default=FIRST_RULES_ON) - timedelta(300), FIRST_RULES_ON + timedelta(90))


def _after_all(whole: Record) -> date:
    """After everything that the record dates: where undated projects cannot come before their methodologies."""
    return max(_known_dates(whole), default=FIRST_RULES_ON + timedelta(300)) + APPROVAL_TO_PDD


def _methodologies(record: Record, projects: list[ProjectPlan]) -> list[MethodologyPlan]:
    taken = {number_of(name) for one in record.methodologies for name in one.proposed}
    free = (number for number in count(1) if number not in taken)
    first_use: dict[tuple[str, Pair], date] = {}
    for project in sorted(projects, key=lambda one: one.published_on, reverse=True):
        first_use |= dict.fromkeys(project.record.methodologies, project.published_on)
    listed = {one.key for one in record.methodologies}
    unlisted = [MethodologyRecord(*key, (), None, None, None, None, None, None) for key in sorted(set(first_use) - listed)]
    plans = [_methodology(one, record, first_use.get(one.key), free) for one in (*record.methodologies, *unlisted)]
    return _in_order(plans)


def _before_superseded(project: ProjectPlan, plans: list[MethodologyPlan]) -> ProjectPlan:
    """A project whose publication is not dated was submitted before a newer version superseded the one that it applies."""
    newer = [
        plan.approved_on
        for plan in plans
        for reference, pair in project.record.methodologies
        if plan.record.reference == reference and plan.record.key[1] > pair
    ]
    last_day = min(newer, default=date.max) - timedelta(1)
    if PUBLICATION_DATE not in project.assumed or project.published_on <= last_day:
        return project
    return replace(project, published_on=last_day)


def _in_order(plans: list[MethodologyPlan]) -> list[MethodologyPlan]:
    """A version whose approval is not dated comes before the next version of the same methodology is drafted."""
    placed: list[MethodologyPlan] = []
    following: dict[str, MethodologyPlan] = {}
    for plan in sorted(plans, key=lambda one: one.record.key, reverse=True):
        after = following.get(plan.record.reference)
        late = after and APPROVAL_DATE in plan.assumed and plan.approved_on >= after.drafted_on
        moved = plan.moved_to(after.drafted_on - timedelta(5)) if after and late else plan
        following[plan.record.reference] = moved
        placed.append(moved)
    return placed


def _methodology(one: MethodologyRecord, whole: Record, first_use: date | None, free: Iterator[int]) -> MethodologyPlan:
    assumed = []
    approved_on = one.approval_date
    if approved_on is None:
        after_inputs = one.inputs_end + timedelta(2) if one.inputs_end else None
        approved_on = after_inputs or (first_use or _before_all(whole) + APPROVAL_TO_PDD) - timedelta(10)
        assumed.append(APPROVAL_DATE)
    published_on = one.inputs_start or approved_on - INPUTS_TO_APPROVAL
    assumed += [] if one.inputs_start else ["methodology.public_inputs"]
    assumed += [] if one.sectoral_scope else ["methodology.sectoral_scope"]
    assumed += [] if one.title else ["methodology.title"]
    assumed += [] if one.proposed else ["methodology.proposed_no"]
    number = number_of(max(one.proposed)) if one.proposed else next(free)
    return MethodologyPlan(one, number, published_on, approved_on, one.sectoral_scope or DEFAULT_SCOPE, tuple(assumed))


def _rounds(record: Record, plan: Plan) -> Iterator[RoundPlan]:
    for one in record.issuances:
        reason = _not_performable(one, plan)
        if reason:
            plan.skipped.append((one.decision_date, "credit_issuance", one.ref, reason))
        else:
            yield _round(one, plan)


def _not_performable(one: IssuanceRecord, plan: Plan) -> str:
    if len(one.projects) != 1:
        return "projects: only a joint total was read" if one.projects else "projects is null"
    needed = {
        "monitoring_start": one.monitoring_start,
        "monitoring_end": one.monitoring_end,
        "decision_date": one.decision_date,
        "amount_host": one.host,
        "amount_japan": one.japan,
    }
    for name, value in needed.items():
        if value is None:
            return f"{name} is null"
    project = next((found for found in plan.projects if found.record.id == one.projects[0]), None)
    if project is None:
        return f"projects: {one.projects[0]} is not in the list of projects"
    return "" if project.decided_on and not project.is_withdrawn else "registration_date is null"


def _round(one: IssuanceRecord, plan: Plan) -> RoundPlan:
    if (
        one.decision_date is None
        or one.monitoring_start is None
        or one.monitoring_end is None
        or one.host is None
        or one.japan is None
    ):
        raise ValueError("a round is planned only when every needed field was read")
    project = next(found for found in plan.projects if found.record.id == one.projects[0])
    registered_on = project.record.registration_date or one.decision_date
    opened_on = max(registered_on, one.monitoring_end + timedelta(1), one.decision_date - ROUND_TO_DECISION)
    total = one.host + one.japan
    return RoundPlan(
        record=one,
        project=one.projects[0],
        start=one.monitoring_start,
        end=one.monitoring_end,
        decided_on=one.decision_date,
        total=total,
        host=one.host,
        japan=one.japan,
        opened_on=min(opened_on, one.decision_date),
        verifier=project.record.verifying_tpe or "",
    )


@dataclass(slots=True)
class _Need:
    """A verifier that the record names, or leaves unnamed, and the day it is first needed."""

    name: str
    on: date


def _entities(record: Record, plan: Plan) -> Iterator[EntityPlan]:
    """Designations in order of their days; entities whose number was not read get one that no other has."""
    taken = {number_of(one.number) for one in record.entities if one.number}
    free = (number for number in count(1) if number not in taken)
    for one in _designations(record, plan):
        yield replace(one, number=number_of(one.record.number) if one.record.number else next(free))


def _designations(record: Record, plan: Plan) -> Iterator[EntityPlan]:
    seen: set[str] = set()
    for one in sorted(record.entities, key=lambda entity: entity.designated or date.max):
        if one.designated is None:
            plan.skipped.append((None, "tpe_designation", one.name, "designated is null"))
            continue
        name = same_name(one.name)
        if one.status == "scope_or_basis_change" and name not in seen:
            yield _stand_in(one.name, one.designated - ENTITY_BEFORE_USE)
        yield _entity(one, one.designated, extends=name in seen or one.status == "scope_or_basis_change")
        seen.add(name)
        if one.status in {"withdrawn", "partially_withdrawn"}:
            plan.skipped.append((None, "tpe_withdrawal", one.name, "the date of the withdrawal is null"))
    yield from _unlisted(plan, seen)


def _entity(one: EntityRecord, designated_on: date, *, extends: bool) -> EntityPlan:
    unread = one.validation is None or one.verification is None
    assumed = ("third_party_entity.scopes",) if unread else ()
    validation = ALL_SCOPES if one.validation is None else one.validation
    verification = ALL_SCOPES if one.verification is None else one.verification
    return EntityPlan(one, one.name, 0, designated_on, validation, verification, extends, assumed)


def _unlisted(plan: Plan, seen: set[str]) -> Iterator[EntityPlan]:
    """Verifiers that projects name but the list does not, and one that stands in wherever none is named."""
    needs = [_Need(one.validator, one.validated_on) for one in plan.projects if one.validated_on]
    needs += [_Need(one.verifier, one.opened_on) for one in plan.rounds]
    for need in sorted(needs, key=lambda one: one.on):
        name = same_name(need.name or STAND_IN)
        if name not in seen:
            seen.add(name)
            yield _stand_in(need.name or STAND_IN, need.on - ENTITY_BEFORE_USE)


def _stand_in(name: str, on: date) -> EntityPlan:
    record = EntityRecord(None, name, None, None, None, None)
    return EntityPlan(record, name, 0, on, ALL_SCOPES, ALL_SCOPES, extends=False, assumed=("third_party_entity.designation",))
