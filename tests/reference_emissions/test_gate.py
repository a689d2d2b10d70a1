"""The positive validation opinion waits for an assessment of reference emissions that was asked for. Source: rules 2.8 [I]."""

from __future__ import annotations

import pytest

from apps.core.errors import NotReady
from apps.documents.kinds import Kind
from apps.projects.models import Project
from apps.projects.procedure import State as ProjectState
from apps.reference_emissions.procedure import State
from apps.workflow.editions import EDITIONS, Mark, Parameter
from tests.projects.walk import upload
from tests.reference_emissions.walk import GROUNDS, Assessing
from tests.refused import refused


def report(assessing: Assessing, project: Project) -> str:
    """The entity reports a positive opinion; how the project stands then."""
    upload(project, assessing.people.tpe, Kind.VALIDATION_REPORT)
    assessing.world.report(project)
    return str(project.reload().state)


def stays(assessing: Assessing, project: Project) -> str:
    """The entity reports a positive opinion in vain; why."""
    upload(project, assessing.people.tpe, Kind.VALIDATION_REPORT)
    with pytest.raises(NotReady) as caught:
        assessing.world.report(project)
    ((code, text),) = [(one.code, one.text) for one in caught.value.problems]
    assert (code, project.reload().state) == ("PRJ-40", ProjectState.VALIDATION)
    return text


def test_an_assessment_is_optional(assessing: Assessing) -> None:
    assert report(assessing, assessing.project()) == ProjectState.VALIDATED


@pytest.mark.parametrize(
    ("state", "standing"),
    [
        (State.REQUESTED, "being assessed"),
        (State.INCOMPLETE, "being assessed"),
        (State.ASSESSING, "being assessed"),
        (State.ADJUST, "a lower reference level is asked for"),
        (State.REFUSED, "refused"),
    ],
)
def test_what_is_not_confirmed_keeps_the_project_in_validation(state: State, standing: str, assessing: Assessing) -> None:
    one = assessing.bring(state)
    today = assessing.world.today
    day = f"{today.day} {today:%B %Y}"
    assert stays(assessing, one.project) == (
        f"reference emissions, {one.reference}: {standing} since {day}; wait until the Joint Committee confirms a level"
    )


def test_a_negative_opinion_waits_for_nothing(india: Assessing) -> None:
    project = india.bring(State.ASSESSING).project
    upload(project, india.people.tpe, Kind.VALIDATION_REPORT)
    india.act(project, "report_negative", india.people.tpe, grounds=GROUNDS)
    assert project.reload().state == ProjectState.NOT_VALIDATED


@pytest.mark.parametrize("state", [State.CONFIRMED, State.DRAFT, State.WITHDRAWN])
def test_what_is_confirmed_drafted_or_withdrawn_lets_it_go(state: State, assessing: Assessing) -> None:
    one = assessing.bring(state)
    assert report(assessing, one.project) == ProjectState.VALIDATED


@pytest.mark.parametrize("state", [State.ADJUST, State.REFUSED])
def test_a_decision_stands_until_another_whatever_is_withdrawn(state: State, india: Assessing) -> None:
    one = india.bring(state)
    if state == State.ADJUST:
        india.act(one, "withdraw")
    second = india.bring(State.WITHDRAWN, india.draft(one.project))
    assert one.reference in stays(india, second.project)
    third = india.bring(State.CONFIRMED, india.draft(one.project))
    assert third.reference == f"{one.project.reference}-E3"
    assert report(india, one.project) == ProjectState.VALIDATED


def test_a_later_assessment_that_runs_keeps_a_confirmed_project_again(india: Assessing) -> None:
    one = india.bring(State.CONFIRMED)
    second = india.bring(State.REQUESTED, india.draft(one.project))
    assert second.reference in stays(india, one.project)
    india.act(second, "withdraw")
    assert report(india, one.project) == ProjectState.VALIDATED


def test_where_the_edition_asks_for_one_a_confirmed_level_is_needed(
    assessing: Assessing, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = EDITIONS[assessing.world.edition].parameters
    required = Parameter(value=True, mark=Mark.NOT_FOUND, source="of the test")
    monkeypatch.setitem(rules, "reference_assessment_required", required)  # type: ignore[arg-type] # reason: a dictionary
    project = assessing.project()
    words = "the reference emissions are not confirmed; request their assessment by the Joint Committee"
    assert stays(assessing, project) == words
    one = assessing.bring(State.WITHDRAWN, assessing.draft(project))
    assert stays(assessing, project) == words
    assessing.bring(State.CONFIRMED, assessing.draft(one.project))
    assert report(assessing, project) == ProjectState.VALIDATED


def test_the_first_generation_has_no_such_check() -> None:
    with_it = {
        edition: any("reference_emissions_are_settled" in row.checks for row in rows if row.key == "report_positive")
        for edition, rows in Project.procedure.tables.items()
    }
    assert with_it == {"jcm_2013": False, "jcm_2022": True, "india_2026": True}


def test_a_refused_opinion_writes_nothing(india: Assessing) -> None:
    project = india.bring(State.ASSESSING).project
    upload(project, india.people.tpe, Kind.VALIDATION_REPORT)
    with refused(NotReady, "PRJ-40"):
        india.world.report(project)
