"""The forms as data: known to the catalogue, asked for by the tables, named once, and each can be filled in."""

from __future__ import annotations

from collections.abc import Collection

import pytest
from django.forms import RadioSelect, Select

from apps.documents.kinds import FORM_CODES, Kind
from apps.drafting.catalogue import ELSEWHERE, FORMS
from apps.drafting.catalogue.requests import SIDES
from apps.drafting.catalogue.sustainability import INDICATOR
from apps.drafting.checks import producing_problems
from apps.drafting.inputs import Asked, Choice, Question, Section, Table, filled
from apps.drafting.inputs.filling import row_names
from apps.drafting.inputs.questions import sub_names
from apps.findings.kinds import Assessment, rows_of_form
from apps.methodologies.models import ProposedMethodology
from apps.workflow import registry
from apps.workflow.catalogue import FORMS as OFFICIAL
from apps.workflow.catalogue import INTERESTS
from apps.workflow.editions import EDITIONS, Mark
from tests.drafting.filling import answered

WHOLE = ["jcm_2013", "jcm_2022", "india_2026"]
# The interim edition knows idea notes alone.
ALL = [*((kind, edition) for kind in FORMS for edition in WHOLE), (Kind.IDEA_NOTE, "india_interim")]
# What the apps tell of their files under such a name, so that a form does not ask for it.
KNOWN = {
    "activity", "assessment", "basis", "changes", "construction", "consultation", "contribution", "crediting_period",
    "deviations", "entity", "estimates", "evidence", "focal_point", "lifetime", "methodologies", "methodology", "ndc", "new_end",
    "operation", "operation_started", "participants", "places", "programme", "progress", "project_emissions", "reason",
    "reference_level", "registered_on", "revises", "scopes", "shares", "technology", "tonnes_a_year", "usual_level", "verified",
}  # fmt: skip


def sections(kind: Kind, edition: str) -> list[Section]:
    return FORMS[kind].sections(EDITIONS[edition])


def test_these_forms_can_be_filled_in() -> None:
    assert {kind.value for kind in FORMS} == {
        "VAL",
        "VRF",
        "REG",
        "ISS",
        "PRC",
        "RW",
        "IW",
        "PW",
        "MOC",
        "ALLC",
        "TPE",
        "PIN",
        "PDD",
        "SDIP",
        "SDIR",
        "ASST",
        "IMP",
        "REN",
        "PM",
        "AMR",
    }
    assert set(FORM_CODES) - set(FORMS) == {Kind.METHODOLOGY_SPREADSHEET}


def asked_under(edition: str) -> set[Kind]:
    """What the steps of files that are open ask for under an edition, a revision of a methodology among the files."""
    revision = ProposedMethodology(revises_id=1)
    rows = [(one.key, row) for one in registry.procedures() for row in one.tables.get(edition, ()) if not row.opens]
    return {kind for key, row in rows for kind in (revision.papers_for(row) if key == "methodology" else row.documents)}


def test_each_is_asked_for_by_a_step_of_a_file_that_is_open() -> None:
    assert set(FORMS) - {kind for edition in EDITIONS for kind in asked_under(edition)} == set()


NO_STEP = "no step asks for it"
NOT_FILLED_IN = {
    "jcm_2013": {"PMS": ELSEWHERE["PMS"], "SDIP": NO_STEP, "SDIR": NO_STEP},
    "jcm_2022": {"PMS": ELSEWHERE["PMS"], INTERESTS: ELSEWHERE[INTERESTS]},
    "india_interim": {},
    "india_2026": {"PMS": ELSEWHERE["PMS"]},
}


@pytest.mark.parametrize(("edition", "filled_in"), [("jcm_2013", 13), ("jcm_2022", 20), ("india_interim", 1), ("india_2026", 20)])
def test_every_official_form_of_an_edition_can_be_filled_in_or_says_why_not(edition: str, filled_in: int) -> None:
    asked, told = asked_under(edition), {}
    for form in (one for one in OFFICIAL if edition in one.editions):
        name = form.kind.value if form.kind else form.name
        told[name] = ELSEWHERE.get(name, "") if name in ELSEWHERE or form.kind in asked & set(FORMS) else NO_STEP
    assert {name: why for name, why in told.items() if why} == NOT_FILLED_IN[edition]
    assert len([why for why in told.values() if not why]) == filled_in


def names_of(ask: Asked) -> Collection[str]:
    """The names under which the answer to a question, or the first row of a table, is sent."""
    return row_names(ask, 0) if isinstance(ask, Table) else sub_names(ask.field(), ask.name)


@pytest.mark.parametrize("edition", WHOLE)
def test_reports_have_a_section_for_each_requirement_row_of_the_edition(edition: str) -> None:
    rules = EDITIONS[edition]
    for kind, assessment in (
        (Kind.VALIDATION_REPORT, Assessment.VALIDATION),
        (Kind.VERIFICATION_REPORT, Assessment.VERIFICATION),
    ):
        found = [one.requirement for one in sections(kind, edition) if one.requirement]
        assert found == rows_of_form(assessment, rules)


@pytest.mark.parametrize(("kind", "edition"), ALL, ids=str)
def test_nothing_is_named_twice(kind: Kind, edition: str) -> None:
    found = sections(kind, edition)
    keys = [one.key for one in found]
    assert len(keys) == len(set(keys))
    assert "answers" not in keys
    for one in found:
        names = [name for ask in one.asks for name in names_of(ask)]
        assert sorted(names) == sorted(set(names)), one.key


@pytest.mark.parametrize(("kind", "edition"), ALL, ids=str)
def test_an_answer_to_every_question_makes_a_form_that_can_be_handed_in(kind: Kind, edition: str) -> None:
    asked = sections(kind, edition)
    assert producing_problems(kind, filled(asked, {one.key: answered(one) for one in asked})) == []


@pytest.mark.parametrize("kind", FORMS)
def test_each_question_has_a_mark_and_each_form_its_source(kind: Kind) -> None:
    form = FORMS[kind]
    assert form.source.startswith("rules ")
    asked = [ask for one in sections(kind, "india_2026") for ask in one.asks]
    every = [*asked, *(column for ask in asked if isinstance(ask, Table) for column in ask.columns)]
    assert {type(one.mark) for one in every} == {Mark}
    assert {one.known_as for one in every} - {""} <= KNOWN


def test_what_was_confirmed_is_marked_so() -> None:
    form = {ask.name: ask.mark for one in sections(Kind.VALIDATION_REPORT, "india_2026") for ask in one.asks}
    assert (form["opinion"], form["closed"], form["contracted_by"]) == (Mark.CONFIRMED,) * 3
    assert (form["means"], form["team"], form["people"]) == (Mark.RECALLED,) * 3
    shares = {ask.name: ask.mark for one in sections(Kind.CREDIT_ALLOCATION, "india_2026") for ask in one.asks}
    assert shares["host"] == Mark.NOT_FOUND
    proposal = {(one.number, ask.name): ask.mark for one in sections(Kind.PROPOSED_METHODOLOGY, "india_2026") for ask in one.asks}
    assert (proposal["D", "criteria"], proposal["F", "establishment"]) == (Mark.CONFIRMED, Mark.RECALLED)


def test_what_is_known_is_left_out_with_the_sections_that_have_nothing_else() -> None:
    form, rules = FORMS[Kind.PDD], EDITIONS["india_2026"]
    all_keys = [one.key for one in form.sections(rules)]
    fewer = form.sections(rules, {"places", "operation", "lifetime", "contribution", "estimates"})
    assert [one for one in all_keys if one not in {left.key for left in fewer}] == ["location", "duration", "japan"]
    [calculation] = [one for one in fewer if one.key == "calculation"]
    assert [one.name for one in calculation.asks if isinstance(one, Question)] == ["sources"]


def test_many_answers_are_chosen_from_a_list() -> None:
    widgets = {ask: type(ask.field().widget) for ask in (INDICATOR, Choice("side", "Side", choices=SIDES))}
    assert list(widgets.values()) == [Select, RadioSelect]
    assert [value for value, _words in INDICATOR.field().choices][:2] == ["", "jobs_permanent"]  # type: ignore[attr-defined] # reason: a field of choices
