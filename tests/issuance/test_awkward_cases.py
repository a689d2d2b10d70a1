"""Awkward case 11: periods that end on odd days, and differ inside one decision."""

from __future__ import annotations

from datetime import date

from apps.committee.kinds import Answer, Form
from apps.committee.services import about, circulate, open_ballot, take_positions
from apps.issuance.models import Round
from apps.issuance.selectors import reconcile
from tests.issuance.walk import Course
from tests.people import actor


def test_awkward_case_11_rounds_of_one_decision_end_on_different_days(jcm: Course) -> None:
    people = jcm.people
    ends = date(2026, 4, 1), date(2026, 3, 31)
    rounds = [
        jcm.reach(jcm.before_decision, jcm.open(jcm.project(title=f"Plant {number}"), date(2026, 1, 1), end))
        for number, end in enumerate(ends)
    ]
    items = [about(one, "notify", f"Issue to {one.reference}", host_tonnes=1, japan_tonnes=2) for one in rounds]
    ballot = open_ballot(actor=actor(people.secretariat_host), title="Issuance", form=Form.UNSTATED, items=items)
    circulate(ballot, actor=actor(people.secretariat_host))
    for chair in (people.co_chair_host, people.co_chair_japan):
        take_positions(ballot, actor=actor(chair), answers={1: (Answer.AGREE, ""), 2: (Answer.AGREE, "")})
    decided = Round.objects.order_by("pk").values_list("period_ends_on", "state", "decided_tonnes")
    assert list(decided) == [(end, "notified", 3) for end in ends]
    assert reconcile() == []
