"""Filled, read back and calculated anew: exact tonnes, worked out here by hand in plain fractions."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from apps.monitoring.calculation import Year
from apps.monitoring.services import read_sheets, recalculate
from apps.monitoring.template import Template
from tests.monitoring import desk
from tests.monitoring.desk import (
    BOILER_VALUES,
    CHILLER_VALUES,
    OF_BOILERS,
    OF_CHILLERS,
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

# Exact numbers, as short as by hand.
Q = Fraction


def by_hand_solar() -> list[tuple[Fraction, Fraction]]:
    factor = Q("0.533")
    first = (Q("41.7") + Q("60.25") + Q("18.9") + Q("27")) * factor
    second = (Q("71.125") + Q("52.01") + Q("30.3") + Q("20.6")) * factor
    return [(first, Q(0)), (second, Q(0))]


def by_hand_chillers() -> list[tuple[Fraction, Fraction]]:
    one, two, factor = Q("6.3") / Q("5.67"), Q("5.9") / Q("5.1"), Q("0.716")
    used = [
        (Q("210.4") + Q("305.5"), Q("98.2") + Q(140)),
        (Q("290.75") + Q("199.1"), Q("133.3") + Q("101.05")),
    ]
    return [((first * one + second * two) * factor, (first + second) * factor) for first, second in used]


def by_hand_waste_heat() -> list[tuple[Fraction, Fraction]]:
    aux, factor = Q("0.25") * 24, Q("0.716")
    supplied = [(Q("1204.5") + Q("1802.25"), 20 + 30), (Q(1799) + Q("1100.75"), 31 + 19)]
    return [((energy - aux * days) * factor, Q(0)) for energy, days in supplied]


def by_hand_boilers() -> list[tuple[Fraction, Fraction]]:
    first = [
        Q(41000) * Q("0.0351") + Q("61000.5") * Q("0.0352"),
        Q(59800) * Q("0.0349") + Q(40100) * Q("0.035"),
    ]
    second = [
        Q(20500) * Q("0.0351") + Q(30250) * Q("0.0352"),
        Q(31000) * Q("0.0349") + Q(20400) * Q("0.035"),
    ]
    heat = [
        first[0] * Q("0.93") + second[0] * Q("0.91"),
        first[1] * Q("0.925") + second[1] * Q("0.915"),
    ]
    aux = [Q("3.2"), Q("3.5")]
    return [
        (
            heat[at] / Q("0.87") * Q("0.0726"),
            (first[at] + second[at]) * Q("0.0583") + aux[at] * Q("0.716"),
        )
        for at in (0, 1)
    ]


CASES = {
    "OF_SOLAR": (OF_SOLAR, SOLAR_VALUES, by_hand_solar(), [78, 92]),
    "OF_CHILLERS": (OF_CHILLERS, CHILLER_VALUES, by_hand_chillers(), [67, 65]),
    "OF_WASTE_HEAT": (OF_WASTE_HEAT, WASTE_HEAT_VALUES, by_hand_waste_heat(), [1938, 1861]),
    "OF_BOILERS": (OF_BOILERS, BOILER_VALUES, by_hand_boilers(), [98, 95]),
}
EACH = pytest.mark.parametrize(("name", "template", "values", "by_hand", "tonnes"), [(name, *one) for name, one in CASES.items()])


@EACH
def test_each_year_comes_out_to_the_tonne(
    tmp_path: Path, name: str, template: Template, values: Values, by_hand: list[tuple[Fraction, Fraction]], tonnes: list[int]
) -> None:
    book = opened(desk.written(name))
    fill(book, values)
    found = read_sheets(path=saved(book, tmp_path / "filled"), template=template)
    assert (found.problems, found.warnings) == ((), ())
    assert found.readings == {key: Q(value) for key, value in values.items()}
    outcome = recalculate(template=template, judgement=found, verified=dict(zip((2025, 2026), tonnes, strict=True)))
    assert outcome.years == tuple(
        Year(year, reference, project, reference - project, count)
        for year, (reference, project), count in zip((2025, 2026), by_hand, tonnes, strict=True)
    )
    assert (outcome.differences, outcome.problems) == ((), ())


@EACH
def test_the_live_formulas_come_to_the_same(
    tmp_path: Path, name: str, template: Template, values: Values, by_hand: list[tuple[Fraction, Fraction]], tonnes: list[int]
) -> None:
    book = opened(desk.written(name))
    fill(book, values)
    results = Spreadsheet(book).results()
    last = max(int(place[1:]) for place in results)
    lines = {symbol: last - 3 + at for at, symbol in enumerate(("RE", "PE", "ER", "whole"))}
    for column, (reference, project), count in zip("FG", by_hand, tonnes, strict=True):
        assert results[f"{column}{lines['RE']}"] == reference
        assert results[f"{column}{lines['PE']}"] == project
        assert results[f"{column}{lines['ER']}"] == reference - project
        assert results[f"{column}{lines['whole']}"] == count
    assert results[f"H{lines['whole']}"] == sum(tonnes)
    path = calculated(saved(book, tmp_path / "filled.xlsx"))
    outcome = recalculate(template=template, judgement=read_sheets(path=path, template=template))
    assert len(outcome.judgement.stated) == len(results) - 4
    assert (outcome.differences, outcome.problems) == ((), ())


def test_an_empty_file_lacks_every_month_and_year_and_nothing_else(tmp_path: Path) -> None:
    path = saved(opened(desk.written("OF_BOILERS")), tmp_path / "empty")
    found = read_sheets(path=path, template=OF_BOILERS)
    assert [(one.code, one.field) for one in found.problems] == [
        *(("MON-16", f"MRS (input)!D{row}") for row in (7, 8, 9, 10)),
        *(("MON-16", f"MRS (input)!G{row}") for row in (11, 12)),
    ]
    outcome = recalculate(template=OF_BOILERS, judgement=found)
    assert (outcome.years, outcome.problems) == ((), found.problems)


def test_what_was_read_is_plain_json(tmp_path: Path) -> None:
    raw = desk.listed(saved(opened(desk.written("OF_SOLAR")), tmp_path / "plain"))
    assert json.loads(json.dumps(raw)) == raw
