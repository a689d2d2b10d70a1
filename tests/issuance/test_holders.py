"""Amounts decided by holder: stored as decided, issued to the accounts that follow from them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from apps.accounts.roles import Side
from apps.committee.kinds import Form
from apps.committee.services import about, circulate, open_ballot
from apps.core.errors import NotReady
from apps.events.models import Event
from apps.issuance.inputs import Amounts
from apps.issuance.models import DecidedAmount, Round
from apps.issuance.procedure import State
from apps.issuance.selectors import reconcile
from apps.registry.models import Account, Block
from apps.registry.selectors import balance, totals_by_side
from apps.registry.services import account_of_government, open_account
from tests.issuance.test_refusals import A_DECISION
from tests.issuance.walk import Course
from tests.people import actor, organisation
from tests.refused import refused

FOUR_WAYS = "host; government; 5\nhost; Solar India; 4\njapan; government; 27\njapan; Solar Japan; 4"


def company(course: Course, side: Side) -> Account:
    """The account of the participant of a side."""
    holder = getattr(course.people, f"participant_{side.value}").organisation
    return open_account(side=side, holder=holder, membership=getattr(course.people, f"registry_{side.value}"))


def rows(one: Round) -> list[tuple[Any, ...]]:
    return list(one.decided_amounts.values_list("year", "side", "kind", "holder__name", "tonnes"))


def test_awkward_case_12_a_split_on_three_levels_is_kept_and_issued_as_decided(jcm: Course) -> None:
    """Indonesia 2016: 40 = Japan 31 (Government 27, company 4) + Indonesia 9 (Government 5, company 4)."""
    companies = {side: company(jcm, side) for side in Side}
    jcm.verified = 40
    one = jcm.decided_by_line(FOUR_WAYS)
    assert rows(one) == [
        (None, "host", "government", None, 5), (None, "host", "participant", "Solar India", 4),
        (None, "japan", "government", None, 27), (None, "japan", "participant", "Solar Japan", 4),
    ]  # fmt: skip
    assert (one.host_tonnes, one.japan_tonnes, one.decided_tonnes) == (9, 31, 40)
    for side in Side:
        jcm.act(one, f"issue_{side}", getattr(jcm.people, f"registry_{side}"))
    held = {(account.side, account.kind): balance(account) for account in Account.objects.exclude(kind="source")}
    assert held == {
        ("host", "government"): 5, ("host", "participant"): 4, ("japan", "government"): 27, ("japan", "participant"): 4,
    }  # fmt: skip
    event = Event.objects.get(type="round.issue_japan")
    assert event.data["parts"] == [[account_of_government(Side.JAPAN).pk, 27], [companies[Side.JAPAN].pk, 4]]
    assert list(Block.objects.values_list("side", "vintage", "tonnes")) == [("host", None, 9), ("japan", None, 31)]
    assert one.reload().state == State.CLOSED
    assert reconcile() == []


def test_a_round_of_the_record_by_its_two_governments(jcm: Course) -> None:
    """MN004 of 2017: 8,947 = 1,789 + 7,158, whatever 20 per cent of it would be."""
    jcm.verified = 8947
    one = jcm.decided_by_line("2017; host; government; 1,789\n2017; japan; government; 7,158", jcm.open(None, *FIRST_OF_MN004))
    for side in Side:
        jcm.act(one, f"issue_{side}", getattr(jcm.people, f"registry_{side}"))
    assert rows(one) == [(2017, "host", "government", None, 1789), (2017, "japan", "government", None, 7158)]
    assert totals_by_side() == {Side.HOST: 1789, Side.JAPAN: 7158}
    assert set(Block.objects.values_list("vintage", flat=True)) == {2017}
    assert reconcile() == []


FIRST_OF_MN004 = date(2017, 1, 1), date(2017, 7, 31)


def test_a_participant_is_named_by_number_or_by_any_name_that_it_has_in_the_project(jcm: Course) -> None:
    one = jcm.reach(State.COMPLETE)
    participants = {row.side: row for row in one.project.participants.all()}
    host, japan = participants["host"], participants["japan"]
    type(japan).objects.filter(pk=japan.pk).update(new_name="Solar Nippon", former_name="Sun Japan")
    amounts = [
        {"side": "host", "holder": str(host.organisation_id), "tonnes": 4},
        {"year": "2028", "side": "Japan", "holder": "SOLAR NIPPON", "tonnes": "1,000"},
    ]
    with refused(NotReady, "ISS-30"):
        jcm.act(one, "notify", A_DECISION, amounts=amounts)
    event = jcm.decide(one, "notify", amounts=[{**line, "year": 2028} for line in amounts])
    assert rows(one) == [
        (2028, "host", "participant", "Solar India", 4), (2028, "japan", "participant", "Solar Japan", 1000),
    ]  # fmt: skip
    assert event.data["inputs"]["amounts"][1] == {"year": 2028, "side": "japan", "holder": "SOLAR NIPPON", "tonnes": 1000}


@pytest.mark.parametrize(
    ("amounts", "words"),
    [
        ("host; Solar Japan; 1", "line 1: Solar Japan is no participant of the project on this side (partner country)"),
        ("host; government; 1\njapan; First Verifier; 1", "line 2: First Verifier is no participant"),
        ("japan; Solar Japan; 1\njapan; solar japan; 2", "line 2: solar japan is named twice"),
        ("host; government; 1\nhost; Government; 2", "line 2: government is named twice"),
    ],
)
def test_a_holder_is_the_government_or_a_participant_of_the_side_once(jcm: Course, amounts: str, words: str) -> None:
    one = jcm.reach(State.COMPLETE)
    with pytest.raises(NotReady) as caught:
        jcm.act(one, "notify", A_DECISION, amounts=amounts)
    (problem,) = caught.value.problems
    assert (problem.code, problem.field) == ("ISS-31", "amounts")
    assert words in problem.text
    if "no participant" in words:
        assert "write `government`, or one of: Solar" in problem.text
    assert not DecidedAmount.objects.exists()


def test_two_participants_of_one_name_are_told_apart_by_number(jcm: Course) -> None:
    people, other = jcm.people, organisation("Solar Japan")
    participants = [(people.participant_host.organisation, "host"), (other, "japan")]
    project = jcm.project(participants=[*participants, (people.participant_japan.organisation, "japan")])
    one = jcm.reach(State.COMPLETE, jcm.open(project))
    with pytest.raises(NotReady) as caught:
        jcm.act(one, "notify", A_DECISION, amounts="japan; Solar Japan; 1")
    assert "several participants are called Solar Japan; write the number instead" in caught.value.problems[0].text
    one = jcm.decided_by_line(f"japan; {other.pk}; 1", one)
    assert one.decided_amounts.get().holder == other


def test_a_holder_without_an_account_waits_for_the_registry_officer(jcm: Course) -> None:
    one = jcm.decided_by_line("japan; government; 27\njapan; Solar Japan; 4\nhost; Solar India; 9")
    with pytest.raises(NotReady) as caught:
        jcm.act(one, "issue_japan", jcm.people.registry_japan)
    (problem,) = caught.value.problems
    assert (problem.code, problem.field) == ("ISS-33", "parts")
    assert "Solar Japan has no account in the registry of this side (Japan); let its registry officer open one" in problem.text
    holder = jcm.people.participant_japan.organisation
    open_account(side=Side.HOST, holder=holder, membership=jcm.people.registry_host)
    with refused(NotReady, "ISS-33"):
        jcm.act(one, "issue_japan", jcm.people.registry_japan)
    assert not Block.objects.exists()
    own = company(jcm, Side.JAPAN)
    jcm.act(one, "issue_japan", jcm.people.registry_japan)
    assert balance(own) == 4


def test_other_parts_than_the_decided_ones_are_refused(jcm: Course) -> None:
    own, government = company(jcm, Side.JAPAN), account_of_government(Side.JAPAN)
    one = jcm.decided_by_line("japan; government; 27\njapan; Solar Japan; 4")
    for parts in ([(own.pk, 31)], [(own.pk, 27), (government.pk, 4)], [(own.pk, 4)], [(987_654, 31)]):
        with refused(NotReady, "ISS-19"):
            jcm.act(one, "issue_japan", jcm.people.registry_japan, parts=parts)
    jcm.act(one, "issue_japan", jcm.people.registry_japan, parts=[(own.pk, 4), (government.pk, 27)])
    assert (balance(own), balance(government)) == (4, 27)
    assert one.reload().state == State.CLOSED
    assert reconcile() == []


def test_the_committee_reads_the_lines_beside_the_sum_of_both_sides(jcm: Course, client: Client) -> None:
    one, secretariat = jcm.reach(State.COMPLETE), actor(jcm.people.secretariat_host)
    told: list[tuple[dict[str, Any], bool]] = [({"host_tonnes": 9, "japan_tonnes": 31, "decided_tonnes": 40}, True), ({}, False)]
    for totals, summed in told:
        item = about(one, "notify", "Issue forty credits", amounts=FOUR_WAYS, **totals)
        ballot = open_ballot(actor=secretariat, title="Issuance", form=Form.ELECTRONIC, items=[item])
        circulate(ballot, actor=secretariat)
        client.force_login(jcm.people.co_chair_japan.user)
        response = client.get(ballot.get_absolute_url())
        text = " ".join(strip_tags(response.content.decode()).split())
        assert "Amounts by year, side and holderGovernment of India: 5 tCO2eSolar India (India): 4 tCO2e" in text
        assert ("Tonnes in all" in text, 'class="jcm-sum' in response.content.decode()) == (False, summed)


def test_amounts_that_no_percentage_gives_are_kept_to_the_tonne(jcm: Course) -> None:
    """Kenya 2021: 488 of 974 for the Government of Japan, one above half. Source: awkward case 14."""
    company(jcm, Side.JAPAN)
    one = jcm.decided_by_line("host; government; 194\njapan; government; 488\njapan; Solar Japan; 292")
    assert [row[-1] for row in rows(one)] == [194, 488, 292]
    assert one.decided_tonnes == 974


def test_amounts_are_read_in_words() -> None:
    asked = Amounts("amounts", "")
    written = asked.clean("2026; host; government; 2017\n2026; japan; Solar Japan; 3024\njapan; government; 5")
    assert asked.words(written).splitlines() == [
        "2026, Government of India: 2,017 tCO2e", "2026, Solar Japan (Japan): 3,024 tCO2e", "Government of Japan: 5 tCO2e",
    ]  # fmt: skip
