"""What must agree between the answers of one form."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from apps.documents.kinds import Kind
from apps.drafting.catalogue import FORMS
from apps.drafting.checks import producing_problems
from apps.drafting.inputs import filled
from apps.drafting.render import Part
from apps.workflow.editions import EDITIONS
from tests.drafting.filling import answered

RULES = EDITIONS["india_2026"]
YEARS = {"amounts-rows": "2", "amounts-0-year": "2028", "amounts-1-year": "2029"}


def problems(kind: Kind, **changes: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """What stands against a form that is complete but for these sections."""
    asked = FORMS[kind].sections(RULES)
    forms = filled(asked, {one.key: {**answered(one), **changes.get(one.key, {})} for one in asked})
    return [(one.code, one.field, one.text) for one in producing_problems(kind, forms)]


@pytest.mark.parametrize(
    ("host", "japan", "makes"), [("40", "60", True), ("33.33", "66.67", True), ("40", "59.99", False), ("0", "0", False)]
)
def test_shares_make_a_hundred_per_cent(host: str, japan: str, makes: bool) -> None:  # noqa: FBT001 - a case
    found = problems(Kind.CREDIT_ALLOCATION, shares={"host": host, "japan": japan})
    assert found == ([] if makes else [("DRF-08", "shares", "both shares together must make 100 per cent")])


@pytest.mark.parametrize(
    ("exact", "whole", "said"),
    [
        ("9000.999", "9,000", ""),
        ("9000", "9000", ""),
        ("9000.999", "9001", "9000.999 rounded down is 9000; correct the amount of row 1"),
        ("0.5", "1", "0.5 rounded down is 0; correct the amount of row 1"),
    ],
)
def test_verified_amounts_are_rounded_down(exact: str, whole: str, said: str) -> None:
    found = problems(Kind.VERIFICATION_REPORT, amounts={"amounts-0-exact": exact, "amounts-0-whole": whole})
    assert found == ([("DRF-09", "amounts", said)] if said else [])


def test_amounts_are_added_up_where_they_are_read() -> None:
    form = FORMS[Kind.ISSUANCE_REQUEST]
    typed = {"amounts": {**YEARS, "amounts-0-whole": "9,000", "amounts-1-whole": "18 407"}}
    [section] = [one for one in form.sections(RULES) if one.key == "amounts"]
    [filled_in] = filled([section], typed)
    [grid] = Part(section, filled_in, (), ()).grids
    assert grid.rows == [["2028", "9,000 tCO2e"], ["2029", "18,407 tCO2e"], ["Total", "27,407 tCO2e"]]
    [half] = filled([section], {"amounts": {**YEARS, "amounts-0-whole": "9,000", "amounts-1-whole": "many"}})
    [grid] = Part(section, half, (), ()).grids
    assert grid.rows == [["2028", "9,000 tCO2e"], ["2029", "many"]]


def test_a_declaration_that_is_not_given_stands_in_the_way() -> None:
    found = problems(Kind.ISSUANCE_REQUEST, declaration={"declared": ""})
    assert found == [("DRF-04", "declaration", "“Declaration” is not complete: Declaration")]
