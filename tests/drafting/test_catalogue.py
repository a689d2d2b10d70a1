"""The forms as data: known to the catalogue, asked for by the tables, named once, and each can be filled in."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from apps.documents.kinds import FORM_CODES, Kind
from apps.drafting.catalogue import FORMS
from apps.drafting.checks import producing_problems
from apps.drafting.inputs import Asked, Question, Section, Table, filled
from apps.drafting.inputs.filling import row_names
from apps.drafting.inputs.questions import sub_names
from apps.findings.kinds import Assessment, rows_of_form
from apps.workflow import registry
from apps.workflow.editions import EDITIONS, Mark
from tests.drafting.filling import answered

WHOLE = ["jcm_2013", "jcm_2022", "india_2026"]
# The interim edition knows idea notes alone.
ALL = [*((kind, edition) for kind in FORMS for edition in WHOLE), (Kind.IDEA_NOTE, "india_interim")]
# What the apps tell of their files under such a name, so that a form does not ask for it.
KNOWN = {
    "activity", "assessment", "basis", "changes", "consultation", "contribution", "crediting_period", "entity",
    "estimates", "focal_point", "lifetime", "methodologies", "operation", "participants", "places", "programme",
    "registered_on", "scopes", "shares", "technology", "tonnes_a_year", "verified",
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
    }
    assert set(FORMS) <= set(FORM_CODES)


def test_each_is_asked_for_by_a_step_of_a_file_that_is_open() -> None:
    asked = {
        kind
        for procedure in registry.procedures()
        for table in procedure.tables.values()
        for row in table
        for kind in row.documents
        if not row.opens
    }
    assert set(FORMS) - asked == set()


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


def test_what_is_known_is_left_out_with_the_sections_that_have_nothing_else() -> None:
    form, rules = FORMS[Kind.PDD], EDITIONS["india_2026"]
    all_keys = [one.key for one in form.sections(rules)]
    fewer = form.sections(rules, {"places", "operation", "lifetime", "contribution", "estimates"})
    assert [one for one in all_keys if one not in {left.key for left in fewer}] == ["location", "duration", "japan"]
    [calculation] = [one for one in fewer if one.key == "calculation"]
    assert [one.name for one in calculation.asks if isinstance(one, Question)] == ["sources"]
