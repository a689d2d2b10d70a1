"""The verifier's desk, told through the site's pages: assignments, findings in rounds, the report, and the first verification.

Every act is a form that a page offers, filled in, checked and confirmed by whoever signed in; only the clock is ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from apps.committee.models import Ballot
from apps.core import clock
from apps.documents.kinds import Kind
from apps.findings.kinds import rows_of_form
from apps.findings.models import Finding
from apps.issuance.models import Round
from apps.projects.models import Project
from apps.third_party_entities.models import ThirdPartyEntity
from tests.journeys.test_india import (
    FOUND,
    Story,
    a_methodology_is_approved_after_public_inputs,
    a_project_is_published_for_public_inputs,
    a_sheet_before_the_rules_becomes_an_idea_note_without_objection,
    a_verifier_is_designated,
    both_governments_approve_and_the_committee_registers,
)
from tests.journeys.visitor import Visitor, anew, filled
from tests.people import cast
from tests.portal.reading import TAG

CAR, SECOND, CL, FAR = "IN001-CAR1", "IN001-CAR2", "IN001-CL1", "IN001-FAR1"


@pytest.fixture
def story(db: None, settings: Any, tmp_path: Path) -> Iterator[Story]:  # noqa: ARG001 - rows in a database
    settings.DOCUMENT_ROOT = tmp_path / "documents"
    with clock.rehearse(datetime(2025, 10, 6, 3, tzinfo=UTC)) as time:
        yield Story(cast(), time)


@pytest.mark.early
def test_a_verifier_is_at_home(story: Story) -> None:
    note = a_sheet_before_the_rules_becomes_an_idea_note_without_objection(story)
    version = a_methodology_is_approved_after_public_inputs(story)
    entity = a_verifier_is_designated(story)
    project = a_project_is_published_for_public_inputs(story, note, version)
    the_entity_accepts_with_the_declaration(story, project, entity)
    findings = four_findings_are_raised_about_named_rows(story, project)
    nobody_else_sees_or_acts(story, project, findings)
    an_open_request_stands_in_the_way(story, project)
    one_goes_back_and_all_are_settled(story, project, findings)
    the_report_is_positive(story, project)
    both_governments_approve_and_the_committee_registers(story, project)
    the_committee_saw_report_and_findings(story, project)
    the_forward_request_stands_on_the_first_verification(story, project, entity)


def the_entity_accepts_with_the_declaration(story: Story, project: Project, entity: ThirdPartyEntity) -> None:
    """The assignment stands on the desk; without the declaration it is not accepted."""
    story.on("2026-10-01")
    assert "Assignments 0 Nothing at the moment." in words(story.tpe.read("/"))
    story.participant_japan.does(project, "assign_validator", validator=entity)
    accept = "Accept the assignment and declare that there is no conflict of interest"
    assert (
        f"IN001 {project.title} Validation to be accepted since 1 October 2026"
        f" 0 open, 0 answered, 0 carried on, 0 closed No date set {accept}"
    ) in words(story.tpe.read("/"))
    page = words(story.tpe.read(at(project)))
    assert "The entity has not yet accepted the assignment." in page
    assert f"Your steps {accept} Decline the assignment The file" in page
    assert story.tpe.is_refused(project, "accept_assignment") == ["DOOR-07"]
    story.tpe.does(project, "accept_assignment", declaration="no_conflict")
    assert "Assignment accepted Thu 1 October 2026" in words(story.tpe.read(at(project)))
    assert "Validation accepted on 1 October 2026" in words(story.tpe.read("/"))


def four_findings_are_raised_about_named_rows(story: Story, project: Project) -> dict[str, Finding]:
    """Two corrective action requests, a clarification request and a forward one, each from its row of the checklist."""
    raised = {
        CAR: raise_at(story.tpe, project, "raise_request", 104, "Output of the receivers", kind="car"),
        SECOND: raise_at(story.tpe, project, "raise_request", 106, "Second meeting in Anand", kind="car"),
        CL: raise_at(story.tpe, project, "raise_request", 102, "Area of the field", kind="cl"),
        FAR: raise_at(story.tpe, project, "raise_forward", 107, "Calibration of the heat meters"),
    }
    assert [(one.reference, one.state) for one in raised.values()] == [
        (CAR, "raised"), (SECOND, "raised"), (CL, "raised"), (FAR, "carried"),
    ]  # fmt: skip
    page = words(story.tpe.read(at(project)))
    assert "3 open, 0 answered, 1 carried on, 0 closed" in page
    waits = f"{SECOND} Waits for a response Must answer: Project participant, Focal point"
    assert f"Local stakeholder consultation Not looked at yet {waits}" in page
    return raised


def raise_at(visitor: Visitor, project: Project, step: str, row: int, title: str, **answers: Any) -> Finding:
    """Follow the link beside a row: file and row are filled in already."""
    place = f"/finding/new/{step}/?about={project.reference}&requirement={row}"
    assert f'href="{place.replace("&", "&amp;")}"' in visitor.read(at(project))
    before = set(Finding.objects.values_list("pk", flat=True))
    visitor._through(place, {"title": title, "finding": f"{title}: this is not shown.", **answers})
    found = Finding.objects.exclude(pk__in=before).get()
    assert (found.requirement, found.file) == (row, project)
    return found


def nobody_else_sees_or_acts(story: Story, project: Project, findings: dict[str, Finding]) -> None:
    """Another entity, the members before the report, Governments and strangers get 404; participants cannot close."""
    for one in (story.other_tpe, story.visitor(story.people.members_host[0]), story.government_host, story.stranger):
        assert one.client.get(at(project)).status_code == 404
    for one in (story.other_tpe, story.stranger):
        assert one.client.get(findings[CAR].get_absolute_url()).status_code == 404
    assert story.other_tpe.is_refused(findings[CAR], "close", conclusion="It is shown.") == ["DOOR-00"]
    assert story.other_tpe.client.get(f"/finding/{findings[CAR].pk}/close/").status_code == 403
    assert story.other_tpe.opening_is_refused(
        Finding, "raise_forward", title="x", about="IN001", requirement=104, finding="x"
    ) == ["FND-01"]
    assert story.participant_host.is_refused(findings[CAR], "close", conclusion="It is shown.") == ["DOOR-00"]
    assert story.participant_host.client.get(f"{at(project)}checklist/").status_code == 404


def an_open_request_stands_in_the_way(story: Story, project: Project) -> None:
    """All rows are ticked on the checklist, and the opinion is refused for what is open."""
    story.on("2026-10-09")
    rows = [int(one) for one in rows_of_form(project.assessment, project.rules)]
    save_checklist(story.tpe, project, dict.fromkeys(rows, "on"), {104: "Asked for the data sheet of 2024."})
    page = words(story.tpe.read(at(project)))
    assert "Emission sources and calculation Asked for the data sheet of 2024. Ticked, but a request is open" in page
    assert "Monitoring Ticked IN001-FAR1 Carried to the next verification" in page
    assert "IN001-CAR1 is open (Waits for a response); close it, or withdraw it if it was raised in error PRJ-22" in page
    assert "Validation report is missing; upload it first DOOR-05" in page
    assert "Asked for the data sheet" in words(story.secretariat_japan.read(at(project)))
    theirs = words(story.participant_host.read(at(project)))
    assert "Asked for the data sheet" not in theirs
    assert "Emission sources and calculation A request is open IN001-CAR1" in theirs
    assert "Ticked" not in theirs
    assert "Before a positive opinion" not in theirs
    refused = story.tpe.is_refused(project, "report_positive", Kind.VALIDATION_REPORT, examination="desk_review", **FOUND)
    assert refused == ["PRJ-22"], "the rows stand ticked as on the checklist"


def save_checklist(visitor: Visitor, file: Any, ticks: dict[int, str], notes: dict[int, str]) -> None:
    """Tick rows and write notes on the entity's own page."""
    path = f"{at(file)}checklist/"
    given = {f"met_{row}": value for row, value in ticks.items()} | {f"text_{row}": text for row, text in notes.items()}
    assert visitor.client.post(path, filled(visitor.read(path), given)).status_code == 302


def one_goes_back_and_all_are_settled(story: Story, project: Project, findings: dict[str, Finding]) -> None:
    """The first corrective action request has a second round; the forward one stays for the first verification."""
    car, second, clarification, _forward = findings.values()
    story.participant_host.does(car, "respond_with_evidence", Kind.FINDING_EVIDENCE, response="See the offer of the maker.")
    story.participant_japan.does(second, "respond_with_evidence", Kind.FINDING_EVIDENCE, response="See the minutes.")
    story.participant_host.does(clarification, "respond", response="It is 4 hectares.")
    assert "0 open, 3 answered, 1 carried on, 0 closed No date set Close or send back 3 responses" in words(story.tpe.read("/"))
    story.on("2026-10-12")
    story.tpe.does(car, "send_back", missing="The data sheet itself")
    assert story.tpe.is_refused(project, "report_positive", examination="desk_review", **FOUND) == ["PRJ-22"]
    story.participant_host.does(car, "respond_with_evidence", Kind.FINDING_EVIDENCE, response="The data sheet is attached.")
    for one in (car, second, clarification):
        story.tpe.does(one, "close", conclusion="It is shown.")
    page = words(story.participant_host.read(car.get_absolute_url()))
    thread = [
        "Output of the receivers: this is not shown.",
        "See the offer of the maker. Evidence for the response to a finding, version 1",
        "The data sheet itself",
        "round 2",
        "The data sheet is attached. Evidence for the response to a finding, version 2",
        "Close the finding",
    ]
    places = [page.index(line) for line in thread]
    assert places == sorted(places)
    assert story.participant_japan.is_refused(car, "close", conclusion="x") == ["DOOR-00"]


def the_report_is_positive(story: Story, project: Project) -> None:
    """The report was handed in before; now nothing stands in the way."""
    story.on("2026-10-20")
    assert "Nothing stands in the way; the form of the opinion asks for the rest." in words(story.tpe.read(at(project)))
    story.tpe.does(project, "report_positive", examination="desk_review", **FOUND)
    assert project.state == "validated"
    page = words(story.participant_host.read(at(project)))
    assert "The entity reported a positive opinion on 20 October 2026." in page
    assert "0 open, 0 answered, 1 carried on, 3 closed" in page
    assert "Asked for the data sheet" not in page
    member = words(story.visitor(story.people.members_japan[0]).read(at(project)))
    assert "Emission sources and calculation Ticked IN001-CAR1 Closed" in member
    assert "Asked for the data sheet" not in member


def the_committee_saw_report_and_findings(story: Story, project: Project) -> None:
    """The ballot's page and the project's page show the report and the four findings with their rounds."""
    member = story.visitor(story.people.members_host[0])
    ballot = Ballot.objects.latest("pk")
    car, forward = "Corrective action request", "Forward action request"
    closed, carried = "ended on 12 October 2026", "carried on since 1 October 2026"
    told = [
        f"{CAR} Output of the receivers Emission sources and calculation {car} Closed 2 rounds; {closed}",
        f"{SECOND} Second meeting in Anand Local stakeholder consultation {car} Closed 1 round; {closed}",
        f"{CL} Area of the field Project description Clarification request Closed 1 round; {closed}",
        f"{FAR} Calibration of the heat meters Monitoring {forward} Carried to the next verification 1 round; {carried}",
    ]
    for path in (ballot.get_absolute_url(), project.get_absolute_url()):
        page = words(member.read(path))
        assert [line for line in told if line not in page] == [], path
        assert "Validation report" in page


def the_forward_request_stands_on_the_first_verification(story: Story, project: Project, entity: ThirdPartyEntity) -> None:
    """A round is opened and its verifier accepts: the forward action request is taken up there."""
    days = {"period_starts_on": date(2027, 4, 1), "period_ends_on": date(2028, 3, 31)}
    first = story.participant_host.opens(Round, "open_round", title=project.title, project=project, **days)
    story.on("2028-04-20")
    story.participant_host.does(first, "report", Kind.MONITORING_REPORT, Kind.SD_REPORT)
    story.participant_host.does(first, "assign_verifier", verifier=entity)
    before = words(story.tpe.read(at(first)))
    assert "Findings 0 The open ones first Nothing was raised." in before
    assert f"{FAR} has not been taken up; take it up, then close it or carry it on with a statement ISS-27" in before
    story.tpe.does(first, "accept_assignment", declaration="no_conflict")
    assert anew(Finding.objects.get(kind="far")).state == "raised"
    page = words(story.tpe.read(at(first)))
    assert f"{FAR} Calibration of the heat meters Waits for a response" in page
    assert "1 open, 0 answered, 0 carried on, 0 closed" in page
    assert f"{FAR} is open (Waits for a response); close it, or carry it on with a statement ISS-21" in page
    assert f"{first.reference} {first.title} Verification accepted on 20 April 2028" in words(story.tpe.read("/"))
    round_page = words(story.secretariat_host.read(first.get_absolute_url()))
    assert "Findings 1 Assessment by the entity" in round_page
    assert FAR in words(story.tpe.read(at(project))), "the validation still tells of it"


def at(file: Any) -> str:
    """The page of a file's assessment."""
    return f"/assessments/{file.procedure.key}/{file.pk}/"


def words(page: str) -> str:
    """What stands on a page, without tags."""
    part = page.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return " ".join(unescape(TAG.sub(" ", part)).split()).replace(" .", ".").replace(" ,", ",")
