"""Declarations as data: read back as they were written, and refused with a sentence where they are none."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import translation

from apps.monitoring.declared import MOST_CHARACTERS, as_known, method_in, method_of
from apps.monitoring.inputs import DeclarationText, Explanations, FixedLine, FixedValues, fixed_of
from apps.monitoring.methods import BY_KEY, METHODS, SOLAR, WASTE_HEAT
from apps.monitoring.units import Unsound

Change = Callable[[dict[str, Any]], Any]


def record() -> dict[str, Any]:
    """The declaration of waste heat, as data."""
    return copy.deepcopy(WASTE_HEAT.record())


@pytest.mark.parametrize("key", [one.key for one in METHODS])
@pytest.mark.parametrize("language", ["en", "ja", "hi"])
def test_a_declaration_is_read_back_as_it_was_written(key: str, language: str) -> None:
    with translation.override(language):
        kept = DeclarationText("declared", "").clean(key)
        read = method_of(json.loads(json.dumps(kept)))
    assert (read.digest, read.record()) == (BY_KEY[key].digest, kept)
    assert as_known(read) is BY_KEY[key]
    assert method_in(json.dumps(kept)).digest == BY_KEY[key].digest


def test_a_declaration_that_the_site_has_otherwise_keeps_its_own_words() -> None:
    other = record() | {"title": "Heat of a cement kiln"}
    assert as_known(method_of(other)).title == "Heat of a cement kiln"


def at(path: str, value: Any) -> Change:
    """Put a value at a place such as `measured.0.unit`; `DELETE` takes it out."""

    def change(record: dict[str, Any]) -> Any:
        *before, last = [int(one) if one.isdigit() else one for one in path.split(".")]
        place: Any = record
        for one in before:
            place = place[one]
        if value is DELETE:
            del place[last]
        else:
            place[last] = value
        return record

    return change


DELETE = object()
WRONG: dict[str, tuple[Change, str]] = {
    "no mapping": (lambda _record: [1], "the declaration: write names with their values in braces"),
    "stranger": (at("colour", "red"), "the declaration: “colour” is not asked for"),
    "no key": (at("key", DELETE), "the declaration: “key” is missing"),
    "long key": (at("key", "k" * 41), "`key` has at most 40 characters"),
    "strange key": (at("key", "../etc"), "`key`: write small letters, digits and _ only"),
    "empty title": (at("title", " "), "title: write a text of at most 300 characters"),
    "title of two lines": (at("title", "a\nb"), "title: write a text of at most 300 characters"),
    "no gas": (at("gases", ["H2O"]), "gases: 'H2O' is none of CO2, CH4, N2O, HFC, PFC, SF6, NF3"),
    "gases in a text": (at("gases", "CO2"), "gases: write a list of at most 60"),
    "too many": (at("fixed", [{}] * 61), "fixed: write a list of at most 60"),
    "no row": (at("measured.0", "EG"), "measured 1: write names with their values in braces"),
    "no unit": (at("measured.1.unit", DELETE), "measured 2: “unit” is missing"),
    "no such unit": (at("measured.0.unit", "barrel"), "'barrel' is no unit that is known here"),
    "no such option": (at("measured.0.option", "D"), "measured 1, option: 'D' is none of A, B, C"),
    "no such frequency": (at("measured.0.frequency", "daily"), "measured 1, frequency: 'daily' is none of monthly, annual"),
    "adds up perhaps": (at("measured.0.adds_up", "yes"), "measured 1, adds_up: write `true` or `false`"),
    "number not a text": (at("measured.1.at_most", 31), "measured 2, at_most: write a number from 0 as a text, such as “0.95”"),
    "not finite": (at("fixed.1.default", "NaN"), "fixed 2, default: write a number from 0 as a text, such as “0.95”"),
    "negative": (at("fixed.1.default", "-24"), "fixed 2, default: write a number from 0 as a text, such as “0.95”"),
    "no formula": (at("formulas.0.text", "EC_CAP **"), "'EC_CAP **' is no formula"),
    "a call": (at("formulas.0.text", "open(EC_CAP)"), "'open(EC_CAP)': a formula has numbers, symbols, + - * /"),
    "an unknown symbol": (at("formulas.0.text", "EC * H_DAY"), "EG_AUX uses EC, which is not declared before it"),
    "a unit that does not fit": (at("formulas.1.text", "EG_SUP - D_OP"), "are not added, subtracted or compared"),
    "no core": (at("formulas.4.text", "PE - RE"), "the last formulas are RE, PE and ER = RE - PE"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_declaration_is_refused_with_a_sentence(name: str) -> None:
    change, said = WRONG[name]
    with pytest.raises(Unsound) as refusal:
        method_of(change(record()))
    assert said in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "this is neither the name of a model nor a declaration as JSON"),
        ("solar", "this is neither the name of a model nor a declaration as JSON"),
        ("[" * 9000, "this is neither the name of a model nor a declaration as JSON"),
        ("x" * (MOST_CHARACTERS + 1), "the declaration has at most 40000 characters"),
        ("12", "the declaration: write names with their values in braces"),
    ],
)
def test_what_names_no_declaration_is_refused(text: str, said: str) -> None:
    with pytest.raises(Unsound, match=said):
        method_in(text)


def test_what_a_step_asks_for_says_what_it_is() -> None:
    asked = DeclarationText("declared", "")
    assert asked.words(asked.clean("solar_pv")) == f"{SOLAR.title} (SHA-256 {SOLAR.digest[:12]}…)"
    assert "`solar_pv`, `efficient_chiller`, `waste_heat_power`" in str(asked.form_field().help_text)


# --- Values that are fixed, explanations --------------------------------------------------------------

VALUES = "IN_AM001; ; EF_RE; 0.533\n\nIN_AM001 Ver1.0; roof A\nin_am001 ver1.0; roof B\nIN_AM002 Ver1.0; c; COP_RE_i; 5.10"


def test_fixed_values_are_read_line_by_line() -> None:
    asked = FixedValues("fixed_values", "")
    lines = asked.clean(VALUES)
    assert lines[1] == FixedLine("IN_AM001 Ver1.0", "roof A")
    items, values = fixed_of("IN_AM001 Ver1.0", lines)
    assert (items, {key: str(value) for key, value in values.items()}) == (("roof A", "roof B"), {("EF_RE", ""): "0.533"})
    assert {key: str(one) for key, one in fixed_of("IN_AM002 Ver1.0", lines)[1].items()} == {("COP_RE_i", "c"): "5.10"}
    kept = asked.dump(lines)
    assert kept[0] == ["IN_AM001", "", "EF_RE", "0.533"]
    assert asked.clean(json.loads(json.dumps(kept))) == lines
    assert asked.words(lines).splitlines()[-1] == "IN_AM002 Ver1.0; c; COP_RE_i; 5.10"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("IN_AM001", "line 1: write methodology; item; symbol; value"),
        ("IN_AM001; ", "line 1: write methodology; item; symbol; value"),
        ("IN_AM001; EF; 0.5", "line 1: write methodology; item; symbol; value"),
        ("IN_AM001; ; ; 0.5", "line 1: write methodology; item; symbol; value"),
        ("; ; EF; 0.5", "line 1: begin with the methodology, such as IN_AM001 Ver1.0"),
        ("IN_AM001; a; EF; 1\nIN_AM001; ; EF; ", "line 2: EF has no value; write a number with a point before its decimals"),
        ("IN_AM001; ; EF; 0,5", "line 1: EF has no value; write a number with a point before its decimals"),
        ("IN_AM001; ; EF; Infinity", "line 1: EF has no value; write a number with a point before its decimals"),
        ("IN_AM001; \x00; EF; 1", "line 1: begin with the methodology"),
        (12, "this is not a list of values"),
        (["IN_AM001; roof"] * 501, "this is not a list of values"),
    ],
)
def test_lines_that_fix_nothing_are_refused(raw: Any, said: str) -> None:
    with pytest.raises(ValueError, match=r"line|list") as refusal:
        FixedValues("fixed_values", "").clean(raw)
    assert said in str(refusal.value)


def test_explanations_are_of_calendar_years() -> None:
    asked = Explanations("explanations", "")
    found = asked.clean("2028: the meter was exchanged: see section 4\n\n2027: the first month was not metered")
    assert found == {2027: "the first month was not metered", 2028: "the meter was exchanged: see section 4"}
    assert asked.clean(json.loads(json.dumps(asked.dump(found)))) == found
    assert asked.words({2027: "a reason"}) == "2027: a reason"


@pytest.mark.parametrize("raw", ["28: x", "2028; x", "year: x", "2028: x\n2028: y", "３０２８: x", 2028, [2028]])
def test_an_explanation_of_no_year_is_refused(raw: Any) -> None:
    with pytest.raises(ValueError, match="write each year once, with a colon and the reason"):
        Explanations("explanations", "").clean(raw)
