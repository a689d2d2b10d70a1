"""The assessment of a file by its entity: who reads what, the checklist, what stands in the way, and what it costs."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import translation

from apps.accounts.models import Membership
from apps.core.errors import Refusal
from apps.documents.kinds import Kind
from apps.findings.kinds import FindingKind, Requirement, rows_of_form
from apps.findings.models import Assessed, Finding, RowNote
from apps.findings.services import keep_notes
from apps.projects.procedure import State
from apps.workflow.options import option
from apps.workflow.selectors import looking
from apps.workflow.services import perform
from tests.findings.raising import raised
from tests.issuance.walk import Course
from tests.people import actor
from tests.portal.reading import Reader, words
from tests.projects.walk import World, upload


@pytest.fixture
def read(client: Client) -> Reader:
    return Reader(client)


def at(file: Assessed) -> str:
    return f"/assessments/{file.procedure.key}/{file.pk}/"


def part(page: Any, anchor: str) -> str:
    """A section of a page, in words."""
    return words(page, f'<section class="jcm-section" aria-labelledby="{anchor}"', "</section>")


def test_the_checklist_has_the_rows_of_the_edition_with_their_findings(india: World, read: Reader) -> None:
    people, project = india.people, india.in_validation()
    raised(project, people.tpe)
    page = read(at(project), people.tpe)
    rows = page.context["rows"]
    assert [one["row"] for one in rows] == rows_of_form(project.assessment, project.rules)
    assert [one["words"] for one in rows] == ["Not looked at yet"] * 14
    text = part(page, "checklist")
    assert (
        "Emission sources and calculation Not looked at yet IN001-CAR1 Waits for a response"
        " Must answer: Project participant, Focal point"
    ) in text
    link = f'href="/finding/new/raise_request/?about=IN001&amp;requirement={Requirement.CONSULTATION.value}"'
    assert link in page.content.decode()


def noted(file: Assessed, by: Membership, *rows: int, text: str = "", seen: int = 0) -> list[RowNote]:
    """Some rows ticked by somebody of an entity."""
    return keep_notes(file, membership=by, notes=dict.fromkeys(rows, (True, text)), seen=seen)


def last(file: Assessed) -> int:
    return RowNote.objects.filter(subject_id=file.pk).latest("pk").pk


# --- The checklist ----------------------------------------------------------------------------------


def test_ticks_are_the_entitys_and_stand_until_the_opinion(india: World, read: Reader) -> None:
    people, project = india.people, india.in_validation()
    noted(project, people.tpe, 101, 104, text="Read twice.")
    keep_notes(project, membership=people.tpe, notes={104: (False, "Read twice.")}, seen=last(project))
    told = {one["row"].value: (one["kind"], one["words"], one["note"]) for one in read(at(project), people.tpe).context["rows"]}
    assert told[101] == ("done", "Ticked", "Read twice.")
    assert told[104] == ("wait", "Not ticked", "Read twice.")
    assert told[102] == ("wait", "Not looked at yet", "")
    page = read(f"/project/{project.pk}/report_positive/", people.tpe)
    assert page.context["form"].initial["requirements"] == [101]


def test_what_stands_as_it_was_is_not_written_again(india: World) -> None:
    people, project = india.people, india.in_validation()
    assert len(noted(project, people.tpe, 101, 102)) == 2
    assert noted(project, people.tpe, 101, 102, seen=last(project)) == []
    assert keep_notes(project, membership=people.tpe, notes={103: (False, "")}, seen=last(project)) == []


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({201: (True, "")}, "FND-03", ""),
        ({101: (True, "x" * 2001)}, "FND-08", "text_101"),
        ({101: (True, "a\0b")}, "FND-08", "text_101"),
    ],
)
def test_what_cannot_be_kept_is_refused(given: dict[int, tuple[bool, str]], code: str, field: str, india: World) -> None:
    project = india.in_validation()
    with pytest.raises(Refusal) as refused:
        keep_notes(project, membership=india.people.tpe, notes=given)
    assert [(one.code, one.field) for one in refused.value.problems] == [(code, field)]
    assert not RowNote.objects.exists()


def test_only_the_assigned_entity_notes_and_only_while_it_is_at_work(india: World) -> None:
    people, project = india.people, india.in_validation()
    for other in (people.other_tpe, people.participant_host, people.secretariat_host):
        with pytest.raises(Refusal) as refused:
            noted(project, other, 101)
        assert refused.value.codes == ("FND-06",)
    upload(project, people.tpe, Kind.VALIDATION_REPORT)
    india.report(project)
    with pytest.raises(Refusal) as refused:
        noted(project.reload(), people.tpe, 101)
    assert refused.value.codes == ("FND-02",)


def test_two_of_an_entity_do_not_write_over_each_other(india: World, client: Client) -> None:
    people, project = india.people, india.in_validation()
    client.force_login(people.tpe.user)
    place = f"{at(project)}checklist/"
    assert client.get(place).context["form"].initial["seen"] == 0
    noted(project, people.tpe, 101)
    response = client.post(place, {"seen": "0", "met_102": "on"})
    assert response.status_code == 409
    assert "FND-07" in response.content.decode()
    assert "somebody of your organisation has changed the checklist; read it again" in response.content.decode().lower()
    assert list(RowNote.objects.values_list("requirement", flat=True)) == [101]
    response = client.post(place, {"seen": str(last(project)), "met_101": "on", "text_102": "x" * 2001})
    assert response.status_code == 422
    response = client.post(place, {"seen": str(last(project)), "met_101": "on", "met_102": "on"})
    assert (response.status_code, response["Location"]) == (302, at(project))
    assert list(RowNote.objects.values_list("requirement", flat=True)) == [101, 102]


def test_a_note_is_written_once(india: World) -> None:
    project = india.in_validation()
    noted(project, india.people.tpe, 101)
    for change in (lambda: RowNote.objects.update(is_met=False), lambda: RowNote.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_notes_of_the_former_entity_are_not_handed_on(india: World, read: Reader) -> None:
    people, project = india.people, india.in_validation()
    noted(project, people.tpe, 101, text="Ours alone.")
    other = india.entity(people.other_tpe)
    perform(project, "change_validator", actor=actor(people.participant_host), validator=other)
    page = read(at(project), people.other_tpe)
    assert "Ours alone." not in words(page)
    assert {one["words"] for one in page.context["rows"]} == {"Not looked at yet"}
    read(at(project), people.tpe, status=404)


# --- Who reads what ---------------------------------------------------------------------------------


def test_who_reads_an_assessment(india: World, read: Reader) -> None:
    people, project = india.people, india.in_validation()
    noted(project, people.tpe, 101, text="A word among ourselves.")
    raised(project, people.tpe)
    inside = (people.tpe, people.secretariat_host, people.secretariat_japan)
    for one in inside:
        text = words(read(at(project), one))
        assert "A word among ourselves." in text
        assert "Before a positive opinion" in text
    for one in (people.participant_host, people.participant_japan):
        text = words(read(at(project), one))
        assert "IN001-CAR1" in text
        assert "A word among ourselves." not in text
        assert "Before a positive opinion" not in text
        assert {line["words"] for line in read(at(project), one).context["rows"]} == {"No request is open", "A request is open"}
    for one in (*people.committee, people.government_host, people.registry_japan, people.other_tpe, people.stranger):
        read(at(project), one, status=404)
        read(f"{at(project)}checklist/", one, status=404)
    read(f"{at(project)}checklist/", people.secretariat_host, status=404)


def test_members_read_it_once_the_opinion_is_reported(india: World, read: Reader) -> None:
    people, project = india.people, india.in_validation()
    noted(project, people.tpe, 101, text="A word among ourselves.")
    upload(project, people.tpe, Kind.VALIDATION_REPORT)
    india.report(project)
    text = words(read(at(project), people.co_chair_japan))
    assert "The entity reported a positive opinion on 15 April 2027." in text
    assert "A word among ourselves." not in text
    assert {one["words"] for one in read(at(project), people.members_host[0]).context["rows"]} == {"Ticked"}
    perform(project.reload(), "reopen_validation", actor=actor(people.participant_host))
    read(at(project), people.members_host[0], status=404)


def test_a_negative_opinion_is_told(india: World, read: Reader) -> None:
    people, project = india.people, india.in_validation()
    upload(project, people.tpe, Kind.VALIDATION_REPORT)
    perform(project, "report_negative", actor=actor(people.tpe), grounds="The boiler was never used.")
    page = read(at(project), people.members_japan[0])
    assert "The entity reported a negative opinion on 15 April 2027." in words(page)
    assert {one["words"] for one in page.context["rows"]} == {"Not ticked"}
    assert page.context["obstacles"] == []


def test_there_is_no_assessment_before_an_entity_is_named(india: World, read: Reader) -> None:
    people, project = india.people, india.reach(State.INPUTS_CLOSED)
    for one in (people.secretariat_host, people.participant_host):
        read(at(project), one, status=404)
    read("/assessments/project/999999/", people.secretariat_host, status=404)
    read("/assessments/ballot/1/", people.secretariat_host, status=404)
    assert read.client.get("/assessments/project/1/checklist/").status_code == 404


# --- What stands in the way -------------------------------------------------------------------------


def test_what_stands_in_the_way_is_the_engines_answer(india: World, read: Reader) -> None:
    people, project = india.people, india.in_validation()
    raised(project, people.tpe)
    noted(project, people.tpe, *(one.value for one in rows_of_form(project.assessment, project.rules) if one.value != 114))
    for one in (people.tpe, people.secretariat_japan):
        page = read(at(project), one)
        told = [(problem.code, str(problem.text)) for problem in page.context["obstacles"]]
        assert told == [
            ("DOOR-05", "Validation report is missing; upload it first"),
            ("PRJ-22", "IN001-CAR1 is open (Waits for a response); close it, or withdraw it if it was raised in error"),
        ]
        unticked = [(problem.code, str(problem.text)) for problem in page.context["unticked"]]
        text = "“Consistency with the project idea note” is not ticked; a positive opinion needs every row of the form"
        assert unticked == [("PRJ-23", text)]
        assert "1 row of the form is not ticked; a positive opinion needs every row PRJ-23" in words(page)


def test_in_another_edition_the_form_has_other_rows(course: Course, read: Reader) -> None:
    people, one = course.people, course.in_verification()
    page = read(at(one), people.tpe)
    assert [line["row"].value for line in page.context["rows"]] == [201, 202, 203, 204, 205, 206]
    assert [problem.code for problem in page.context["obstacles"]] == ["DOOR-05"]
    assert [problem.code for problem in page.context["unticked"]] == ["ISS-22"] * 6


# --- Pages of files and ballots ---------------------------------------------------------------------


def test_the_page_of_a_round_has_its_findings_for_those_concerned(course: Course, read: Reader) -> None:
    people, one = course.people, course.in_verification()
    raised(one, people.tpe, FindingKind.CL)
    place = one.get_absolute_url()
    told = (
        f"{one.reference}-CL1 The second boiler is missing"
        " Calibration of measuring equipment Clarification request Waits for a response 1 round"
    )
    for reader in (people.tpe, people.participant_japan, people.secretariat_host):
        assert told in words(read(place, reader))
    assert "Findings" not in words(read(place, people.government_japan))


def test_each_thread_is_told_in_the_readers_language(india: World, read: Reader) -> None:
    people, project = india.people, india.in_validation()
    raised(project, people.tpe)
    read.sign_in(people.tpe)
    for language in ("ja", "hi"):
        with translation.override(language):
            assert read.client.get(at(project), headers={"accept-language": language}).status_code == 200


# --- What it costs ----------------------------------------------------------------------------------


def test_findings_and_notes_cost_no_query(india: World, read: Reader) -> None:
    people, project = india.people, india.in_validation()
    raised(project, people.tpe)
    noted(project, people.tpe, 101)
    readers = (people.participant_japan, people.secretariat_host, people.tpe)
    before = [read.queries(at(project), one) for one in readers]
    for _number in range(3):
        raised(project, people.tpe, FindingKind.CL)
        perform(Finding.objects.latest("pk"), "respond", actor=actor(people.participant_host), response="Yes.")
    noted(project, people.tpe, 102, 103, seen=last(project))
    assert [read.queries(at(project), one) for one in readers] == before
    # The engine judges the opinion for the entity and the secretariats.
    assert before == [7, 11, 11]
    finding = Finding.objects.earliest("pk")
    assert [read.queries(finding.get_absolute_url(), one) for one in readers] == [10, 10, 10]


def test_a_report_that_is_handed_in_costs_no_query(india: World, read: Reader) -> None:
    people, project = india.people, india.in_validation()
    upload(project, people.tpe, Kind.VALIDATION_REPORT)
    assert [read.queries(at(project), one) for one in (people.secretariat_host, people.tpe)] == [11, 11]
    assert read.queries(project.get_absolute_url(), people.tpe) <= 12
    for step in ("report_positive", "report_negative"):
        assert read.queries(project.step_url(project.procedure.row(project.edition, step)), people.tpe) <= 12


def test_so_it_is_at_a_verification(course: Course, read: Reader) -> None:
    people, one = course.people, course.in_verification()
    raised(one, people.tpe)
    upload(one, people.tpe, Kind.VERIFICATION_REPORT)
    readers = (people.participant_japan, people.secretariat_host, people.tpe)
    assert [read.queries(at(one), reader) for reader in readers] == [7, 11, 11]
    assert max(read.queries(one.get_absolute_url(), reader) for reader in readers) <= 12
    assert read.queries(one.step_url(one.procedure.row(one.edition, "verify_positive")), people.tpe) <= 12


def test_what_a_page_has_read_is_not_known_to_the_door(india: World) -> None:
    """The same file object, looked at before a finding is raised: the opinion is refused for it all the same."""
    people, project = india.people, india.in_validation()
    upload(project, people.tpe, Kind.VALIDATION_REPORT)
    row = project.procedure.row(project.edition, "report_positive")
    with looking(project):
        assert option(project, row, people.tpe).problems == ()
        raised(project, people.tpe)
        assert option(project, row, people.tpe).problems == ()
        with pytest.raises(Refusal) as refused:
            india.report(project)
    assert refused.value.codes == ("PRJ-22",)
    assert [one.code for one in option(project, row, people.tpe).problems] == ["PRJ-22"]
