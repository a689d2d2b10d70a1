"""India's path, told through the site's pages: from the sheet before the rules to the withdrawal of the project.

Every act is a form that a page offers, filled in, checked and confirmed by whoever signed in; only the clock is ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from apps.accounts.models import Membership
from apps.committee.models import Ballot
from apps.core import clock
from apps.core.clock import Rehearsal
from apps.documents.kinds import Kind
from apps.findings.kinds import rows_of_form
from apps.findings.models import Finding
from apps.idea_notes.models import IdeaNote
from apps.issuance.models import Round
from apps.methodologies.models import MethodologyVersion, ProposedMethodology
from apps.project_changes.models import Change, Renewal
from apps.projects.models import Project
from apps.registry.models import Block
from apps.third_party_entities.models import ThirdPartyEntity
from apps.workflow import audit
from apps.workflow.models import Subject
from apps.workflow.services import sweep
from tests.journeys.visitor import Visitor, anew
from tests.people import Cast, cast
from tests.projects.walk import PLAN

TITLE = "Solar thermal heat for a dairy, Anand, Gujarat"
PLACES = "Anand dairy; Anand; Gujarat; 22.5645; 72.9289"
DESIGN = {
    "estimates": "2028; 61000; 24200\n2029; 61000; 24200",
    "operational_lifetime": 20,
    "contribution_from_japan": "Receivers, their design, and training",
    "impact_assessment": "no",
    "consultation": "Two meetings in Anand; questions on water are answered in section E.",
    "additionality": "Without the JCM the dairy renews its coal boiler.",
}
SIGNATORIES = """Solar India; primary; Asha Rao; Director; rao@example.org
Solar India; alternate; Vikram Shah; Manager; shah@example.org
Solar Japan; primary; Ken Mori; Director; mori@example.org
Solar Japan; alternate; Yui Sato; Manager; sato@example.org"""
FOUND = {"additionality_finding": "additional", "additionality_conclusion": "The boiler's renewal was budgeted."}
BY_YEAR = """2027; host; government; 10,972
2027; japan; government; 16,459
2028; host; government; 3,657
2028; japan; government; 5,486"""
GROUNDS = "The annual output of the receivers is not shown."


@dataclass
class Story:
    """Everybody, the clock, and what there is so far."""

    people: Cast
    time: Rehearsal
    visitors: dict[int, Visitor] = field(default_factory=dict)

    def visitor(self, membership: Membership) -> Visitor:
        """Somebody at the site, signed in once."""
        if membership.pk not in self.visitors:
            self.visitors[membership.pk] = Visitor(membership)
        return self.visitors[membership.pk]

    def __getattr__(self, name: str) -> Visitor:
        """Somebody of the cast, by role."""
        return self.visitor(getattr(self.people, name))

    def on(self, day: str) -> None:
        """It is noon in Japan of a day, and what fell due until then has happened."""
        self.time.move_to(datetime.fromisoformat(f"{day}T03:00").replace(tzinfo=UTC))
        sweep()

    def decide(self, file: Subject, step: str, question: str, **inputs: Any) -> Ballot:
        """The committee decides electronically, every member saying yes: adopted before the window ends."""
        ballot = self.ballot_on(file, step, question, **inputs)
        for one in self.people.committee:
            ballot = self.visitor(one).answers(ballot, "agree", 1)
        assert (ballot.state, ballot.items.get().outcome) == ("closed", "adopted")
        anew(file)
        return ballot

    def decide_by_silence(self, file: Subject, step: str, question: str, *, closed_on: str, **inputs: Any) -> Ballot:
        """Only the co-chairs answer; the others' silence counts when the window has ended."""
        ballot = self.ballot_on(file, step, question, **inputs)
        for one in (self.people.co_chair_host, self.people.co_chair_japan):
            ballot = self.visitor(one).answers(ballot, "agree", 1)
        assert (ballot.state, ballot.items.get().outcome) == ("circulated", "")
        self.on(closed_on)
        assert (anew(ballot).state, ballot.items.get().outcome) == ("closed", "adopted")
        anew(file)
        return ballot

    def ballot_on(self, file: Subject, step: str, question: str, **inputs: Any) -> Ballot:
        """The secretariat drafts a ballot of one item and circulates it."""
        ballot = self.secretariat_host.opens(Ballot, "draft", title=question, form="electronic")
        given = {f"inputs.{name}": value for name, value in inputs.items()}
        case = f"{file.procedure.key}:{file.pk}:{step}"
        self.secretariat_host.does(ballot, "add_item", about={"case": case}, title=question, **given)
        circulated: Ballot = self.secretariat_host.does(ballot, "circulate")
        return circulated


@pytest.fixture
def story(db: None, settings: Any, tmp_path: Path) -> Iterator[Story]:  # noqa: ARG001 - rows in a database
    settings.DOCUMENT_ROOT = tmp_path / "documents"
    with clock.rehearse(datetime(2025, 10, 6, 3, tzinfo=UTC)) as time:
        yield Story(cast(), time)


@pytest.mark.early
def test_the_path_of_a_project_in_india(story: Story) -> None:
    note = a_sheet_before_the_rules_becomes_an_idea_note_without_objection(story)
    version = a_methodology_is_approved_after_public_inputs(story)
    entity = a_verifier_is_designated(story)
    project = a_project_is_published_for_public_inputs(story, note, version)
    findings_are_raised_and_closed(story, project, entity)
    both_governments_approve_and_the_committee_registers(story, project)
    first = the_first_round_is_issued_to_both_sides(story, project, entity)
    second = a_second_round_after_a_gap(story, project, entity)
    nothing_is_counted_twice(story, project, first, second)
    a_major_change_is_decided(story, project, entity)
    a_renewal_beyond_ten_years_is_refused(story, project, entity)
    the_project_is_withdrawn(story, project)
    assert audit.differences() == []


# --- Before the rules, and under them --------------------------------------------------------------------


def a_sheet_before_the_rules_becomes_an_idea_note_without_objection(story: Story) -> IdeaNote:
    """Received in October 2025; taken over when the rules are there; neither side objects."""
    particulars = {
        "host_parties": "Solar India, owner",
        "japan_parties": "Solar Japan, supplier",
        "place": "Gujarat, Anand",
        "activity": "IN62-02",
        "technology": "Parabolic troughs with heat storage",
        "japan_contribution": "Receivers and design",
        "expected_tonnes_per_year": 36_800,
        "methodology_expected": "Solar thermal process heat",
        "crediting_years": 10,
        "host_percent": 40,
        "other_registration": "no",
    }
    note = story.participant_japan.opens(IdeaNote, "draft", title=TITLE, **particulars)
    story.participant_japan.does(note, "submit_sheet", Kind.IDEA_NOTE)
    story.secretariat_host.does(note, "acknowledge")
    story.on("2026-06-10")
    story.secretariat_host.does(note, "move_to_edition")
    story.secretariat_host.does(note, "find_complete")
    assert note.reference == "IN_PIN001"
    story.on("2026-06-18")
    assert story.government_japan.is_refused(note, "clear_host") == ["DOOR-00"], "neither side speaks for the other"
    story.government_host.does(note, "clear_host")
    story.government_japan.does(note, "clear_japan")
    story.decide(note, "decide_no_objection", "Is there no objection to the planned project?")
    assert (note.state, note.edition, note.decided_on) == ("no_objection", "india_2026", date(2026, 6, 18))
    assert (note.received_before_rules_on, note.received_under) == (date(2025, 10, 6), "india_interim")
    return note


def a_methodology_is_approved_after_public_inputs(story: Story) -> MethodologyVersion:
    """Fifteen days of public inputs, both end dates counted, then the committee."""
    story.on("2026-07-01")
    forms = (Kind.PROPOSED_METHODOLOGY, Kind.METHODOLOGY_SPREADSHEET)
    proposal = story.participant_japan.opens(
        ProposedMethodology, "draft", title="Solar thermal process heat", sectoral_scopes=[1]
    )
    story.participant_japan.does(proposal, "submit", *forms)
    story.on("2026-07-03")
    story.secretariat_japan.finds_complete(proposal, "publish")
    assert (proposal.state, proposal.reference) == ("public_inputs", "IN_PM001")
    story.on("2026-07-17")
    assert anew(proposal).state == "public_inputs", "the fifteenth day is not over"
    story.on("2026-07-18")
    assert anew(proposal).state == "consideration"
    story.decide_by_silence(proposal, "approve", "Is the methodology approved?", closed_on="2026-07-29")
    assert proposal.state == "approved"
    version = MethodologyVersion.objects.get()
    assert str(version) == "IN_AM001 Ver1.0"
    return version


def a_verifier_is_designated(story: Story) -> ThirdPartyEntity:
    """For scope 1, both functions, until the accreditation ends."""
    story.on("2026-08-03")
    scopes = {"validation": [1], "verification": [1]}
    entity = story.tpe.opens(ThirdPartyEntity, "draft", title="First Verifier", basis="iso_14065", **scopes)
    story.tpe.does(entity, "apply", Kind.TPE_APPLICATION, Kind.ACCREDITATION)
    story.secretariat_host.finds_complete(entity)
    story.decide(entity, "designate", "Is the entity designated?", **scopes, ends_on=date(2031, 7, 31))
    assert (entity.state, entity.reference) == ("designated", "TPE-IN-001")
    return entity


# --- The project ------------------------------------------------------------------------------------------


def a_project_is_published_for_public_inputs(story: Story, note: IdeaNote, version: MethodologyVersion) -> Project:
    """The design document is public for thirty days and the project has its number from then on."""
    story.on("2026-08-20")
    people = story.people
    project = story.participant_japan.opens(
        Project,
        "draft",
        title=TITLE,
        host_participants=[people.participant_host.organisation],
        japan_participants=[people.participant_japan.organisation],
        focal_point=people.participant_japan.organisation,
        versions=[version],
        sites=PLACES,
        activity="IN62-02",
        expected_tonnes_per_year=36_800,
        operation_starts_on=date(2027, 3, 1),
        idea_note=note,
        **DESIGN,
    )
    filed = {"sd_plan": PLAN, "signatories": SIGNATORIES}
    assert story.participant_japan.is_refused(project, "submit_pdd", Kind.PDD, **filed) == ["DOOR-05"]
    submission = (Kind.PDD, Kind.MONITORING_PLAN, Kind.SD_PLAN, Kind.MOC_STATEMENT)
    story.participant_japan.does(project, "submit_pdd", *submission, **filed)
    story.on("2026-08-24")
    story.secretariat_host.does(project, "publish")
    assert (project.reference, project.inputs_start_on, project.inputs_end_on) == (
        "IN001", date(2026, 8, 24), date(2026, 9, 22),
    )  # fmt: skip
    story.on("2026-09-23")
    assert anew(project).state == "inputs_closed"
    return project


def findings_are_raised_and_closed(story: Story, project: Project, entity: ThirdPartyEntity) -> None:
    """A corrective action request goes back and forth; while it is open there is no positive opinion."""
    story.on("2026-10-01")
    story.participant_japan.does(project, "assign_validator", validator=entity)
    story.tpe.does(project, "accept_assignment", declaration="no_conflict")
    request = story.tpe.opens(
        Finding,
        "raise_request",
        title="Output of the receivers",
        kind="car",
        about=project.reference,
        requirement=104,
        finding=GROUNDS,
    )
    forward = story.tpe.opens(
        Finding, "raise_forward", title="Calibration of the heat meters", about=project.reference, requirement=107,
        finding="Show the certificates at the first verification.",
    )  # fmt: skip
    ticked = [int(row) for row in rows_of_form(project.assessment, project.rules)]
    story.on("2026-10-09")
    refused = story.tpe.is_refused(
        project, "report_positive", Kind.VALIDATION_REPORT, requirements=ticked, examination="desk_review", **FOUND
    )
    assert refused == ["PRJ-22"]
    story.participant_host.does(request, "respond", response="The output follows from the data sheet.")
    story.tpe.does(request, "send_back", missing="The data sheet itself")
    story.participant_host.does(request, "respond_with_evidence", Kind.FINDING_EVIDENCE, response="The data sheet is attached.")
    story.tpe.does(request, "close", conclusion="The output is shown.")
    assert (request.state, anew(forward).state) == ("closed", "carried")
    story.on("2026-10-20")
    story.tpe.does(project, "report_positive", requirements=ticked, examination="desk_review", **FOUND)
    assert (project.state, project.validated_on) == ("validated", date(2026, 10, 20))


def both_governments_approve_and_the_committee_registers(story: Story, project: Project) -> None:
    """Two keys, then the request, then the committee: the effective date is that of its decision."""
    story.on("2026-11-02")
    ten_years = {"crediting_starts_on": date(2027, 4, 1), "crediting_ends_on": date(2037, 3, 31)}
    beyond = {**ten_years, "crediting_ends_on": date(2037, 4, 1)}
    refused = story.participant_japan.is_refused(project, "propose_allocation", Kind.CREDIT_ALLOCATION, host_percent=40, **beyond)
    assert refused == ["PRJ-15"]
    story.participant_japan.does(project, "propose_allocation", Kind.CREDIT_ALLOCATION, host_percent=40, **ten_years)
    story.government_japan.does(project, "approve_registration_japan")
    assert story.government_japan.is_refused(project, "approve_registration_host") == ["DOOR-00"]
    dossier = (Kind.REGISTRATION_REQUEST,)
    assert story.participant_japan.is_refused(project, "request_registration", *dossier) == ["DOOR-02"], "one key is not enough"
    story.government_host.does(project, "approve_registration_host")
    assert project.state == "governments_approved"
    story.on("2026-11-10")
    story.participant_japan.does(project, "request_registration", *dossier)
    story.secretariat_japan.finds_complete(project)
    days_late = "2026-11-24"
    ballot = story.decide_by_silence(project, "register", "Is the project registered?", closed_on=days_late)
    assert (project.state, project.host_percent) == ("registered", Decimal(40))
    assert (project.decided_on, project.registered_on) == (date(2026, 11, 20), date(2026, 11, 20))
    assert ballot.items.get().decision.rule == "a"


# --- Two rounds -------------------------------------------------------------------------------------------


def the_first_round_is_issued_to_both_sides(story: Story, project: Project, entity: ThirdPartyEntity) -> Round:
    """The forward request is answered, the site visited, and each side issues its own part."""
    first = opened(story, project, date(2027, 4, 1), date(2028, 3, 31))
    story.on("2028-04-20")
    in_verification(story, first, entity)
    forward = Finding.objects.get(kind="far")
    assert forward.state == "raised", "taken up with the assignment"
    story.participant_host.does(forward, "respond_with_evidence", Kind.FINDING_EVIDENCE, response="See the certificates.")
    ticked = [int(row) for row in rows_of_form(first.assessment, first.rules)]
    said = {"verified_tonnes": 36_574, "verified_by_year": "2027: 27431\n2028: 9143", "requirements": ticked}
    assert story.tpe.is_refused(
        first, "verify_positive", Kind.VERIFICATION_REPORT, examination="site_visit", visited_on=date(2028, 4, 18), **said
    ) == ["ISS-21"], "the forward request is still open"
    story.tpe.does(forward, "close", conclusion="The meters were calibrated.")
    refused = story.tpe.is_refused(first, "verify_positive", examination="other_techniques", techniques="Video", **said)
    assert refused == ["ISS-26"], "no special measure waives the first visit"
    story.tpe.does(first, "verify_positive", examination="site_visit", visited_on=date(2028, 4, 18), **said)
    issued(story, first, too_many={"amounts": BY_YEAR + "0"}, codes=["ISS-17", "ISS-32"], amounts=BY_YEAR)
    return first


def a_second_round_after_a_gap(story: Story, project: Project, entity: ThirdPartyEntity) -> Round:
    """April to June 2028 are left out; a period that takes in a day of the first round is refused when asked for."""
    second = opened(story, project, date(2028, 3, 31), date(2028, 12, 31))
    story.on("2029-01-15")
    in_verification(story, second, entity)
    ticked = [int(row) for row in rows_of_form(second.assessment, second.rules)]
    said = {
        "verified_tonnes": 31_002,
        "requirements": ticked,
        "examination": "other_techniques",
        "techniques": "Video",
    }
    story.tpe.does(second, "verify_positive", Kind.VERIFICATION_REPORT, **said)
    assert story.participant_japan.is_refused(second, "request_issuance", Kind.ISSUANCE_REQUEST) == ["ISS-07"], "one day twice"
    story.participant_japan.does(second, "withdraw")
    third = opened(story, project, date(2028, 7, 1), date(2028, 12, 31))
    in_verification(story, third, entity)
    story.tpe.does(third, "verify_positive", Kind.VERIFICATION_REPORT, **(said | {"verified_tonnes": 18_250}))
    too_many = {"host_tonnes": 7_300, "japan_tonnes": 10_951}
    issued(story, third, too_many=too_many, codes=["ISS-17"], host_tonnes=7_300, japan_tonnes=10_950)
    return third


def opened(story: Story, project: Project, starts_on: date, ends_on: date) -> Round:
    """A monitoring period, opened by the Indian participant."""
    found: Round = story.participant_host.opens(
        Round, "open_round", title=TITLE, project=project, period_starts_on=starts_on, period_ends_on=ends_on
    )
    return found


def in_verification(story: Story, one: Round, entity: ThirdPartyEntity) -> None:
    """The report is in, and the entity has accepted."""
    story.participant_host.does(one, "report", Kind.MONITORING_REPORT, Kind.SD_REPORT)
    story.participant_host.does(one, "assign_verifier", verifier=entity)
    story.tpe.does(one, "accept_assignment", declaration="no_conflict")


def issued(story: Story, one: Round, *, too_many: dict[str, Any], codes: list[str], **amounts: Any) -> None:
    """Asked for, approved by both Governments, decided, and issued by each side's registry for itself alone."""
    story.participant_japan.does(one, "request_issuance", Kind.ISSUANCE_REQUEST)
    story.secretariat_host.finds_complete(one)
    story.government_host.does(one, "approve_issuance_host")
    story.government_japan.does(one, "approve_issuance_japan")
    ballot = story.ballot_on(one, "notify", "Are too many tonnes notified?", **too_many)
    for member in story.people.committee:
        ballot = story.visitor(member).answers(ballot, "agree", 1)
    assert anew(one).state == "governments_approved", "adopted, and without effect"
    assert [problem["code"] for problem in ballot.items.get().problems] == codes
    story.decide(one, "notify", "Are the credits notified to both sides?", **amounts)
    assert story.registry_japan.is_refused(one, "issue_host") == ["DOOR-00"]
    story.registry_japan.does(one, "issue_japan")
    story.registry_host.does(one, "issue_host")
    assert one.state == "closed"
    assert story.registry_host.is_refused(one, "issue_host") == ["DOOR-02"], "never twice"


def nothing_is_counted_twice(story: Story, project: Project, *rounds: Round) -> None:
    """Serials run without gap or overlap, and the public reads what was decided."""
    blocks = list(Block.objects.order_by("serial"))
    # A period within one year needs no vintage; its decision named none.
    assert [(one.first_serial, one.last_serial, one.side, one.vintage, one.tonnes) for one in blocks] == [
        (1, 16_459, "japan", 2027, 16_459),
        (16_460, 21_945, "japan", 2028, 5_486),
        (21_946, 32_917, "host", 2027, 10_972),
        (32_918, 36_574, "host", 2028, 3_657),
        (36_575, 47_524, "japan", None, 10_950),
        (47_525, 54_824, "host", None, 7_300),
    ]
    assert sum(one.decided_tonnes or 0 for one in rounds) == 36_574 + 18_250 == sum(one.tonnes for one in blocks)
    page = story.stranger.read(project.get_absolute_url())
    for words in ("36,574", "18,250", "21,945", "10,950", "2027"):
        assert words in page


# --- What becomes of it -----------------------------------------------------------------------------------


def a_major_change_is_decided(story: Story, project: Project, entity: ThirdPartyEntity) -> None:
    """Twice the field of collectors: assessed, requested, approved, published; the touched days wait meanwhile."""
    story.on("2029-02-05")
    change = story.participant_host.opens(
        Change, "identify", title="A second field of collectors", project=project, description="A second field is built.",
        why="The dairy grows.", pdd_sections="A.2, C.2", takes_effect_on=date(2029, 4, 1), affects=[4], entity=entity,
        new_expected_tonnes=73_600,
    )  # fmt: skip
    assert story.tpe.is_refused(change, "confirm_minor", Kind.CHANGE_OPINION) == ["CHG-05", "DOOR-05"], "not a minor one"
    story.tpe.does(change, "give_opinion")
    story.participant_japan.does(change, "request", Kind.CHANGE_REQUEST, Kind.PDD)
    story.secretariat_host.finds_complete(change)
    story.decide(change, "approve", "Is the change approved?")
    story.secretariat_host.does(change, "publish")
    assert (change.state, anew(project).expected_tonnes_per_year) == ("in_effect", 73_600)
    version = project.later_versions.get()
    assert (version.number, version.effective_on, version.now["expected_tonnes_per_year"]) == (2, date(2029, 4, 1), 73_600)


def a_renewal_beyond_ten_years_is_refused(story: Story, project: Project, entity: ThirdPartyEntity) -> None:
    """Ten years in all, renewals included: the day after the tenth year is one too many."""
    story.on("2030-06-03")
    told = story.participant_japan.opening_is_refused(
        Renewal, "draft", title="Renewal", project=project, ends_on=date(2037, 4, 1), entity=entity
    )
    assert told == ["RNW-03"]


def the_project_is_withdrawn(story: Story, project: Project) -> None:
    """All participants sign; what was issued stays, and nothing more can be asked for."""
    story.on("2030-07-01")
    both = [story.people.participant_host.organisation, story.people.participant_japan.organisation]
    assert story.participant_japan.is_refused(project, "withdraw_registered", Kind.PROJECT_WITHDRAWAL, signed_by=both[:1]) == [
        "PRJ-37"
    ], "one signature is missing"
    story.participant_japan.does(project, "withdraw_registered", signed_by=both)
    assert project.state == "withdrawn_registered"
    told = story.participant_host.opening_is_refused(
        Round, "open_round", title=TITLE, project=project, period_starts_on=date(2029, 1, 1), period_ends_on=date(2029, 12, 31)
    )
    assert told == ["ISS-02"]
    assert sum(one.tonnes for one in Block.objects.all()) == 54_824
