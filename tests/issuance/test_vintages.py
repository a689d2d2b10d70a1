"""Verified tonnes of each calendar year: the ceiling of what is decided for it, and blocks of their own in the books."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apps.accounts.roles import Side
from apps.core.errors import NotReady
from apps.documents.kinds import Kind
from apps.events.models import Event
from apps.issuance.models import DecidedAmount, Round, VerifiedAmount
from apps.issuance.procedure import State
from apps.issuance.selectors import reconcile
from apps.registry.models import Block
from apps.registry.selectors import balance
from apps.registry.services import account_of_government
from tests.issuance.test_refusals import A_DECISION
from tests.issuance.walk import Course
from tests.projects.walk import upload
from tests.refused import refused

# Heating seasons from 2028 to 2030, and the tonnes of each year.
SEASONS = date(2028, 10, 1), date(2030, 4, 30)
BY_YEAR = {2028: 3000, 2029: 4500, 2030: 1500}


def verified(one: Round) -> dict[int, int]:
    return dict(VerifiedAmount.objects.filter(round=one).values_list("year", "tonnes"))


def decided(one: Round) -> list[tuple[Any, ...]]:
    return list(DecidedAmount.objects.filter(round=one).values_list("year", "side", "kind", "tonnes"))


def lines(*rows: str) -> str:
    return "\n".join(rows)


def test_a_period_within_one_year_needs_no_breakdown(course: Course) -> None:
    one = course.reach(State.VERIFIED)
    assert verified(one) == {2028: 9000}


def test_a_period_within_one_year_may_have_one_all_the_same(course: Course) -> None:
    course.by_year = {2028: 9000}
    assert verified(course.reach(State.VERIFIED)) == {2028: 9000}


def test_where_the_edition_asks_for_no_years_a_total_is_enough(jcm: Course) -> None:
    one = jcm.decided(jcm.open(None, *SEASONS), host=1789, japan=7158)
    assert (verified(one), one.verified_tonnes) == ({}, 9000)
    assert decided(one) == [(None, "host", "side", 1789), (None, "japan", "side", 7158)]


def test_years_add_up_are_of_the_period_and_are_asked_for(india: Course) -> None:
    one = india.in_verification(india.open(None, *SEASONS))
    upload(one, india.people.tpe, Kind.VERIFICATION_REPORT)
    for code, years, words in (
        ("ISS-29", None, "2028, 2029, 2030"),
        ("ISS-29", {2028: 9000, 2031: 0}, "2031"),
        ("ISS-29", {2027: 1, 2028: 8999}, "2027"),
        ("ISS-29", {2028: 3000, 2029: 4500, 2030: 1499}, "8999"),
        ("DOOR-08", "2028 9000", "2024: 1200"),
        ("DOOR-08", "2028: 4500\n2028: 4500", "twice"),
        ("DOOR-08", {2028: 0.5}, "2024: 1200"),
        ("DOOR-08", {"28": 9000}, "2024: 1200"),
    ):
        with pytest.raises(NotReady) as caught:
            india.verify(one, verified_by_year=years)
        (problem,) = caught.value.problems
        assert (problem.code, problem.field) == (code, "verified_by_year"), years
        assert words in problem.text
    assert not VerifiedAmount.objects.exists()
    event = india.verify(one, verified_by_year="2028: 3,000\n2030: 1500\n2029: 4500")
    assert event.data["inputs"]["verified_by_year"] == {"2028": 3000, "2029": 4500, "2030": 1500}
    assert verified(one) == BY_YEAR


def test_a_year_without_tonnes_is_kept_as_nothing(india: Course) -> None:
    india.by_year = {2028: 9000}
    assert verified(india.reach(State.VERIFIED, india.open(None, *SEASONS))) == {2028: 9000, 2029: 0, 2030: 0}


def test_three_vintages_are_decided_and_issued_each_in_a_block(india: Course) -> None:
    india.by_year = BY_YEAR
    amounts = lines(
        "2028; host; government; 600", "2029; host; government; 900", "2030; host; government; 289",
        "2028; japan; government; 2400", "2029; japan; government; 3600", "2030; japan; government; 1158",
    )  # fmt: skip
    one = india.decided_by_line(amounts, india.open(None, *SEASONS))
    assert (one.host_tonnes, one.japan_tonnes, one.decided_tonnes) == (1789, 7158, 8947)
    assert decided(one) == [
        (2028, "host", "government", 600), (2028, "japan", "government", 2400), (2029, "host", "government", 900),
        (2029, "japan", "government", 3600), (2030, "host", "government", 289), (2030, "japan", "government", 1158),
    ]  # fmt: skip
    event = india.act(one, "issue_japan", india.people.registry_japan)
    assert event.data["vintages"] == [[2028, 1, 2400], [2029, 2401, 6000], [2030, 6001, 7158]]
    assert event.data["serials"] == [1, 7158]
    assert event.data["parts"] == [[account_of_government(Side.JAPAN).pk, 7158]]
    india.act(one, "issue_host", india.people.registry_host)
    blocks = Block.objects.order_by("serial").values_list("side", "vintage", "tonnes")
    assert list(blocks) == [
        ("japan", 2028, 2400), ("japan", 2029, 3600), ("japan", 2030, 1158),
        ("host", 2028, 600), ("host", 2029, 900), ("host", 2030, 289),
    ]  # fmt: skip
    assert (one.reload().state, balance(account_of_government(Side.JAPAN))) == (State.CLOSED, 7158)
    assert reconcile() == []


def test_a_vintage_of_nothing_has_no_block(india: Course) -> None:
    india.by_year = BY_YEAR
    one = india.decided_by_line(
        lines("2028; host; government; 5", "2029; host; government; 0", "2028; japan; government; 7"),
        india.open(None, *SEASONS),
    )
    india.act(one, "issue_host", india.people.registry_host)
    assert list(Block.objects.values_list("vintage", "tonnes")) == [(2028, 5)]
    india.act(one, "issue_japan", india.people.registry_japan)
    assert one.reload().state == State.CLOSED
    assert reconcile() == []


def test_no_year_has_more_than_was_verified_for_it_and_every_line_names_one(india: Course) -> None:
    india.by_year = BY_YEAR
    one = india.reach(india.before_decision, india.open(None, *SEASONS))
    for codes, amounts, words in (
        (["ISS-32"], ["2030; host; government; 301", "2030; japan; government; 1200"], "1501 t are more than the 1500 t"),
        (["ISS-30"], ["2031; host; government; 1"], "2031: not a year"),
        (["ISS-30"], ["2028; host; government; 1", "japan; government; 1"], "line 2 names no year"),
        (["ISS-30"], ["host; government; 1", "japan; government; 1"], "each with its year"),
        (["ISS-17"], ["2029; host; government; 9001"], "9001 t are more than the 9000 t"),
    ):
        with pytest.raises(NotReady) as caught:
            india.act(one, "notify", A_DECISION, amounts=lines(*amounts))
        assert [code for code in caught.value.codes if code != "ISS-32" or codes == ["ISS-32"]] == codes, amounts
        assert words in " ".join(problem.text for problem in caught.value.problems)
    with refused(NotReady, "ISS-30"):
        india.act(one, "notify", A_DECISION, host_tonnes=1, japan_tonnes=1)
    assert not DecidedAmount.objects.exists()


def test_totals_beside_the_lines_agree_with_them(jcm: Course) -> None:
    one = jcm.reach(State.COMPLETE)
    amounts = lines("host; government; 1789", "japan; government; 7158")
    for wrong in ({"host_tonnes": 1790}, {"japan_tonnes": 7157}, {"decided_tonnes": 8948}):
        with refused(NotReady, "ISS-17"):
            jcm.act(one, "notify", A_DECISION, amounts=amounts, **wrong)
    with refused(NotReady, "ISS-17", "ISS-17"):
        jcm.act(one, "notify", A_DECISION)
    one = jcm.decided_by_line(amounts, one, host_tonnes=1789, japan_tonnes=7158, decided_tonnes=8947)
    assert (one.host_tonnes, one.japan_tonnes, one.decided_tonnes) == (1789, 7158, 8947)


def test_a_line_that_cannot_be_read_is_named_with_what_to_write(jcm: Course) -> None:
    one = jcm.reach(State.COMPLETE)
    for amounts, words in (
        ("host; government", "line 1: write year; side; holder; tonnes"),
        ("host; government; 1\n2028; host; x; 1; 2", "line 2: write year; side; holder; tonnes"),
        ("28; host; government; 1", "line 1: '28' is not a year"),
        ("third; government; 1", "line 1: 'third' is not a side; write `host` or `japan`"),
        ("host; ; 1", "line 1: the holder is missing"),
        ("host; government; 1.5", "line 1: '1.5' is not a whole number of tonnes"),
        ("host; government; -1", "line 1: '-1' is not a whole number of tonnes"),
        ([{"side": "host", "holder": "government", "tonnes": 1, "share": 20}], "line 1: write year"),
        ([{"side": "host", "holder": "government"}], "line 1: None is not a whole number of tonnes"),
        (["host"], "line 1: write year"),
        ({"host": 1}, "this is not a list of amounts"),
    ):
        with pytest.raises(NotReady) as caught:
            jcm.act(one, "notify", A_DECISION, amounts=amounts)
        (problem,) = caught.value.problems
        assert (problem.code, problem.field) == ("DOOR-08", "amounts")
        assert words in problem.text, amounts


def test_awkward_case_10_a_year_before_the_cut_and_one_after_are_two_rounds(jcm: Course) -> None:
    """Cut at 31 December 2020, and at each calendar year inside. Source: awkward case 10."""
    project = jcm.project()
    with refused(NotReady, "ISS-05"):
        jcm.open(project, date(2019, 7, 6), date(2021, 12, 31))
    jcm.by_year = {2019: 4000, 2020: 5000}
    old = jcm.decided_by_line(
        lines("2019; host; government; 800", "2020; host; government; 1000", "2019; japan; government; 3200"),
        jcm.open(project, date(2019, 7, 6), date(2020, 12, 31)),
    )
    jcm.by_year = {2021: 9000}
    new = jcm.decided_by_line("2021; japan; government; 9000", jcm.open(project, date(2021, 1, 1), date(2021, 12, 31)))
    for one, step in ((old, "issue_host"), (old, "issue_japan"), (new, "issue_japan")):
        jcm.act(one, step, getattr(jcm.people, step.replace("issue", "registry")))
    assert list(Block.objects.order_by("vintage", "side").values_list("vintage", "side", "tonnes")) == [
        (2019, "host", 800), (2019, "japan", 3200), (2020, "host", 1000), (2021, "japan", 9000),
    ]  # fmt: skip
    assert {old.reload().state, new.reload().state} == {State.CLOSED}
    assert not Event.objects.filter(type="round.issue_host", subject_id=new.pk).exists()
    assert reconcile() == []
