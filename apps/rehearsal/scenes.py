"""The acts of a plan as scenes: a day, a rank within the day, and what is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial

from apps.accounts.models import Organisation
from apps.accounts.roles import Role, Side
from apps.documents.kinds import Kind
from apps.methodologies.models import ApprovedMethodology, MethodologyVersion
from apps.rehearsal.acts import entities, methodologies, projects, rounds
from apps.rehearsal.acts.projects import Particulars
from apps.rehearsal.people import company
from apps.rehearsal.planner import STAND_IN
from apps.rehearsal.planning import EntityPlan, MethodologyPlan, Plan, ProjectPlan, RoundPlan, number_of, same_name
from apps.rehearsal.run import Run, needed
from apps.rehearsal.sessions import hold
from apps.third_party_entities.models import ThirdPartyEntity

JOINT_COMMITTEE = "joint committee"
BEFORE_DESIGNATION = timedelta(10)

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
    for rank, project in enumerate(plan.projects):
        yield from _project_scenes(project, 4_000 + 10 * rank)
    for rank, one in enumerate(plan.rounds):
        yield one.opened_on, 6_000 + rank, partial(_bring_round, plan=one)
        yield from _issuances(one, 9_000 + rank)
    for rank, ballot in enumerate(plan.ballots):
        yield ballot.decided_on, 8_000 + rank, partial(hold, plan=ballot)


def _project_scenes(plan: ProjectPlan, rank: int) -> Iterator[Scene]:
    yield plan.published_on, rank, partial(_publish_project, plan=plan)
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


def _publish_project(run: Run, plan: ProjectPlan) -> None:
    with run.told(plan.published_on, "project_publication", plan.record.id):
        project = projects.draft(run.stage, _particulars(run, plan))
        run.projects[plan.record.id] = projects.publish(run.stage, project, number=number_of(plan.record.id))
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


def _version(reference: str, pair: tuple[int, int]) -> MethodologyVersion | None:
    return MethodologyVersion.objects.filter(methodology__reference=reference, major=pair[0], minor=pair[1]).first()


def _validate(run: Run, plan: ProjectPlan) -> None:
    with run.told(plan.validated_on, "project_validation", plan.record.id):
        project = needed(run.projects.get(plan.record.id))
        entity = needed(run.entities.get(same_name(plan.validator or STAND_IN)))
        assigned = projects.assign(run.stage, project.reload(), entity.reload())
        run.projects[plan.record.id] = projects.validate(run.stage, assigned)


def _request(run: Run, plan: ProjectPlan) -> None:
    with run.told(plan.requested_on, "project_registration_request", plan.record.id):
        requested = projects.request(run.stage, needed(run.projects.get(plan.record.id)).reload())
        run.projects[plan.record.id] = projects.accept(run.stage, requested)


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
        run.rounds[plan.project, plan.start] = rounds.accept(run.stage, rounds.request(run.stage, verified))
        run.assume(("round.verified_tonnes", "round.issuance_request_date"))
        run.assume(() if plan.verifier else ("round.verifying_tpe",))


def _issue(run: Run, plan: RoundPlan, side: Side) -> None:
    with run.told(plan.decided_on, f"issuance_{side.value}", plan.project):
        rounds.issue(run.stage, needed(run.rounds.get((plan.project, plan.start))).reload(), side)
