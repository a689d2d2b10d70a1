"""What was calculated anew against the workbook's own results and the verified tonnes; negative years; rounding."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from apps.monitoring.calculation import whole, years_of
from apps.monitoring.judging import Against, Difference, Judgement
from apps.monitoring.services import Outcome, read_sheets, recalculate
from apps.monitoring.template import Template
from apps.monitoring.workbook import workbook
from apps.workflow import editions
from apps.workflow.editions import Mark, Parameter
from tests.monitoring import desk
from tests.monitoring.desk import (
    BOILER_VALUES,
    OF_BOILERS,
    OF_SOLAR,
    OF_WASTE_HEAT,
    SOLAR_VALUES,
    WASTE_HEAT_VALUES,
    Spreadsheet,
    Values,
    calculated,
    fill,
    opened,
    saved,
)

LONG_ENOUGH = "The meter of roof A was exchanged in December; its last reading was added."


def judged(path: Path, name: str, template: Template, values: Values, changed: dict[str, str] | None = None) -> Judgement:
    """A filled file that a spreadsheet program has calculated, with some results changed."""
    book = opened(desk.written(name))
    fill(book, values)
    return read_sheets(path=calculated(saved(book, path / "filled.xlsx"), changed), template=template)


def solar(path: Path, changed: dict[str, str] | None = None) -> Judgement:
    return judged(path, "OF_SOLAR", OF_SOLAR, SOLAR_VALUES, changed)


def codes(outcome: Outcome) -> list[tuple[str, str]]:
    return [(one.code, one.field) for one in outcome.problems]


def test_results_that_were_never_calculated_are_passed_over(tmp_path: Path) -> None:
    book = opened(desk.written("OF_SOLAR"))
    fill(book, SOLAR_VALUES)
    found = read_sheets(path=saved(book, tmp_path / "filled"), template=OF_SOLAR)
    assert (found.stated, found.problems) == ({}, ())
    outcome = recalculate(template=OF_SOLAR, judgement=found)
    assert (outcome.differences, outcome.problems) == ((), ())


def test_another_result_in_the_workbook_is_told_with_both_figures(tmp_path: Path) -> None:
    found = solar(tmp_path, {"F8": "80"})
    outcome = recalculate(template=OF_SOLAR, judgement=found)
    assert outcome.differences == (
        Difference(2025, "ER (whole)", Against.WORKBOOK, Fraction(80), Fraction(78), "MRS (calc_process)!F8"),
    )
    assert codes(outcome) == [("MON-25", "MRS (calc_process)!F8")]
    assert outcome.problems[0].text == (
        "MRS (calc_process)!F8: the workbook says ER (whole) = 80 t for 2025, and 78 t come of the values that were read;"
        " let a spreadsheet program calculate the file again, or explain the difference"
    )
    assert [one.tonnes for one in outcome.years] == [78, 92]


@pytest.mark.parametrize(("place", "stated"), [("F5", "78.7"), ("G6", "0.001"), ("G7", "91")])
def test_each_result_is_compared(tmp_path: Path, place: str, stated: str) -> None:
    outcome = recalculate(template=OF_SOLAR, judgement=solar(tmp_path, {place: stated}))
    assert codes(outcome) == [("MON-25", f"MRS (calc_process)!{place}")]
    assert outcome.differences[0].stated == Fraction(stated)


def test_what_binary_fractions_leave_is_no_difference(tmp_path: Path) -> None:
    outcome = recalculate(template=OF_SOLAR, judgement=solar(tmp_path, {"F5": "78.80405000000001", "F7": "78.80404999999999"}))
    assert (outcome.differences, outcome.problems) == ((), ())


def test_an_error_among_the_results_is_told_once(tmp_path: Path) -> None:
    found = solar(tmp_path, {"F5": "#VALUE!", "F7": "#VALUE!", "F8": "#VALUE!"})
    assert [(one.code, one.field) for one in found.problems] == [("MON-18", "MRS (calc_process)!F5")]


def test_other_verified_tonnes_are_told_with_both_figures(tmp_path: Path) -> None:
    outcome = recalculate(template=OF_SOLAR, judgement=solar(tmp_path), verified={2025: 79, 2026: 92})
    assert outcome.differences == (Difference(2025, "ER (whole)", Against.VERIFIER, Fraction(79), Fraction(78)),)
    assert codes(outcome) == [("MON-26", "2025")]
    assert outcome.problems[0].text == (
        "2025: 79 t were verified, and 78 t come of the values that were read; correct one of them, or explain the difference"
    )


def test_a_difference_passes_when_it_is_explained(tmp_path: Path) -> None:
    found = solar(tmp_path, {"F8": "80"})
    verified = {2025: 77, 2026: 90}
    outcome = recalculate(template=OF_SOLAR, judgement=found, verified=verified, explanations={2025: LONG_ENOUGH})
    assert [(one.year, one.against) for one in outcome.differences] == [
        (2025, Against.WORKBOOK), (2025, Against.VERIFIER), (2026, Against.VERIFIER),
    ]  # fmt: skip
    assert codes(outcome) == [("MON-26", "2026")]
    both = recalculate(template=OF_SOLAR, judgement=found, verified=verified, explanations=dict.fromkeys(verified, LONG_ENOUGH))
    assert both.problems == ()


@pytest.mark.parametrize(
    ("explanations", "expected"),
    [
        ({2026: LONG_ENOUGH}, [("MON-26", "2025"), ("MON-29", "2026")]),
        ({2025: "because"}, [("MON-29", "2025")]),
        ({2025: "x" * 2_001}, [("MON-29", "2025")]),
        ({2025: " \n"}, [("MON-26", "2025")]),
        ({2024: LONG_ENOUGH}, [("MON-26", "2025"), ("MON-29", "2024")]),
    ],
)
def test_an_explanation_is_a_sentence_about_a_year_that_differs(
    tmp_path: Path, explanations: dict[int, str], expected: list[tuple[str, str]]
) -> None:
    found = solar(tmp_path)
    outcome = recalculate(template=OF_SOLAR, judgement=found, verified={2025: 79, 2026: 92}, explanations=explanations)
    assert codes(outcome) == expected


@pytest.mark.parametrize(
    ("verified", "expected"),
    [
        ({2025: 78}, [("MON-30", "2026")]),
        ({}, [("MON-30", "2025"), ("MON-30", "2026")]),
        ({2025: 78, 2026: 92, 2027: 0}, [("MON-30", "2027")]),
    ],
)
def test_verified_tonnes_are_of_each_year(tmp_path: Path, verified: dict[int, int], expected: list[tuple[str, str]]) -> None:
    assert codes(recalculate(template=OF_SOLAR, judgement=solar(tmp_path), verified=verified)) == expected


def test_a_negative_year_is_shown_and_no_explanation_makes_it_pass(tmp_path: Path) -> None:
    values = {**WASTE_HEAT_VALUES, ("EG_SUP", "", "2026-01"): "150", ("EG_SUP", "", "2026-02"): "149.5"}
    found = judged(tmp_path, "OF_WASTE_HEAT", OF_WASTE_HEAT, values)
    outcome = recalculate(
        template=OF_WASTE_HEAT, judgement=found, verified={2025: 1938, 2026: 0}, explanations={2026: LONG_ENOUGH}
    )
    assert [(one.year, one.reduction, one.tonnes) for one in outcome.years] == [
        (2025, Fraction("1938.033"), 1938), (2026, Fraction("-0.358"), -1),
    ]  # fmt: skip
    assert codes(outcome) == [("MON-27", "2026")]
    assert "negative, -0.358 t and so -1 t" in outcome.problems[0].text


def test_what_cannot_be_divided_has_no_result(tmp_path: Path) -> None:
    template = replace(OF_BOILERS, values={**OF_BOILERS.values, ("eta_RE", ""): Decimal(0)})
    book = opened(workbook(template))
    fill(book, BOILER_VALUES)
    found = read_sheets(path=saved(book, tmp_path / "filled"), template=template)
    assert found.problems == ()
    outcome = recalculate(template=template, judgement=found)
    assert (outcome.years, codes(outcome)) == ((), [("MON-31", "")])


# --- Rounding -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amounts", "each", "once"),
    [
        (["1.9", "1.9"], [1, 1], [1, 2]), (["0.4", "0.4", "0.4"], [0, 0, 0], [0, 0, 1]), (["2", "3"], [2, 3], [2, 3]),
        (["-0.1", "1"], [-1, 1], [-1, 1]), (["-1", "0"], [-1, 0], [-1, 0]), (["99.999999999"], [99], [99]),
    ],
)  # fmt: skip
def test_tonnes_are_rounded_down(amounts: list[str], each: list[int], once: list[int]) -> None:
    exact = [Fraction(one) for one in amounts]
    assert whole(exact, each_year=True) == each
    assert whole(exact, each_year=False) == once
    assert sum(once) == sum(exact) // 1


@pytest.fixture
def rounded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """An edition that rounds the sum of a period down, and not each year."""
    own = editions.EDITIONS["india_2026"]
    off = Parameter(value=False, mark=Mark.NOT_FOUND, source="a test")
    changed = replace(own, parameters={**own.parameters, "tonnes_rounded_down_per_year": off})
    monkeypatch.setattr(editions, "EDITIONS", {**editions.EDITIONS, "india_2026": changed})


@pytest.mark.usefixtures("rounded_once")
def test_an_edition_may_round_the_sum_alone_and_the_sheet_does_the_same(tmp_path: Path) -> None:
    template = replace(OF_SOLAR)
    book = opened(workbook(template))
    fill(book, SOLAR_VALUES)
    results = Spreadsheet(book).results()
    years = years_of(template, {key: Fraction(value) for key, value in SOLAR_VALUES.items()})
    assert [one.tonnes for one in years] == [78, 93]
    assert [results[place] for place in ("F8", "G8", "H8")] == [78, 93, 171]
    found = read_sheets(path=saved(book, tmp_path / "filled"), template=template)
    assert found.problems == ()


@pytest.mark.parametrize("edition", ["jcm_2013", "jcm_2022", "india_2026"])
def test_each_edition_with_rounds_says_how_tonnes_are_rounded(edition: str) -> None:
    assert replace(OF_SOLAR, edition=edition).rounds_each_year is True
