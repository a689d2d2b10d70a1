"""Lists of projects: what they show, filter and hide, at a fixed number of queries."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.documents.kinds import Kind
from apps.lists.declaration import equals
from apps.projects.models import Project
from apps.projects.procedure import State
from apps.projects.selectors import (
    StageName,
    applying,
    dressed,
    in_province,
    in_scope,
    names_to_choose,
    stage,
    taking_part,
    visible_to,
)
from apps.workflow.options import whose_move
from apps.workflow.services import perform
from tests.decision import decide
from tests.people import actor, organisation, person
from tests.projects.walk import World, upload

EVERYTHING = Project.objects.all


def read() -> int:
    """Queries of lines of which everything is shown that a list shows."""
    with CaptureQueriesContext(connection) as queries:
        for project in dressed(EVERYTHING()):
            assert [row.title for row in whose_move(project)]
            assert [str(one) for one in project.participants.all()]
            assert stage(project).name
            assert str(project.focal_point)
            assert str(project.validator)
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
    assert validated in dressed(EVERYTHING())


def test_a_line_says_the_stage_and_whose_move_it_is(india: World) -> None:
    project = india.reach(State.ALLOCATION_PROPOSED)
    perform(project, "approve_registration_japan", actor=actor(india.people.government_japan))
    (line,) = dressed(EVERYTHING())
    assert stage(line).key == StageName.REGISTRATION
    assert [(row.key, str(row.who[0])) for row in whose_move(line)] == [
        ("approve_registration_host", "Government (partner country)"),
        ("refuse_registration_host", "Government (partner country)"),
    ]


def test_a_list_is_narrowed_by_where_what_and_under_which_rules(jcm: World) -> None:
    people = jcm.people
    host = people.participant_host.organisation
    alone = jcm.open(title="Wind", participants=[(host, "host")], sites=[{"place": "Old mill"}])
    places = [{"place": "Old mill"}, {"place": "Depot", "state_or_province": "Punjab"}]
    proposed = jcm.open(title="Biogas", proposals=[jcm.proposal(13)], sites=places, versions=[])
    published = jcm.reach(State.INPUTS, sites=[{"place": "Dairy", "state_or_province": "Gujarat"}])
    version = jcm.usual_version
    for narrowed, found in (
        (equals("state")(EVERYTHING(), State.DRAFT), {alone, proposed}),
        (taking_part(EVERYTHING(), "japan"), {proposed, published}),
        (taking_part(EVERYTHING(), "host"), {alone, proposed, published}),
        (in_province(EVERYTHING(), "Punjab"), {proposed}),
        (in_scope(EVERYTHING(), "13"), {proposed}),
        (in_scope(EVERYTHING(), "9"), set()),
        (applying(EVERYTHING(), version.methodology.reference), {alone, published}),
        (equals("edition")(EVERYTHING(), "jcm_2013"), {alone, proposed, published}),
        (equals("edition")(EVERYTHING(), "india_2026"), set()),
    ):
        assert set(narrowed) == found
    assert names_to_choose(visible_to(None)) == [
        ("methodology", "IN_AM001", ""), ("place", "Gujarat", ""),
    ], "nobody learns from a filter where a draft is"  # fmt: skip
    assert ("place", "Punjab", "") in names_to_choose(visible_to(people.participant_host))


def test_an_approved_proposal_is_found_under_its_methodology(jcm: World) -> None:
    proposal = jcm.proposal(3)
    project = jcm.open(proposals=[proposal], versions=[])
    decide(jcm.people, proposal, "approve")
    (basis,) = proposal.bases.all()
    assert list(applying(EVERYTHING(), basis.version.methodology.reference)) == [project]


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
