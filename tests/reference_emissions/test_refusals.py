"""What an assessment of reference emissions is refused for, with the code, the field and the words that help on."""

from __future__ import annotations

from typing import Any

import pytest

from apps.core.errors import NotAllowed, NotReady
from apps.documents.kinds import Kind
from apps.projects.procedure import State as ProjectState
from apps.reference_emissions.models import ReferenceAssessment
from apps.reference_emissions.procedure import State
from tests.projects.walk import upload
from tests.reference_emissions.walk import GROUNDS, LEVELS, Assessing
from tests.refused import refused


def said(caught: pytest.ExceptionInfo[NotReady]) -> list[tuple[str, str, str]]:
    """Code, field and words of each problem."""
    return [(one.code, one.field, one.text) for one in caught.value.problems]


def test_only_those_who_take_part_ask(assessing: Assessing) -> None:
    project = assessing.project()
    with refused(NotReady, "REF-01"):
        assessing.draft(project, assessing.people.stranger)
    with refused(NotAllowed, "DOOR-00"):
        assessing.draft(project, assessing.people.tpe)
    assert ReferenceAssessment.objects.count() == 0


@pytest.mark.parametrize("state", [ProjectState.DRAFT, ProjectState.VALIDATED])
def test_before_the_pdd_and_after_the_opinion_nothing_is_asked(state: ProjectState, assessing: Assessing) -> None:
    project = assessing.world.reach(state)
    with pytest.raises(NotReady) as caught:
        assessing.draft(project)
    words = "reference emissions are assessed from the submission of the PDD to the positive opinion"
    name = project.reference or project.pk
    assert said(caught) == [("REF-02", "project", f"{name}: {project.state_label}; {words}")]


@pytest.mark.parametrize(
    "state", [ProjectState.SUBMITTED, ProjectState.INPUTS, ProjectState.INPUTS_CLOSED, ProjectState.VALIDATION]
)
def test_in_between_it_is(state: ProjectState, india: Assessing) -> None:
    assert india.draft(india.world.reach(state)).state == State.DRAFT


def test_after_a_negative_opinion_it_is_too(india: Assessing) -> None:
    project = india.project()

    upload(project, india.people.tpe, Kind.VALIDATION_REPORT)
    india.act(project, "report_negative", india.people.tpe, grounds=GROUNDS)
    assert india.draft(project).state == State.DRAFT


def test_a_draft_that_the_opinion_has_overtaken_is_not_requested(assessing: Assessing) -> None:
    one = assessing.draft()
    assessing.world.reach(ProjectState.VALIDATED, one.project)
    assessing.hand_in(one)
    with refused(NotReady, "REF-02"):
        assessing.act(one, "request")


def test_one_assessment_of_a_project_runs_at_a_time(assessing: Assessing) -> None:
    first = assessing.bring(State.REQUESTED)
    with pytest.raises(NotReady) as caught:
        assessing.draft(first.project)
    text = f"assessment {first} of this project is running; wait for its end, or withdraw it"
    assert said(caught) == [("REF-03", "project", text)]


def test_the_levels_rest_on_one_methodology_that_the_project_applies(india: Assessing) -> None:
    project, other, proposal = india.project(), india.world.version(1), india.world.proposal(1)
    one_of_both = "name one methodology, approved or proposed, and leave the other field empty"
    strange = "the project does not apply this methodology; name one that it applies"
    cases: list[tuple[dict[str, Any], str, str]] = [
        ({"methodology": None}, "methodology", one_of_both),
        ({"proposed_methodology": proposal}, "methodology", one_of_both),
        ({"methodology": other}, "methodology", strange),
        ({"methodology": None, "proposed_methodology": proposal}, "proposed_methodology", strange),
    ]
    for changes, field, text in cases:
        with pytest.raises(NotReady) as caught:
            india.draft(project, **changes)
        assert said(caught) == [("REF-04", field, text)]


@pytest.mark.parametrize(("reference", "is_fine"), [(14_999, True), (15_000, False), (15_001, False)])
def test_the_reference_level_is_below_business_as_usual(reference: int, is_fine: bool, assessing: Assessing) -> None:  # noqa: FBT001 # reason: a case
    project = assessing.project()
    if is_fine:
        assert assessing.draft(project, reference_tonnes=reference).gap_tonnes == 1
        return
    with pytest.raises(NotReady) as caught:
        assessing.draft(project, reference_tonnes=reference)
    text = "the reference emissions are not below business as usual; give less than 15,000 tCO2e a year"
    assert said(caught) == [("REF-05", "reference_tonnes", text)]


def test_an_amendment_keeps_the_gap_too(india: Assessing) -> None:
    one = india.draft()
    with refused(NotReady, "REF-05"):
        india.act(one, "amend", **india.levels(usual_tonnes=12_000))
    assert one.reload().usual_tonnes == 15_000


def test_the_committee_asks_for_a_lower_level_or_for_none(assessing: Assessing) -> None:
    one = assessing.bring(State.ASSESSING)
    with pytest.raises(NotReady) as caught:
        assessing.decide(one, "adjust", at_most_tonnes=12_000)
    text = "this is no lower level; ask for less than 12,000 tCO2e a year, or confirm the level"
    assert said(caught) == [("REF-06", "at_most_tonnes", text)]
    assert one.reload().state == State.ASSESSING


@pytest.mark.parametrize("step", ["confirm", "adjust", "refuse"])
def test_every_decision_says_its_grounds(step: str, india: Assessing) -> None:
    one = india.bring(State.ASSESSING)
    with pytest.raises(NotReady) as caught:
        india.decide(one, step, grounds="")
    assert caught.value.codes == ("DOOR-07",)


def test_no_level_above_the_one_asked_for_is_filed(assessing: Assessing) -> None:
    one = assessing.bring(State.ADJUST)
    assessing.hand_in(one, "with the lower level")
    with pytest.raises(NotReady) as caught:
        assessing.act(one, "file_adjusted", **assessing.levels(reference_tonnes=11_001))
    text = "the Joint Committee asked for a lower level; give at most 11,000 tCO2e a year"
    assert said(caught) == [("REF-07", "reference_tonnes", text)]
    assessing.act(one, "file_adjusted", **assessing.levels(reference_tonnes=11_000))
    assessing.act(one, "request_completion", assessing.people.secretariat_host, missing="The invoices")
    with refused(NotReady, "REF-07"):
        assessing.act(one, "amend", **assessing.levels())


def test_the_adjusted_level_comes_on_a_form_of_its_own(assessing: Assessing) -> None:
    one = assessing.bring(State.ADJUST)
    with refused(NotReady, "REF-08"):
        assessing.act(one, "file_adjusted", **assessing.levels(reference_tonnes=11_000))


def test_before_the_publication_of_the_pdd_nothing_is_requested(india: Assessing) -> None:
    one = india.draft(india.world.reach(ProjectState.SUBMITTED))
    india.hand_in(one)
    with refused(NotReady, "REF-09"):
        india.act(one, "request")


def test_without_the_form_nothing_is_requested(india: Assessing) -> None:
    one = india.draft()
    with pytest.raises(NotReady) as caught:
        india.act(one, "request")
    assert caught.value.codes == ("DOOR-05",)


@pytest.mark.parametrize("missing", ["reference_tonnes", "usual_tonnes", "evidence", "ndc_reasoning"])
def test_every_part_of_the_form_is_asked_for(missing: str, india: Assessing) -> None:
    project = india.project()
    with pytest.raises(NotReady) as caught:
        india.draft(project, **{missing: ""})
    assert [(one.code, one.field) for one in caught.value.problems] == [("DOOR-07", missing)]
    assert missing in LEVELS


def test_who_asks_and_who_decides(assessing: Assessing) -> None:
    one, people = assessing.bring(State.ASSESSING), assessing.people
    for by in (people.participant_japan, people.secretariat_host, people.co_chair_host, people.government_host, people.tpe):
        for step in ("confirm", "adjust", "refuse"):
            with refused(NotAllowed, "DOOR-00"):
                assessing.act(one, step, by, grounds=GROUNDS)
    with refused(NotAllowed, "DOOR-00"):
        assessing.act(one, "lapse", people.secretariat_host)
    with refused(NotAllowed, "DOOR-00"):
        assessing.act(one, "withdraw", people.stranger)
