"""The acts of a plan as scenes: a day, a rank within the day, and what is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

from apps.accounts.models import Organisation
from apps.accounts.roles import Role, Side
from apps.committee.services import about
from apps.core import clock
from apps.documents.kinds import Kind
from apps.idea_notes.kinds import ACTIVITIES
from apps.idea_notes.models import IdeaNote
from apps.issuance.models import Round
from apps.methodologies.models import ApprovedMethodology, MethodologyVersion
from apps.projects.models import Project
from apps.rehearsal.acts import committee, entities, idea_notes, methodologies, projects, rounds
from apps.rehearsal.acts.projects import Particulars
from apps.rehearsal.people import company
from apps.rehearsal.planner import STAND_IN
from apps.rehearsal.planning import EntityPlan, MethodologyPlan, NotePlan, Plan, ProjectPlan, RoundPlan, number_of, same_name
from apps.rehearsal.run import Run, needed
from apps.rehearsal.sessions import hold
from apps.sustainability.inputs import PLAN
from apps.third_party_entities.models import ThirdPartyEntity
from apps.workflow.editions import edition

JOINT_COMMITTEE = "joint committee"
BEFORE_DESIGNATION = timedelta(10)
# The most that any edition allows. Source: P11.
CREDITING_YEARS = 10
# What no public record tells of an entity's work.
JUDGED = ("conflict_declaration", "requirement_ticks")

# What an idea note's form asks for and no public page says.
NOT_READ = {
    "host_parties": "(not read)",
    "japan_parties": "(not read)",
    "place": "(not read)",
    "technology": "(not read)",
    "expected_tonnes_per_year": 0,
    "other_registration": "no",
    "activity": ACTIVITIES[0].code,
}

# One indicator of each concern.
NOT_READ_PLAN = "\n".join(
    f"{key}; 0; 0; 2030-12-31; (not read)" for key in ("people_trained", "local_maintenance", "investment_japan_private")
)
# What a design document's form asks for and no public page says.
DESIGN_NOT_READ: dict[str, Any] = {
    "sites": [{"place": "(not read)"}],
    "estimates": [{"year": 2021, "reference_tonnes": 0, "project_tonnes": 0}],
    "operation_starts_on": date(2013, 1, 1),
    "operational_lifetime": 1,
    "contribution_from_japan": "(not read)",
    "impact_assessment": "no",
    "consultation": "(not read)",
}

Act = Callable[[Run], None]
Scene = tuple[date, int, Act]


def scenes_of(plan: Plan) -> list[Scene]:
    """Every act of a plan in the order in which it is performed; within a day files come before decisions."""
    return sorted(_scenes(plan), key=lambda scene: scene[:2])


def _scenes(plan: Plan) -> Iterator[Scene]:
    for rank, methodology in enumerate(plan.methodologies):
        yield methodology.drafted_on, 1_000 + rank, partial(_propose, plan=methodology)
        yield methodology.published_on, 2_000 + rank, partial(_publish_proposal, plan=methodology)
    for rank, entity in enumerate(plan.entities):
        before = timedelta(0) if entity.extends else BEFORE_DESIGNATION
        yield entity.designated_on - before, 3_000 + rank, partial(_apply, plan=entity)
    after_all = max((note.number or 0 for note in plan.notes), default=0) + 1
    for rank, project in enumerate(plan.projects):
        yield from _project_scenes(project, 4_000 + 10 * rank, after_all + rank)
    for rank, one in enumerate(plan.rounds):
        yield one.opened_on, 6_000 + rank, partial(_bring_round, plan=one)
        yield from _issuances(one, 9_000 + rank)
    for rank, note in enumerate(plan.notes):
        yield note.decided_on, 7_000 + rank, partial(_bring_note, plan=note)
    for rank, ballot in enumerate(plan.ballots):
        before_notes = 1_100 if ballot.goes_on else 0
        yield ballot.decided_on, 8_000 + rank - before_notes, partial(hold, plan=ballot)


def _project_scenes(plan: ProjectPlan, rank: int, spare: int) -> Iterator[Scene]:
    yield plan.published_on, rank, partial(_publish_project, plan=plan, spare=spare)
    if plan.validated_on and plan.requested_on and plan.decided_on:
        yield plan.validated_on, rank + 1, partial(_validate, plan=plan)
        yield plan.requested_on, rank + 2, partial(_request, plan=plan)
        if plan.is_withdrawn:
            yield plan.decided_on, rank + 3, partial(_withdraw_request, plan=plan)


def _issuances(plan: RoundPlan, rank: int) -> Iterator[Scene]:
    days = {Side.HOST: (plan.host, plan.record.host_issued_on), Side.JAPAN: (plan.japan, plan.record.japan_issued_on)}
    for side, (tonnes, on) in days.items():
        if tonnes and on:
            yield on, rank, partial(_issue, plan=plan, side=side)


def _propose(run: Run, plan: MethodologyPlan) -> None:
    with run.told(plan.drafted_on, "methodology_proposal", plan.record.name):
        revised = ApprovedMethodology.objects.filter(reference=plan.record.reference).first()
        title = plan.record.title or plan.record.name
        run.proposals[plan.record.key] = methodologies.propose(
            run.stage, title=title, scopes=[plan.scope], proponents=_proponents(plan), revises=revised
        )
        run.assume((*plan.assumed, "methodology.revision_reason") if revised else plan.assumed)


def _proponents(plan: MethodologyPlan) -> list[Organisation]:
    name = plan.record.proponent
    if name and JOINT_COMMITTEE in name.casefold():
        return []
    return [company(name or f"Proponent of {plan.record.reference} (assumed)")]


def _publish_proposal(run: Run, plan: MethodologyPlan) -> None:
    with run.told(plan.published_on, "methodology_proposal", plan.record.name):
        proposal = needed(run.proposals.get(plan.record.key))
        run.proposals[plan.record.key] = methodologies.publish(run.stage, proposal, number=plan.proposal_number)


def _apply(run: Run, plan: EntityPlan) -> None:
    key = same_name(plan.name)
    with run.told(plan.designated_on, "tpe_application", plan.name):
        if plan.extends:
            _new_certificate(run, needed(run.entities.get(key)))
        else:
            organisation = company(plan.name)
            run.entities[key] = entities.apply(
                run.stage, organisation, validation=plan.validation, verification=plan.verification
            )
        run.assume(plan.assumed)


def _new_certificate(run: Run, entity: ThirdPartyEntity) -> None:
    actor = run.stage.players.of(entity.organisation, Role.TPE)
    run.stage.file_papers(entity, (Kind.ACCREDITATION,), actor, again=True)


def _bring_note(run: Run, plan: NotePlan) -> None:
    """Everything up to the decision happens on its day: no earlier day was read. Source: awkward case 41."""
    with run.told(plan.decided_on, plan.item.kind, plan.item.ref):
        run.notes[plan.key] = _brought(run, plan)


def _brought(run: Run, plan: NotePlan) -> IdeaNote:
    owner = company(f"Participant of {plan.item.ref or plan.title} (assumed)", Side.HOST)
    if plan.number is None:
        rules = edition(run.stage.edition_of(IdeaNote))
        note = idea_notes.propose_exemption(run.stage, owner, plan.title, rules.in_force_from - timedelta(1))
        run.assume(("idea_note.participants", "idea_note.project_existed_on"))
        return note
    note = _reviewed(run, owner, plan.title, plan.number)
    run.assume(("idea_note.participants", "idea_note.particulars", "idea_note.submission_date", "idea_note.review"))
    return note


def _reviewed(run: Run, owner: Organisation, title: str, number: int) -> IdeaNote:
    """An idea note that is ready for the committee; what its form asks for was not read."""
    submitted = idea_notes.submit(run.stage, owner, title, NOT_READ)
    note = idea_notes.circulate(run.stage, submitted, number=number)
    return idea_notes.clear(run.stage, idea_notes.clear(run.stage, note, Side.HOST), Side.JAPAN)


def _publish_project(run: Run, plan: ProjectPlan, spare: int) -> None:
    with run.told(plan.published_on, "project_publication", plan.record.id):
        particulars = _particulars(run, plan)
        _add_what_the_edition_asks(run, plan, particulars, spare)
        project = projects.draft(run.stage, particulars)
        assumed = _assumed_plan(run, project)
        run.projects[plan.record.id] = projects.publish(run.stage, project, number=number_of(plan.record.id), plan=assumed)
        run.assume(plan.assumed)
        if plan.decided_on is None:
            run.report.performed += 1


def _particulars(run: Run, plan: ProjectPlan) -> Particulars:
    host = [(company(name, Side.HOST), Side.HOST) for name in plan.record.host_participants]
    japan = [(company(name, Side.JAPAN), Side.JAPAN) for name in plan.record.japan_participants]
    if not host:
        host = [(company(f"Participant of {plan.record.id} (assumed)", Side.HOST), Side.HOST)]
        run.report.assume("project.host_participants")
    keys = plan.record.methodologies
    versions = {key: found for key in keys if (found := _version(*key))}
    # A methodology that is not approved yet is applied as the proposal that it still is. Source: awkward case 20.
    proposals = [needed(run.proposals.get(key)) for key in keys if key not in versions]
    return Particulars(plan.record.title, [*host, *japan], list(versions.values()), proposals)


def _add_what_the_edition_asks(run: Run, plan: ProjectPlan, particulars: Particulars, spare: int) -> None:
    """Where the edition has a gate before the design document, an idea note, and of India's list an activity, are assumed."""
    rules = run.stage.edition_of(Project)
    if edition(rules).gate("pin_gate"):
        note = _reviewed(run, particulars.focal_point, plan.record.title, spare)
        title = f"No objection to the planned project of {plan.record.id} (assumed)"
        committee.decide(run.stage, title, [about(note, "decide_no_objection", title)])
        particulars.more["idea_note"] = note.reload()
        run.assume(("project.idea_note",))
    if edition(rules).gate("full_design_gate"):
        particulars.design(**DESIGN_NOT_READ)
        run.assume(("project.design_particulars", "project.signatories"))
    if edition(rules).gate("additionality_gate"):
        particulars.design(additionality="(not read)")
        run.assume(("project.additionality",))
    row = Project.procedure.row(rules, "submit_pdd")
    if row and "activity_is_eligible" in row.checks:
        particulars.more["activity"] = ACTIVITIES[0].code
        run.assume(("project.activity",))


def _assumed_plan(run: Run, project: Project) -> str:
    """Where the edition cannot do without a plan of sustainable development, one that promises nothing is assumed."""
    row = project.procedure.row(project.edition, "submit_pdd")
    if row is None or PLAN.name not in row.inputs:
        return ""
    run.assume(("project.sd_plan",))
    return NOT_READ_PLAN


def _version(reference: str, pair: tuple[int, int]) -> MethodologyVersion | None:
    return MethodologyVersion.objects.filter(methodology__reference=reference, major=pair[0], minor=pair[1]).first()


def _validate(run: Run, plan: ProjectPlan) -> None:
    with run.told(plan.validated_on, "project_validation", plan.record.id):
        project = needed(run.projects.get(plan.record.id))
        entity = needed(run.entities.get(same_name(plan.validator or STAND_IN)))
        assigned = projects.assign(run.stage, project.reload(), entity.reload())
        run.projects[plan.record.id] = projects.validate(run.stage, assigned)
        run.assume(tuple(f"project.{name}" for name in JUDGED))
        run.assume(("project.additionality_finding",) if assigned.rules.gate("additionality_gate") else ())


def _request(run: Run, plan: ProjectPlan) -> None:
    with run.told(plan.requested_on, "project_registration_request", plan.record.id):
        requested = projects.request(run.stage, _agreed(run, needed(run.projects.get(plan.record.id)).reload()))
        run.projects[plan.record.id] = projects.accept(run.stage, requested)


def _agreed(run: Run, project: Project) -> Project:
    """The allocation, and both Governments' agreement or prior approval, where the edition asks for it; no record tells it."""
    if project.procedure.row(project.edition, "propose_allocation"):
        starts_on = min([project.inputs_start_on or clock.today(), *run.record.monitored_from(project.reference)])
        ends_on = starts_on.replace(year=starts_on.year + CREDITING_YEARS, day=min(starts_on.day, 28)) - timedelta(1)
        project = projects.propose_allocation(run.stage, project, host_percent=50, starts_on=starts_on, ends_on=ends_on)
        run.assume(("project.credit_allocation", "project.crediting_period"))
    for side in Side if project.procedure.row(project.edition, "agree_allocation_host") else ():
        project = projects.agree(run.stage, project, side)
        run.assume(("project.allocation_agreement",))
    for side in Side if project.procedure.row(project.edition, "approve_registration_host") else ():
        project = projects.approve(run.stage, project, side)
        run.assume(("project.prior_approval",))
    return project


def _withdraw_request(run: Run, plan: ProjectPlan) -> None:
    with run.told(plan.decided_on, "project_registration_withdrawal", plan.record.id):
        projects.withdraw_request(run.stage, needed(run.projects.get(plan.record.id)).reload())
        run.report.performed += 1


def _bring_round(run: Run, plan: RoundPlan) -> None:
    with run.told(plan.opened_on, "issuance_request", plan.project):
        project = needed(run.projects.get(plan.project)).reload()
        verifier = needed(run.entities.get(same_name(plan.verifier or STAND_IN))).reload()
        opened = rounds.open_period(run.stage, project, starts_on=plan.start, ends_on=plan.end)
        reported = rounds.report(run.stage, opened, verifier)
        verified = rounds.verify(run.stage, reported, plan.total)
        accepted = rounds.accept(run.stage, rounds.request(run.stage, verified))
        run.rounds[plan.project, plan.start] = _approved(run, accepted)
        run.assume(("round.verified_tonnes", "round.issuance_request_date", "round.site_visit_date"))
        run.assume(tuple(f"round.{name}" for name in JUDGED))
        run.assume(() if plan.verifier else ("round.verifying_tpe",))


def _approved(run: Run, one: Round) -> Round:
    """The prior approvals of both governments, where the edition of the round asks for them."""
    for side in Side if one.procedure.row(one.edition, "approve_issuance_host") else ():
        one = rounds.approve(run.stage, one, side)
        run.assume(("round.prior_approval",))
    return one


def _issue(run: Run, plan: RoundPlan, side: Side) -> None:
    with run.told(plan.decided_on, f"issuance_{side.value}", plan.project):
        rounds.issue(run.stage, needed(run.rounds.get((plan.project, plan.start))).reload(), side)
