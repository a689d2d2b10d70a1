"""Declarations: sound in their units, and refused when they are not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from apps.monitoring.declaration import Fixed, Formula, Method
from apps.monitoring.expressions import Refused, sums_in
from apps.monitoring.kinds import Gas, Origin
from apps.monitoring.methods import BY_KEY, FUEL_SWITCH, METHODS, SOLAR, WASTE_HEAT
from apps.monitoring.units import TONNES, Unsound, same_unit, unit, unit_of
from tests.monitoring.small import ANNUAL, MONTHLY, core, declared, measured


@pytest.mark.parametrize("method", METHODS, ids=lambda one: one.key)
def test_every_declared_method_is_sound_and_comes_out_in_tonnes(method: Method) -> None:
    for formula in method.formulas:
        found = unit_of(formula.tree, lambda symbol: unit(method.units[symbol]))
        assert found is None or same_unit(found, unit(formula.unit))
    assert [one.symbol for one in method.formulas[-3:]] == ["RE", "PE", "ER"]
    reductions = unit_of(method.formulas[-1].tree, lambda symbol: unit(method.units[symbol]))
    assert reductions is not None
    assert same_unit(reductions, unit(TONNES))


def test_methods_are_known_by_their_keys() -> None:
    assert list(BY_KEY) == ["solar_pv", "efficient_chiller", "waste_heat_power", "boiler_fuel_switch"]
    assert [one.has_items for one in METHODS] == [True, True, False, True]
    assert [one.has_annual for one in METHODS] == [False, False, False, True]
    assert [one.origin for one in WASTE_HEAT.fixed] == [Origin.PROJECT, Origin.DEFAULT, Origin.PROJECT]


def test_the_small_method_is_sound() -> None:
    assert declared().units["RE"] == "tCO2e"


UNITS = {
    "energy and mass": "EG + FC",
    "energy and mass compared": "max(EG, FC)",
    "energy in two units": "EG + FC * NCVy",
    "fuel and carbon dioxide": "EG * EF + FC",
    "a number and energy": "EG + 1",
    "a number less energy": "1 - EG",
    "power for energy": "EG + CAP",
    "power and days without hours": "EG + CAP * 24",
    "a sum of fuel": "sum(FC_i) + EG",
}


@pytest.mark.parametrize("name", UNITS)
def test_units_that_do_not_fit_are_refused(name: str) -> None:
    text = UNITS[name].replace("NCVy", "NCVA")
    others = (measured("NCVA", "GJ/t", ANNUAL, adds_up=False),)
    with pytest.raises(Unsound):
        declared(Formula("X", "x", "MWh", text), measured=(*declared().measured, *others))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda: declared(re="EG"), "RE comes out in MWh, and is declared in tCO2e"),
        (lambda: declared(pe="EG * CAP"), "PE comes out in"),
        (lambda: declared(re="1"), "RE comes out in dimensionless"),
        (lambda: declared(er="PE - RE"), "the last formulas are RE, PE and ER = RE - PE"),
        (lambda: declared(er="RE - PE - 0"), "the last formulas are"),
        (lambda: declared(formulas=(core("RE", "EG * EF"), core("ER", "RE - 0"))), "the last formulas are"),
        (lambda: declared(formulas=()), "the last formulas are"),
        (
            lambda: declared(
                formulas=(core("RE", "EG * EF * 1000", "kgCO2e"), core("PE", "0", "kgCO2e"), core("ER", "RE - PE", "kgCO2e"))
            ),
            "RE comes out in",
        ),
        (
            lambda: declared(
                Formula("K", "kg", "kgCO2e", "0"),
                formulas=(core("RE", "0", "kgCO2e"), core("PE", "0", "kgCO2e"), core("ER", "RE - PE", "kgCO2e")),
            ),
            "RE is in kgCO2e, not in tCO2e",
        ),
        (lambda: declared(formulas=(core("RE", "EG * EF", every=MONTHLY), core("PE", "0"), core("ER", "RE - PE"))), "of a month"),
        (lambda: declared(Formula("X", "x", "MWh", "Q")), "X uses Q, which is not declared before it"),
        (lambda: declared(Formula("X", "x", "MWh", "X")), "X uses X, which is not declared before it"),
        (lambda: declared(Formula("EG", "x", "MWh", "EG")), "EG is declared twice"),
        (lambda: declared(Formula("X", "x", "parsec", "EG")), "'parsec' is no unit"),
        (lambda: declared(Formula("X", "x", "MWh**", "EG")), "'MWh\\*\\*' is no unit"),
        (lambda: declared(Formula("1X", "x", "MWh", "EG")), "'1X' is no symbol"),
        (lambda: declared(Formula("sum", "x", "MWh", "EG")), "'sum' is no symbol"),
        (lambda: declared(Formula("X", "x", "t", "FC_i")), "X uses FC_i outside a sum"),
        (lambda: declared(Formula("X", "x", "t", "sum(FC)")), "X sums what has no items"),
        (lambda: declared(Formula("X_i", "x", "t", "FC_i + sum(FC_i)")), "X_i is of one item, and sums over all"),
        (lambda: declared(Formula("X", "x", "GJ", "FC * NCV")), "NCV is a ratio of each month, and the formula is of a year"),
        (lambda: declared(Formula("X", "x", "MWh", "AUX", MONTHLY)), "AUX is an amount of a year, and the formula is of a month"),
        (
            lambda: declared(Formula("X", "x", "MWh", "EG"), Formula("Y", "y", "MWh", "X", MONTHLY)),
            "X is of a year, and the formula of a month",
        ),
        (
            lambda: declared(measured=(measured("EG", "MWh"),), fixed=(*declared().fixed, Fixed("P_i", "p", "1", "list"))),
            "items have values, and none of them is monitored",
        ),
    ],
)
def test_what_is_not_sound_is_refused_when_it_is_declared(change: Any, said: str) -> None:
    with pytest.raises(Unsound, match=said):
        change()


def test_a_formula_that_is_none_is_refused_when_it_is_declared() -> None:
    with pytest.raises(Refused):
        declared(Formula("X", "x", "MWh", "EG ** 2"))


def test_a_ratio_of_a_year_may_stand_in_a_formula_of_months() -> None:
    method = declared(Formula("X", "x", "MWh", "EG * ETA", MONTHLY), Formula("Y", "y", "MWh", "X + AUX"))
    assert list(sums_in(method.formulas[0].tree)) == []


def test_a_factor_is_declared_with_its_unit() -> None:
    fixed = (*declared().fixed, Fixed("H", "hours", "h/d", "by definition", Decimal(24)))
    days = measured("D", "d")
    assert declared(Formula("X", "x", "MWh", "CAP * H * D"), fixed=fixed, measured=(*declared().measured, days))


def test_the_digest_is_of_every_word_and_of_no_language() -> None:
    same = Method(**{name: getattr(SOLAR, name) for name in Method.__dataclass_fields__})
    with translation.override("ja"):
        assert same.digest == SOLAR.digest
    changed = [
        replace(SOLAR, title="Other"), replace(SOLAR, gases=(Gas.CH4,)), replace(SOLAR, key="other"),
        replace(SOLAR, measured=(replace(SOLAR.measured[0], source="other"),)),
        replace(SOLAR, fixed=(replace(SOLAR.fixed[0], default=Decimal("0.5")),)),
        replace(SOLAR, formulas=(replace(SOLAR.formulas[0], text="sum(EG_i)*EF_RE"), *SOLAR.formulas[1:])),
    ]  # fmt: skip
    assert len({one.digest for one in (SOLAR, *changed)}) == 7
    assert len(SOLAR.digest) == 64


def test_an_efficiency_is_at_most_one() -> None:
    assert [one.at_most for one in FUEL_SWITCH.measured] == [None, None, Decimal(1), None]


# What filled files name. A declaration that changes, if only in a word, refuses the files made before: it is changed knowingly.
DIGESTS = {
    "solar_pv": "1641217fb8ec778cdeff82dfd056e92d7788175eef0801c313a12dacafbc724b",
    "efficient_chiller": "5c8fdbaba2bc0ff68b99c450178e5f71c2d3ceaceffb44647d7947a9a09674f5",
    "waste_heat_power": "2ff0c3afb1b3647d64551a5f282e3155fdcdc43291e59d44ab24a7e56083fbcc",
    "boiler_fuel_switch": "29fcc5949dd53fd9b1c919c8d540276279d0e67e0583bb81cc5fe48e4d270887",
}


def test_no_declaration_changes_unnoticed() -> None:
    assert {key: one.digest for key, one in BY_KEY.items()} == DIGESTS
