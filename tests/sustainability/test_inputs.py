"""Lines about indicators: what they hold, and what is said of a line that does not fit."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apps.sustainability.inputs import PLAN, RESULTS, Planned, Result, plan_in
from apps.sustainability.kinds import BY_KEY, INDICATORS, MOST, VERSION, Concern, Course, Theme, answering

HEAD = "training_hours; 0; 240; 2028-03-31; attendance lists"


def test_lines_and_mappings_say_the_same() -> None:
    text = f"{HEAD}\n\ntechnology_transferred; No; YES; 2029-03-31; hand-over record; drawings; \n".removesuffix("; \n")
    wanted = [
        Planned("training_hours", 0, 240, date(2028, 3, 31), "attendance lists"),
        Planned("technology_transferred", 0, 1, date(2029, 3, 31), "hand-over record", "drawings"),
    ]
    assert PLAN.clean(text) == wanted
    assert PLAN.clean(PLAN.dump(wanted)) == wanted
    assert PLAN.dump(wanted)[0] == {
        "indicator": "training_hours", "baseline": 0, "target": 240, "target_on": "2028-03-31", "method": "attendance lists",
        "note": "",
    }  # fmt: skip
    results = [Result("jobs_permanent", 1200), Result("people_served", 300, "a second village", unplanned=True)]
    assert RESULTS.clean("jobs_permanent; 1,200\npeople_served; 300; a second village; Unplanned") == results
    assert RESULTS.clean(RESULTS.dump(results)) == results


def test_they_read_as_sentences() -> None:
    lines = PLAN.clean(
        f"{HEAD}\ninvestment_japan_subsidy; 0; 5000; 2028-03-31; grant\nlocal_benefits; no; yes; 2028-03-31; survey; a well"
    )
    assert PLAN.words(lines).splitlines() == [
        "Hours of training: from 0 hours to 240 hours by 31 March 2028; measured by attendance lists",
        "Subsidy from Japan: from JPY\u00a00 to JPY\u00a05,000 by 31 March 2028; measured by grant",
        "Local benefits: from no to yes by 31 March 2028; measured by survey (a well)",
    ]
    results = RESULTS.clean("jobs_permanent; 12\npeople_served; 300; a second village; unplanned")
    assert RESULTS.words(results).splitlines() == [
        "Permanent jobs: 12 jobs", "People served: 300 people, not in the plan (a second village)",
    ]  # fmt: skip


KEYS = ", ".join(BY_KEY)
PLAN_REFUSALS: list[tuple[Any, str]] = [
    ("jobs; 0; 1; 2028-03-31; payroll", f"line 1: 'jobs' is no indicator; choose one of {KEYS}"),
    (f"{HEAD}\n; 0; 1; 2028-03-31; payroll", f"line 2: '' is no indicator; choose one of {KEYS}"),
    (
        "training_hours; few; 240; 2028-03-31; lists",
        "line 1: 'few' is no baseline of training_hours; write a whole number in digits (hours)",
    ),
    (
        "training_hours; 0; -1; 2028-03-31; lists",
        "line 1: '-1' is no target of training_hours; write a whole number in digits (hours)",
    ),
    (
        "investment_other; 0; 1.5; 2028-03-31; accounts",
        "line 1: '1.5' is no target of investment_other; write a whole number in digits (INR)",
    ),
    (
        f"training_hours; 0; {MOST + 1}; 2028-03-31; lists",
        f"line 1: '{MOST + 1}' is no target of training_hours; write a whole number in digits (hours)",
    ),
    (
        [{"indicator": "training_hours", "baseline": True, "target": 3}],
        "line 1: True is no baseline of training_hours; write a whole number in digits (hours)",
    ),
    ("training_hours", "line 1: None is no baseline of training_hours; write a whole number in digits (hours)"),
    (
        "local_benefits; 0; 7; 2028-03-31; survey; a well",
        "line 1: '7' is no target of local_benefits; write yes or no",
    ),
    (
        "training_hours; 9; 8; 2028-03-31; lists",
        "line 1: the target of training_hours is below its baseline; the target includes the baseline",
    ),
    (
        "training_hours; 0; 8; next spring; lists",
        "line 1: target day: 'next spring' is not a date; write it as 2027-03-12",
    ),
    ("training_hours; 0; 8; 2028-03-31", "line 1: how it is measured is missing; add it"),
    ("local_benefits; no; yes; 2028-03-31; survey", "line 1: a sentence in words is missing; add it"),
    (
        f"training_hours; 0; 8; 2028-03-31; {'x' * 201}",
        "line 1: how it is measured has 201 characters; write at most 200",
    ),
    (f"{HEAD}; {'x' * 1001}", "line 1: a sentence in words has 1001 characters; write at most 1000"),
    (
        f"{HEAD}; one; two",
        "line 1 has 7 parts; write at most 6, parted by semicolons: indicator; baseline; target; target_on; method; note",
    ),
    (f"{HEAD}\n{HEAD}", "line 2: training_hours stands in line 1 already; leave one of them out"),
    ([{"indicator": "training_hours", "colour": "red"}], "line 1: colour is not asked for; leave it out"),
    (7, "this is not a list of lines; give each with its parts: indicator; baseline; target; target_on; method; note"),
    ([7], "this is not a list of lines; give each with its parts: indicator; baseline; target; target_on; method; note"),
]


@pytest.mark.parametrize(("given", "why"), PLAN_REFUSALS)
def test_a_plan_that_does_not_fit_is_told_line_by_line(given: Any, why: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole sentence is compared
        PLAN.clean(given)
    assert str(caught.value) == why


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("people_served; 3; ; unplanned", "line 1: a sentence in words is missing; add it"),
        ("technology_transferred; yes", "line 1: a sentence in words is missing; add it"),
        (
            "people_served; 3; a village; planned",
            "line 1: 'planned' is not understood; the fourth part is the word `unplanned`, or is left out",
        ),
        (
            "people_served; ; a village",
            "line 1: '' is no result of people_served; write a whole number in digits (people)",
        ),
        (
            "people_served; 3; a; unplanned; more",
            "line 1 has 5 parts; write at most 4, parted by semicolons: indicator; result; note; unplanned",
        ),
    ],
)
def test_a_report_that_does_not_fit_is_told_line_by_line(given: str, why: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole sentence is compared
        RESULTS.clean(given)
    assert str(caught.value) == why


def test_a_no_needs_no_words_in_a_report() -> None:
    assert RESULTS.clean("technology_transferred; no") == [Result("technology_transferred", 0)]


def test_the_plan_is_found_under_either_name() -> None:
    assert plan_in({"sd_plan": [1]}) == ("sd_plan", [1])
    assert plan_in({"sd_plan_if_any": [2]}) == ("sd_plan_if_any", [2])
    assert plan_in({}) == ("sd_plan_if_any", [])


def test_the_list_is_closed_explained_and_answers_every_concern() -> None:
    assert len(INDICATORS) == len(BY_KEY) == 18
    assert {one.since for one in INDICATORS} == {VERSION} == {1}
    assert {one.theme for one in INDICATORS} == set(Theme)
    assert [one.key for one in INDICATORS if not str(one.gloss).endswith(".") or len(one.key) > 40] == []
    assert {concern: [one.key for one in answering(concern)] for concern in Concern} == {
        Concern.ADDITIONALITY: [key for key in BY_KEY if key.startswith("investment")],
        Concern.CAPACITY: ["training_hours", "people_trained", "women_trained"],
        Concern.ADOPTION: ["technology_transferred", "local_maintenance", "local_suppliers"],
        Concern.FUNDING: [key for key in BY_KEY if key.startswith("investment")],
    }
    assert {one.course for one in INDICATORS if one.currency} == {Course.ADDS_UP}
    assert {one.course for one in INDICATORS if one.is_yes_or_no} == {Course.STANDS}
