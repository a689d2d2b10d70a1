"""Projects are opened, published, validated and put to the committee."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from apps.accounts.models import Organisation
from apps.accounts.roles import Role, Side
from apps.findings.kinds import Examination
from apps.methodologies.models import MethodologyVersion, ProposedMethodology
from apps.projects.kinds import Additionality, Rank
from apps.projects.models import Project
from apps.projects.selectors import organisations_of
from apps.projects.services import open_project
from apps.rehearsal.acts import findings
from apps.rehearsal.acts.stage import Stage
from apps.sustainability.inputs import PLAN, PLAN_IF_ANY
from apps.third_party_entities.models import ThirdPartyEntity

NAMED_BY_ITSELF = frozenset({"sites", "operation_starts_on"})


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a project is opened with."""

    title: str
    participants: Sequence[tuple[Organisation, Side]]
    versions: Sequence[MethodologyVersion] = ()
    proposals: Sequence[ProposedMethodology] = ()
    more: dict[str, Any] = field(default_factory=dict)

    def design(self, **said: Any) -> None:
        """Add what the design document says; `more` holds apart what opening a project names by itself."""
        for name, value in said.items():
            (self.more if name in NAMED_BY_ITSELF else self.more.setdefault("design", {}))[name] = value

    @property
    def focal_point(self) -> Organisation:
        """The first Japanese participant, or the first of all where there is none."""
        japanese = [one for one, side in self.participants if side == Side.JAPAN]
        return japanese[0] if japanese else self.participants[0][0]


# What no public record tells of the validator's finding.
FOUND_ADDITIONAL = {
    "additionality_finding": Additionality.ADDITIONAL.value,
    "additionality_conclusion": "The statement is plausible and supported by the evidence.",
}


def draft(stage: Stage, particulars: Particulars) -> Project:
    """The focal point opens a project."""
    stage.tick()
    opened = open_project(
        actor=stage.players.of(particulars.focal_point, Role.PARTICIPANT),
        edition=stage.edition_of(Project),
        title=particulars.title,
        participants=list(particulars.participants),
        focal_point=particulars.focal_point,
        versions=list(particulars.versions),
        proposals=list(particulars.proposals),
        **particulars.more,
    )
    return Project.objects.get(pk=opened.pk)


def speak(stage: Stage, project: Project, key: str, **inputs: Any) -> Project:
    """A step of the focal point."""
    return stage.act(project, key, stage.players.of(project.focal_point, Role.PARTICIPANT), **inputs)


def submit(stage: Stage, project: Project, plan: str = "") -> Project:
    """The focal point submits the PDD, with the plan where one is given and the signatories where the edition asks for them."""
    row = project.procedure.row(project.edition, "submit_pdd")
    asked = {PLAN.name, PLAN_IF_ANY.name} & set(row.inputs if row else ())
    return speak(stage, project, "submit_pdd", **(dict.fromkeys(asked, plan) if plan else {}), **_signatories(project))


def publish(stage: Stage, project: Project, *, number: int | None = None, plan: str = "") -> Project:
    """The PDD is submitted and published under the project's number."""
    submitted = submit(stage, project, plan)
    return stage.act(submitted, "publish", stage.players.one(Role.SECRETARIAT, Side.HOST), number=number)


def _signatories(project: Project) -> dict[str, Any]:
    """Stand-ins for the signatories of each entity, where the edition asks for them; no public record names them."""
    if not project.rules.gate("signatories_gate"):
        return {}
    entities = Organisation.objects.filter(pk__in=organisations_of(project)).order_by("pk")
    lines = [
        f"{one.name}; {rank.value}; {rank.label.capitalize()}; Manager; {rank.value}@example.org"
        for one in entities
        for rank in Rank
    ]
    return {"signatories": "\n".join(lines)}


def assign(stage: Stage, project: Project, validator: ThirdPartyEntity) -> Project:
    """The participants name the entity that validates."""
    return speak(stage, project, "assign_validator", validator=validator.pk)


def validate(stage: Stage, project: Project, fixed: str = "") -> Project:
    """The entity accepts, if it has not done so, and reports a positive opinion, with the values that it fixes."""
    if project.validator is None:
        raise ValueError(f"{project.reference}: no validator was named")
    accepted = findings.accept(stage, project, project.validator)
    actor = stage.players.of(project.validator.organisation, Role.TPE)
    said = {"requirements": findings.ticked(project), "examination": Examination.SITE_VISIT.value}
    said |= FOUND_ADDITIONAL if project.rules.gate("additionality_gate") else {}
    said |= {"fixed_values": fixed} if fixed else {}
    return stage.act(accepted, "report_positive", actor, **said)


def propose_allocation(stage: Stage, project: Project, *, host_percent: int, starts_on: date, ends_on: date) -> Project:
    """The participants propose how the credits are to be shared, and for how long."""
    return speak(
        stage, project, "propose_allocation", host_percent=host_percent, crediting_starts_on=starts_on, crediting_ends_on=ends_on
    )


def agree(stage: Stage, project: Project, side: Side) -> Project:
    """One government agrees to the allocation."""
    return stage.act(project, f"agree_allocation_{side.value}", stage.players.one(Role.GOVERNMENT, side))


def approve(stage: Stage, project: Project, side: Side) -> Project:
    """One government gives its prior approval."""
    return stage.act(project, f"approve_registration_{side.value}", stage.players.one(Role.GOVERNMENT, side))


def request(stage: Stage, project: Project) -> Project:
    """Registration is requested."""
    return speak(stage, project, "request_registration")


def accept(stage: Stage, project: Project) -> Project:
    """The secretariat finds the request complete."""
    return stage.act(project, "accept_as_complete", stage.players.one(Role.SECRETARIAT, Side.JAPAN))


def withdraw_request(stage: Stage, project: Project) -> Project:
    """The focal point withdraws the request for registration."""
    return speak(stage, project, "withdraw_request")
