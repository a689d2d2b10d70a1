"""The findings on a project's page: who reads them, what they say, and that they cost no query."""

from __future__ import annotations

import pytest

from apps.findings.kinds import FindingKind
from apps.workflow.services import perform
from tests.findings.raising import raised
from tests.issuance.walk import Course
from tests.people import actor
from tests.portal.reading import Reader, words
from tests.projects.walk import World

OPENING, CLOSING = '<section class="jcm-section" id="findings"', "</section>"


def test_each_finding_says_where_it_stands_and_whose_move_it_is(india: World, read: Reader) -> None:
    people, project = india.people, india.in_validation()
    closed = raised(project, people.tpe, FindingKind.CL, title="Capacity of the boiler")
    perform(closed, "respond", actor=actor(people.participant_host), response="It is that in winter.")
    perform(closed, "close", actor=actor(people.tpe), conclusion="Clear.")
    sent_back = raised(project, people.tpe)
    perform(sent_back, "respond", actor=actor(people.participant_host), response="There is one boiler.")
    perform(sent_back, "send_back", actor=actor(people.tpe), missing="A photograph")
    raised(project, people.tpe, FindingKind.FAR, title="The second meter")
    page = read(project.get_absolute_url(), people.secretariat_host)
    found = [(one["finding"].reference, one["kind"], one["rounds"]) for one in page.context["findings"]]
    assert found == [
        ("IN001-CAR1", "Corrective action request", "2 rounds"),
        ("IN001-FAR1", "Forward action request", "1 round"),
        ("IN001-CL1", "Clarification request", "1 round"),
    ]
    text = words(page)
    assert (
        "IN001-CAR1 The second boiler is missing Emission sources and calculation Corrective action request"
        " Waits for a response 2 rounds Project participants"
    ) in text
    assert "Forward action request Carried to the next verification 1 round; carried on since 15 April 2027 Nobody’s" in text


def test_the_page_of_a_finding_tells_what_each_side_wrote(india: World, read: Reader) -> None:
    people, finding = india.people, raised(india.in_validation(), india.people.tpe)
    perform(finding, "respond", actor=actor(people.participant_host), response="There is one boiler.")
    perform(finding, "send_back", actor=actor(people.tpe), missing="A photograph")
    text = words(read(finding.get_absolute_url(), people.participant_japan))
    wanted = ["Section B.3 counts one boiler, the drawing shows two.", "There is one boiler.", "A photograph"]
    places = [text.index(one) for one in wanted]
    assert places == sorted(places)


def test_findings_are_read_by_those_whom_they_concern(india: World, read: Reader) -> None:
    people, project = india.people, india.in_validation()
    finding = raised(project, people.tpe)
    path = project.get_absolute_url()
    for one in (people.tpe, people.participant_host, people.secretariat_japan, people.members_host[0], people.co_chair_japan):
        assert "IN001-CAR1" in words(read(path, one)), one
        read(finding.get_absolute_url(), one)
    for one in (None, people.stranger, people.other_tpe, people.government_host, people.registry_japan):
        assert "IN001-CAR1" not in words(read(path, one)), one


def test_a_verifier_reads_what_is_found_in_its_round(course: Course, read: Reader) -> None:
    people, one = course.people, course.in_verification()
    raised(one, people.tpe)
    assert "IN001-R1-CAR1" in words(read(one.project.get_absolute_url(), people.tpe))


@pytest.mark.parametrize("count", [3])
def test_findings_cost_no_query(count: int, india: World, read: Reader) -> None:
    people, project = india.people, india.in_validation()
    readers = (None, people.members_host[0], people.participant_japan, people.secretariat_host)
    path = project.get_absolute_url()
    before = [read.queries(path, one) for one in readers]
    for _number in range(count):
        raised(project, people.tpe)
    assert [read.queries(path, one) for one in readers] == before
