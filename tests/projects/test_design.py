"""What the design document says in fields of its own, and the additionality of a project: stated, found, or not."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError

from apps.core import clock
from apps.core.errors import NotReady
from apps.documents.kinds import Kind
from apps.events.selectors import history
from apps.projects.models import Project, YearEstimate
from apps.projects.procedure import PROCEDURE, State
from apps.projects.render import declared
from apps.projects.services import open_project
from apps.workflow.services import perform
from tests.people import actor, cast
from tests.projects.walk import ADDITIONAL, DESIGN, FOUND_ADDITIONAL, SUBMISSION, World, noon, upload
from tests.refused import refused

LATER = pytest.mark.parametrize("edition", ["jcm_2022", "india_2026"])


@pytest.fixture
def time(db: None) -> Iterator[clock.Rehearsal]:  # noqa: ARG001 - opens the database
    with clock.rehearse(noon(2027, 3, 1)) as rehearsal:
        yield rehearsal


def bare(world: World) -> Project:
    """A project of which nothing is said but what every edition needs."""
    people = world.people
    sides = [(people.participant_host.organisation, "host"), (people.participant_japan.organisation, "japan")]
    project = open_project(
        actor=actor(people.participant_japan), edition=world.edition, title="Solar heat", participants=sides,
        focal_point=people.participant_japan.organisation, versions=[world.usual_version], activity="IN62-02",
        idea_note=world.note(of=people.participant_japan.organisation) if world.edition != "jcm_2013" else None,
    )  # fmt: skip
    upload(project, people.participant_japan, *SUBMISSION)
    return project


def submit(world: World, project: Project) -> None:
    world.submit(project)


def test_india_names_every_particular_that_is_missing_at_once(india: World) -> None:
    project = bare(india)
    with pytest.raises(NotReady) as refusal:
        submit(india, project)
    found = {(one.code, one.field) for one in refusal.value.problems}
    assert found == {("PRJ-54", "additionality"), *(("PRJ-56", name) for name in DESIGN if name != "additionality")}
    perform(project, "amend", actor=actor(india.people.participant_host), **DESIGN)
    submit(india, project)
    assert project.reload().state == "submitted"


def test_the_second_generation_asks_for_the_additionality_and_the_first_for_neither(time: clock.Rehearsal) -> None:
    people = cast()
    first, second = World(people, time, "jcm_2013"), World(people, time, "jcm_2022")
    submit(first, bare(first))
    project = bare(second)
    with refused(NotReady, "PRJ-54"):
        submit(second, project)
    perform(project, "amend", actor=actor(people.participant_japan), **ADDITIONAL)
    submit(second, project)
    assert project.reload().additionality == ADDITIONAL["additionality"]


def test_the_design_is_kept_shown_and_amended_by_parts(india: World) -> None:
    project = india.open()
    assert {one.term: one.words for one in declared(project)} == {
        "Expected operational lifetime": "20 years",
        "Contribution from Japan": "Collectors and their control",
        "Estimated reference less project emissions": (
            "2028: 30,000 − 7,500 = 22,500 tCO₂e\n2029: 30,000 − 7,400 = 22,600 tCO₂e"
        ),
        "Environmental impact assessment required by law": "No",
        "Local stakeholder consultation": "Two meetings in Anand; nobody was against it.",
        "Additionality statement": ADDITIONAL["additionality"],
    }
    perform(project, "amend", actor=actor(india.people.participant_host), estimates="2030; 10; 4", operational_lifetime=15)
    project = project.reload()
    assert [(one.year, one.reduction_tonnes) for one in project.estimates.all()] == [(2030, 6)]
    assert (project.operational_lifetime, project.impact_assessment) == (15, "no")
    assert (project.contribution_from_japan, project.operation_starts_on) == ("Collectors and their control", date(2026, 1, 1))


@LATER
def test_a_positive_opinion_finds_the_project_additional(edition: str, time: clock.Rehearsal) -> None:
    world = World(cast(), time, edition)
    project = world.in_validation()
    upload(project, world.people.tpe, Kind.VALIDATION_REPORT)
    with refused(NotReady, "PRJ-55"):
        world.report(project, additionality_finding="not_additional")
    for left_out in FOUND_ADDITIONAL:
        with refused(NotReady, "PRJ-55"):
            world.report(project, **{left_out: ""})
    assert (project.reload().state, project.reload().additionality_conclusion) == ("validation", "")
    event = world.report(project)
    assert project.reload().additionality_conclusion == "The investment analysis holds."
    assert {name: event.data["inputs"][name] for name in FOUND_ADDITIONAL} == FOUND_ADDITIONAL
    perform(project, "reopen_validation", actor=actor(world.people.participant_japan))
    assert project.reload().additionality_conclusion == ""


def test_what_is_not_additional_gets_a_negative_opinion(india: World) -> None:
    project = india.in_validation()
    upload(project, india.people.tpe, Kind.VALIDATION_REPORT)
    perform(project, "report_negative", actor=actor(india.people.tpe), grounds="It is not additional.")
    assert project.reload().state == State.NOT_VALIDATED
    assert list(history("project", project.pk))[-1].data["inputs"] == {"grounds": "It is not additional."}


ESTIMATES = PROCEDURE.inputs["estimates"]


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("2028; 10", "line 1: give year; reference_tonnes; project_tonnes"),
        ("2028; 10; 4\n2028; 11; 4", "the year 2028 stands twice"),
        ("2028; 10; -4", "line 1: '-4' is not a whole number of tonnes"),
        ("2028; 10; 4\n1989; 10; 4", "line 2: '1989' is not a whole number from 1990 to 2999"),
        ("2028; 10; 4; 5", "line 1: give"),
        ([2028], "give one per line"),
        (5, "give one per line"),
    ],
)
def test_estimates_that_are_not_understood_say_which_line(raw: Any, told: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011 - the text is compared below
        ESTIMATES.clean(raw)
    assert str(error.value).startswith(told)


def test_estimates_are_read_in_the_order_of_their_years() -> None:
    said = ESTIMATES.clean([{"year": 2029, "reference_tonnes": "1,000", "project_tonnes": 0}, *ESTIMATES.clean("2028; 5; 7")])
    assert said == [
        {"year": 2028, "reference_tonnes": 5, "project_tonnes": 7},
        {"year": 2029, "reference_tonnes": 1000, "project_tonnes": 0},
    ]
    assert ESTIMATES.words(said) == "2028: 5 − 7 = -2 tCO₂e\n2029: 1,000 − 0 = 1,000 tCO₂e"


def test_a_year_is_estimated_once(india: World) -> None:
    [first, _second] = india.open().estimates.all()
    first.pk = None
    assert isinstance(first, YearEstimate)
    with pytest.raises(IntegrityError, match="estimate_once_a_year"):
        first.save()
