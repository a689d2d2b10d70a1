"""Lists of projects: what they show, filter and hide, page by page, at a fixed number of queries."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.documents.kinds import Kind
from apps.projects.models import Project
from apps.projects.procedure import State
from apps.projects.selectors import STATES_OF, Page, StageName, projects_list, visible_to
from apps.workflow.services import perform
from tests.decision import decide
from tests.people import actor, organisation, person
from tests.projects.walk import World, upload

EVERYTHING = Project.objects.all


def titles(page: Page) -> list[str]:
    return [line.project.title for line in page.lines]


def read(**filters: Any) -> int:
    """Queries of a page of which everything is shown that a list shows."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = projects_list(EVERYTHING(), size=200, **filters)
        for line in page.lines:
            assert [row.title for row in line.moves]
            assert [str(one) for one in line.project.participants.all()]
            assert line.stage.name
            assert str(line.project.focal_point)
            assert str(line.project.validator)
    return len(queries)


def test_a_list_takes_as_many_queries_for_a_hundred_rows_as_for_ten(jcm: World) -> None:
    validated, proposal = jcm.reach(State.VALIDATION), jcm.proposal(3)
    for number in range(9):
        jcm.open(title=f"Project {number}", **({"proposals": [proposal]} if number % 2 else {}))
    few = read()
    for number in range(90):
        jcm.open(title=f"Further project {number}", **({"proposals": [proposal]} if number % 2 else {}))
    assert Project.objects.count() == 100
    assert (few, read()) == (4, 4)
    decide(jcm.people, proposal, "approve")
    assert read() == 4
    assert validated in [line.project for line in projects_list(EVERYTHING(), size=200).lines]


def test_a_list_is_read_page_by_page_without_gap_or_repetition(jcm: World) -> None:
    for number in range(7):
        jcm.open(title=f"Project {number}")
    first = projects_list(EVERYTHING(), size=3)
    jcm.open(title="Opened meanwhile")
    second = projects_list(EVERYTHING(), size=3, before=first.before)
    third = projects_list(EVERYTHING(), size=3, before=second.before)
    assert titles(first) + titles(second) + titles(third) == [f"Project {number}" for number in (6, 5, 4, 3, 2, 1, 0)]
    assert third.before is None
    assert projects_list(EVERYTHING(), size=8).before is None


def test_a_line_says_the_stage_and_whose_move_it_is(india: World) -> None:
    project = india.reach(State.ALLOCATION_PROPOSED)
    perform(project, "approve_registration_japan", actor=actor(india.people.government_japan))
    (line,) = projects_list(EVERYTHING()).lines
    assert line.stage.key == StageName.REGISTRATION
    assert [(row.key, str(row.who[0])) for row in line.moves] == [
        ("approve_registration_host", "Government (partner country)"),
        ("refuse_registration_host", "Government (partner country)"),
    ]


def test_a_list_is_filtered_by_state_side_and_text(jcm: World) -> None:
    people = jcm.people
    host, focal_point = people.participant_host.organisation, people.participant_japan.organisation
    alone = jcm.open(title="Wind in Kutch", participants=[(host, "host")], focal_point=focal_point)
    draft = jcm.open(title="Biogas", sites=[{"place": "Old mill"}, {"place": "Depot", "state_or_province": "Punjab"}])
    published = jcm.reach(State.INPUTS)
    assert [line.project for line in projects_list(EVERYTHING(), states=STATES_OF[StageName.VALIDATION]).lines] == [published]
    assert [line.project for line in projects_list(EVERYTHING(), states=[State.DRAFT], side="japan").lines] == [draft]
    assert len(projects_list(EVERYTHING(), side="host").lines) == 3
    for text, found in (
        ("wind", [alone]),
        ("in001", [published]),
        ("SOLAR JAPAN", [published, draft]),
        ("punjab", [draft]),
        ("nothing", []),
    ):
        assert [line.project for line in projects_list(EVERYTHING(), text=text).lines] == found, text
    assert [line.project for line in projects_list(EVERYTHING(), text="100%").lines] == []


def test_who_may_know_of_which_project(jcm: World) -> None:
    people = jcm.people
    draft, submitted, published = jcm.open(), jcm.reach(State.SUBMITTED), jcm.reach(State.INPUTS)
    abandoned = jcm.open()
    perform(abandoned, "withdraw", actor=actor(people.participant_host))
    assert set(visible_to(None)) == {published}
    assert set(visible_to(people.stranger)) == {published}
    assert set(visible_to(people.secretariat_host)) == {submitted, published}
    assert set(visible_to(people.co_chair_japan)) == {submitted, published}
    assert set(visible_to(people.participant_host)) == {draft, submitted, published, abandoned}


def test_a_verifier_knows_of_what_it_validates_and_stays_visible_after_withdrawal(jcm: World) -> None:
    project = jcm.reach(State.REQUESTED)
    upload(project, jcm.people.participant_japan, Kind.REGISTRATION_WITHDRAWAL)
    perform(project, "withdraw_request", actor=actor(jcm.people.participant_japan))
    assert list(visible_to(jcm.people.tpe)) == [project]
    assert list(visible_to(None)) == [project]
    assert Project.objects.filter(Project.related_to(jcm.people.tpe.organisation_id, {"tpe"})).get() == project
    assert not Project.objects.filter(Project.related_to(jcm.people.tpe.organisation_id, {"participant"})).exists()


def test_two_people_of_one_organisation_stand_alike(jcm: World) -> None:
    colleague = person("Second engineer", jcm.people.participant_host.as_role, organisation("Solar India", "host"))
    project = jcm.open()
    assert list(visible_to(colleague)) == [project]
    perform(project, "withdraw", actor=actor(colleague))
    assert project.reload().state == "withdrawn"
