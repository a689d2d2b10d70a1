"""The way of a project through its real steps, for tests: a world around it, and short ways into each state."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from apps.accounts.models import Membership, Organisation
from apps.core.calendar import JST, start_of
from apps.core.clock import Rehearsal
from apps.documents.kinds import Kind
from apps.documents.services import add_version
from apps.events.models import Event
from apps.findings.kinds import rows_of_form
from apps.findings.models import Assessed
from apps.idea_notes.models import IdeaNote
from apps.methodologies.models import MethodologyVersion, ProposedMethodology
from apps.projects.models import Project
from apps.projects.procedure import State
from apps.projects.selectors import organisations_of
from apps.projects.services import open_project
from apps.rehearsal.acts.stage import itemised
from apps.third_party_entities.models import ThirdPartyEntity
from apps.workflow.actors import Actor
from apps.workflow.editions import EDITIONS
from apps.workflow.models import Subject
from apps.workflow.services import open_file, perform, sweep
from tests.decision import decide
from tests.journeys import idea_note
from tests.journeys.editions import under
from tests.people import Cast, actor
from tests.remembered import remembered

# No such decision exists: for what is refused before the committee is asked.
BY_DECISION = Actor.decision(1)
FORMS = (Kind.PROPOSED_METHODOLOGY, Kind.METHODOLOGY_SPREADSHEET)
PAPERS = (Kind.TPE_APPLICATION, Kind.ACCREDITATION)
# What a design document says besides, as far as an edition asks for it.
ADDITIONAL = {"additionality": "Without credits the boiler is replaced by another one that burns coal."}
DESIGN = {
    **ADDITIONAL,
    "sites": [{"place": "Amul dairy", "district": "Anand", "state_or_province": "Gujarat"}],
    "estimates": "2028; 30000; 7500\n2029; 30000; 7400",
    "operation_starts_on": date(2026, 1, 1),
    "operational_lifetime": 20,
    "contribution_from_japan": "Collectors and their control",
    "impact_assessment": "no",
    "consultation": "Two meetings in Anand; nobody was against it.",
}
FOUND_ADDITIONAL = {"additionality_finding": "additional", "additionality_conclusion": "The investment analysis holds."}
SUBMISSION = (Kind.PDD, Kind.MONITORING_PLAN, Kind.SD_PLAN, Kind.MOC_STATEMENT)


def noon(year: int, month: int, day: int) -> datetime:
    """Midday of a legal day."""
    return datetime(year, month, day, 12, tzinfo=JST)


def upload(subject: Subject, by: Membership, *kinds: Kind, text: str = "as first handed in", confidential: bool = False) -> None:
    """Hand in a document of each kind; the same text gives the same bytes."""
    for kind in kinds:
        content = f"%PDF-1.7\n{kind.value} of {subject.pk}, {text}\n".encode()
        add_version(
            subject=subject, kind=kind, name=f"{kind.value}.pdf", content=content, membership=by, confidential=confidential
        )


# One indicator of each concern. Source: rules 4.4.
PLAN = """people_trained; 0; 24; 2030-03-31; attendance lists
local_maintenance; 2; 10; 2031-03-31; payroll
investment_japan_subsidy; 0; 120,000,000; 2028-03-31; grant decision"""


def signed(project: Project) -> dict[str, Any]:
    """A primary and an alternate signatory of each entity, where the edition asks for them."""
    if not project.rules.gate("signatories_gate"):
        return {}
    entities = Organisation.objects.filter(pk__in=organisations_of(project)).order_by("pk")
    ranks = {"primary": "Asha Rao", "alternate": "Ken Mori"}
    people = [
        {"entity": one.name, "rank": rank, "name": name, "title": "Director", "email": f"{rank}@example.org"}
        for one in entities
        for rank, name in ranks.items()
    ]
    return {"signatories": people}


@dataclass
class World:
    """Everybody, a clock that moves when told to, and one edition of the rules."""

    people: Cast
    time: Rehearsal
    edition: str
    made: dict[str, Any] = field(default_factory=dict)

    # --- Around a project ---

    def proposal(self, *scopes: int) -> ProposedMethodology:
        """A proposed methodology before the committee."""
        opener, secretariat = self.people.participant_japan, actor(self.people.secretariat_japan)
        proposal = open_file(
            ProposedMethodology,
            "draft",
            actor=actor(opener),
            edition=self.edition,
            title="Solar thermal heat for industry",
            sectoral_scopes=list(scopes or (1,)),
        )
        assert isinstance(proposal, ProposedMethodology)
        upload(proposal, opener, *FORMS)
        perform(proposal, "submit", actor=actor(opener))
        perform(proposal, "publish", actor=secretariat, **itemised(proposal, "publish", {}))
        self.days(15)
        sweep()
        assert proposal.reload().state == "consideration"
        return proposal.reload()

    def version(self, *scopes: int) -> MethodologyVersion:
        """A methodology that the committee has approved."""
        proposal = self.proposal(*scopes)
        decide(self.people, proposal, "approve")
        return MethodologyVersion.objects.get(bases__proposal=proposal)

    def entity(
        self, by: Membership | None = None, *, scopes: Iterable[int] = (1,), ends_on: date | None = None
    ) -> ThirdPartyEntity:
        """A third-party entity designated for validation and verification."""
        by = by or self.people.tpe
        numbers = list(scopes)
        entity = open_file(
            ThirdPartyEntity,
            "draft",
            actor=actor(by),
            edition=self.edition,
            title=by.organisation.name,
            fields={"organisation_id": by.organisation_id},
            basis="iso_14065",
            validation=numbers,
            verification=numbers,
        )
        assert isinstance(entity, ThirdPartyEntity)
        upload(entity, by, *PAPERS)
        perform(entity, "apply", actor=actor(by))
        perform(
            entity, "accept_as_complete", actor=actor(self.people.secretariat_host), **itemised(entity, "accept_as_complete", {})
        )
        decide(self.people, entity, "designate", validation=numbers, verification=numbers, ends_on=ends_on)
        return entity.reload()

    def days(self, number: int) -> None:
        """Let days pass."""
        self.time.move_to(self.time.moment + timedelta(days=number))

    @property
    def today(self) -> date:
        return self.time.moment.astimezone(JST).date()

    # --- The project ---

    def open(self, **changes: Any) -> Project:
        """A draft of one participant per side, spoken for by Japan's, with an approved methodology."""
        people = self.people
        given = {
            "actor": actor(people.participant_japan),
            "edition": self.edition,
            "title": "Solar thermal heat for a dairy, Anand, Gujarat",
            "participants": [
                (people.participant_host.organisation, "host"),
                (people.participant_japan.organisation, "japan"),
            ],
            "focal_point": people.participant_japan.organisation,
            "activity": "IN62-02",
            **changes,
        }
        if not {"versions", "proposals"} & set(given):
            given["versions"] = [self.usual_version]
        if EDITIONS[self.edition].gate("pin_gate") and "idea_note" not in given:
            given["idea_note"] = self.note(of=given["focal_point"])
        return open_project(**self.designed(given))

    def designed(self, given: dict[str, Any]) -> dict[str, Any]:
        """The same with what the edition asks of the design document, as far as it is not said."""
        rules = EDITIONS[self.edition]
        asked = DESIGN if rules.gate("full_design_gate") else ADDITIONAL if rules.gate("additionality_gate") else {}
        own = {"sites", "operation_starts_on"}
        more = {name: value for name, value in asked.items() if name in own and name not in given}
        others = {name: value for name, value in asked.items() if name not in own}
        return {**given, **more, "design": {**others, **given.get("design", {})}}

    def note(self, *, of: Organisation | None = None, **changes: Any) -> IdeaNote:
        """An idea note of a participant to which the committee has no objection."""
        people = self.people
        own = [one for one in (people.participant_host, people.stranger) if of and one.organisation_id == of.pk]
        by = own[0] if own else people.participant_japan
        asked = ("note", by.pk, tuple(sorted(changes.items())))
        note: IdeaNote = self.usual(
            asked, lambda: under(self.edition, lambda: idea_note.without_objection(people, by=by, **changes))
        )
        return note

    @property
    def usual_version(self) -> MethodologyVersion:
        if "version" not in self.made:
            self.made["version"] = self.usual(("version",), lambda: self.version(1))
        found: MethodologyVersion = self.made["version"]
        return found

    @property
    def usual_entity(self) -> ThirdPartyEntity:
        if "entity" not in self.made:
            self.made["entity"] = self.usual(("entity",), self.entity)
        found: ThirdPartyEntity = self.made["entity"]
        return found

    def reach(self, state: State, project: Project | None = None, **changes: Any) -> Project:
        """A project in a state of the straight path, by real steps."""
        if project is not None or changes:
            return self._reached(state, project or self.open(**changes))
        found: Project = self.usual(("project", state), lambda: self._reached(state, self.open()))
        return found

    def usual(self, asked: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        """What is made in a world that knows the same methodology and entity, as often as it is asked for."""
        known = tuple((name, one.pk) for name, one in sorted(self.made.items()))
        found, made = remembered((*asked, self.edition, known), lambda: (make(), self.made))
        self.made.update(made)
        return found

    def _reached(self, state: State, project: Project) -> Project:
        for _step in range(12):
            project = project.reload()
            if project.state == state:
                return project
            self.further(project)
        raise AssertionError(f"{state} was not reached: {project.state}")

    def further(self, project: Project) -> None:
        """One step along the straight path, with the documents that it needs."""
        getattr(self, f"_from_{project.state}")(project)

    def _from_draft(self, project: Project) -> None:
        upload(project, self.people.participant_japan, *SUBMISSION)
        self.submit(project)

    def submit(self, project: Project, by: Membership | None = None, **changes: Any) -> Event:
        """Submit the PDD with what the edition cannot do without: a plan of sustainable development, signatories."""
        given = {"sd_plan": PLAN} if self.edition == "india_2026" else {}
        actor_ = actor(by or self.people.participant_japan)
        return perform(project, "submit_pdd", actor=actor_, **{**given, **signed(project), **changes})

    def _from_submitted(self, project: Project) -> None:
        perform(project, "publish", actor=actor(self.people.secretariat_host))

    def _from_inputs(self, project: Project) -> None:
        assert project.inputs_end_on is not None
        self.time.move_to(max(self.time.moment, start_of(project.inputs_end_on + timedelta(days=1))))
        sweep()

    def _from_inputs_closed(self, project: Project) -> None:
        perform(project, "assign_validator", actor=actor(self.people.participant_japan), validator=self.usual_entity)

    def _from_validation(self, project: Project) -> None:
        self.accept(project)
        upload(project, self.people.tpe, Kind.VALIDATION_REPORT)
        self.report(project)

    def accept(self, file: Assessed, by: Membership | None = None) -> None:
        """The entity accepts its assignment, unless it has done so."""
        if file.reload().accepted_on is None:
            perform(file, "accept_assignment", actor=actor(by or self.people.tpe), declaration="no_conflict")

    def in_validation(self, project: Project | None = None, **changes: Any) -> Project:
        """A project that its entity has accepted to validate."""
        if project is not None or changes:
            return self._accepted(self.reach(State.VALIDATION, project, **changes))
        found: Project = self.usual(("in validation",), lambda: self._accepted(self.reach(State.VALIDATION)))
        return found

    def _accepted(self, project: Project) -> Project:
        self.accept(project)
        return project.reload()

    def report(self, project: Project, by: Membership | None = None, **more: Any) -> Event:
        """A positive opinion with every row of the form ticked."""
        given = {"requirements": rows_of_form(project.assessment, project.rules), "examination": "desk_review"}
        given |= FOUND_ADDITIONAL if project.rules.gate("additionality_gate") else {}
        return perform(project, "report_positive", actor=actor(by or self.people.tpe), **{**given, **more})

    def _from_validated(self, project: Project) -> None:
        if self.edition == "jcm_2013":
            self.request(project)
        else:
            self.propose(project)

    def _from_allocation_proposed(self, project: Project) -> None:
        answer = "approve_registration" if self.edition == "india_2026" else "agree_allocation"
        perform(project, f"{answer}_host", actor=actor(self.people.government_host))
        perform(project, f"{answer}_japan", actor=actor(self.people.government_japan))

    def _from_allocation_agreed(self, project: Project) -> None:
        self.request(project)

    def _from_governments_approved(self, project: Project) -> None:
        self.request(project)

    def _from_requested(self, project: Project) -> None:
        perform(
            project,
            "accept_as_complete",
            actor=actor(self.people.secretariat_japan),
            **itemised(project, "accept_as_complete", {}),
        )

    def _from_consideration(self, project: Project) -> None:
        decide(self.people, project, "register")

    def propose(self, project: Project, **changes: Any) -> Event:
        """Propose 40 per cent for the partner country and ten years from 1 April 2028."""
        upload(project, self.people.participant_japan, Kind.CREDIT_ALLOCATION)
        given = {"host_percent": 40, "crediting_starts_on": "2028-04-01", "crediting_ends_on": "2038-03-31", **changes}
        return perform(project, "propose_allocation", actor=actor(self.people.participant_japan), **given)

    def request(self, project: Project) -> Event:
        """Ask for registration with the whole dossier."""
        upload(project, self.people.participant_japan, Kind.REGISTRATION_REQUEST, Kind.MOC_STATEMENT)
        return perform(project, "request_registration", actor=actor(self.people.participant_japan))
