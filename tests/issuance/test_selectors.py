"""What pages read: rounds with their stages and tonnes, in a fixed number of queries."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apps.accounts.roles import RELATED, Side
from apps.issuance.kinds import Share, StageName
from apps.issuance.models import Round
from apps.issuance.procedure import State
from apps.issuance.selectors import Total, latest_stage, rounds_of, stages, totals
from tests.issuance.walk import Course

WAY = {
    State.MONITORING: ["now", "wait", "wait"],
    State.REPORTED: ["done", "now", "wait"],
    State.VERIFICATION: ["done", "now", "wait"],
    State.NOT_VERIFIED: ["done", "now", "wait"],
    State.VERIFIED: ["done", "done", "now"],
    State.REQUESTED: ["done", "done", "now"],
    State.INCOMPLETE: ["done", "done", "now"],
    State.NOTIFIED: ["done", "done", "now"],
    State.CLOSED: ["done", "done", "done"],
    State.REQUEST_WITHDRAWN: ["done", "done", "stop"],
    State.WITHDRAWN: ["stop", "wait", "wait"],
}


@pytest.mark.parametrize("state", WAY)
def test_stages_follow_the_state(jcm: Course, state: State) -> None:
    found = stages(jcm.reach(state))
    assert [stage.key for stage in found] == list(StageName)
    assert [stage.kind for stage in found] == WAY[state]


def test_a_stage_says_what_it_rests_on_and_since_when(jcm: Course) -> None:
    monitoring, verification, issuance = stages(jcm.reach(State.NOT_VERIFIED))
    assert (monitoring.words, monitoring.on, monitoring.name) == ("Reported", date(2028, 10, 1), "Monitoring")
    assert (verification.words, verification.on) == ("Negative verification opinion", date(2028, 10, 1))
    assert (issuance.words, issuance.on) == ("Not yet", None)


def test_a_list_costs_one_query_however_many_rounds_there_are(jcm: Course, django_assert_num_queries: Any) -> None:
    first = jcm.reach(State.NOTIFIED)
    with django_assert_num_queries(1):
        rounds_of([first.project_id])
    second = jcm.reach(State.VERIFICATION, jcm.open(first.project, date(2028, 10, 1), date(2028, 12, 31)))
    other = jcm.reach(State.CLOSED)
    with django_assert_num_queries(1):
        found = rounds_of([first.project_id, other.project_id])
    assert {key: [line.round.reference for line in lines] for key, lines in found.items()} == {
        first.project_id: ["IN001-R1", "IN001-R2"], other.project_id: ["IN002-R1"],
    }  # fmt: skip
    assert [row.key for row in found[first.project_id][1].moves] == ["accept_assignment"]
    assert found[first.project_id][1].round == second


def test_totals_are_told_apart_by_side_and_by_what_is_issued(jcm: Course) -> None:
    one = jcm.reach(State.NOTIFIED)
    jcm.act(one, "issue_japan", jcm.people.registry_japan)
    jcm.open(one.project, date(2028, 10, 1), date(2028, 12, 31))
    lines = rounds_of([one.project_id])[one.project_id]
    assert totals(lines) == {Side.HOST: Total(issued=0, pending=1789), Side.JAPAN: Total(issued=7158, pending=0)}
    assert [side.share for side in lines[0].sides] == [Share.PENDING, Share.ISSUED]
    assert [side.share for side in lines[1].sides] == [Share.UNDECIDED, Share.UNDECIDED]


def test_the_latest_stage_is_the_furthest_that_is_going_on(jcm: Course) -> None:
    assert latest_stage([]) is None
    first = jcm.reach(State.VERIFICATION)
    jcm.open(first.project, date(2028, 10, 1), date(2028, 12, 31))
    stage = latest_stage(rounds_of([first.project_id])[first.project_id])
    assert stage is not None
    assert (stage.key, stage.words) == (StageName.VERIFICATION, "Verification")
    jcm.reach(State.CLOSED, first)
    stage = latest_stage(rounds_of([first.project_id])[first.project_id])
    assert stage is not None
    assert stage.key == StageName.MONITORING


def test_a_round_is_found_by_those_whom_it_names(jcm: Course) -> None:
    one, people = jcm.reach(State.VERIFICATION), jcm.people

    def found(membership: Any) -> bool:
        roles = RELATED[membership.as_role]
        related = Round.objects.filter(Round.related_to(membership.organisation_id, roles)).contains(one)
        assert related == bool({*one.roles_of(membership.organisation_id)} & roles)
        return related

    assert [found(who) for who in (people.participant_host, people.participant_japan, people.tpe)] == [True, True, True]
    assert [found(who) for who in (people.stranger, people.other_tpe)] == [False, False]
