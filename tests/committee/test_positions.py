"""Taking positions: what is understood, what is refused, and what a repeated act does."""

from datetime import date
from typing import Any

import pytest

from apps.committee.models import Position
from apps.committee.services import take_positions
from apps.core.errors import NotAllowed, NotNow, NotReady, Repeated
from apps.workflow.services import perform
from tests.committee.ballots import AGREE, CONFLICT, NO, circulated, drafted, registering, say
from tests.people import Cast, actor
from tests.probe.models import Probe
from tests.refused import refused


def test_one_act_answers_several_items(people: Cast, probes: list[Probe]) -> None:
    ballot = circulated(people, *map(registering, probes))
    event = take_positions(ballot, actor=actor(people.members_japan[0]), answers={2: NO, 1: CONFLICT})
    assert event.data["inputs"]["answers"] == [
        {"item": 1, "answer": "conflict_of_interest", "reason": ""},
        {"item": 2, "answer": "do_not_agree", "reason": NO[1]},
    ]
    assert (event.capacity, event.side, event.membership_id) == ("member", "japan", people.members_japan[0].pk)
    said = Position.objects.values_list("item__number", "answer", "reason", "side", "seat__membership", "act_id")
    pk = people.members_japan[0].pk
    assert list(said) == [
        (1, "conflict_of_interest", "", "japan", pk, event.act_id),
        (2, "do_not_agree", NO[1], "japan", pk, event.act_id),
    ]


def test_a_co_chair_speaks_as_co_chair(people: Cast, probe: Probe) -> None:
    ballot = circulated(people, registering(probe))
    assert say(ballot, people.co_chair_host).capacity == "co_chair"


@pytest.mark.parametrize("answer", ["do_not_agree", "ask_for_meeting"])
def test_an_objection_needs_a_reason(people: Cast, probes: list[Probe], answer: str) -> None:
    ballot = circulated(people, *map(registering, probes))
    with refused(NotReady, "BAL-11"):
        say(ballot, people.members_host[0], (answer, " "), 2)
    assert not Position.objects.exists()


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ([], "DOOR-07"),
        ("yes", "DOOR-08"),
        ([1], "DOOR-08"),
        ([{"item": "1", "answer": "agree"}], "DOOR-08"),
        ([{"item": True, "answer": "agree"}], "DOOR-08"),
        ([{"item": 1}], "DOOR-08"),
        ([{"item": 1, "answer": "abstain"}], "DOOR-08"),
        ([{"item": 1, "answer": ["agree"]}], "DOOR-08"),
        ([{"item": 1, "answer": "agree", "for": "Japan"}], "DOOR-08"),
        ([{"item": 1, "answer": "agree"}, {"item": 1, "answer": "agree"}], "DOOR-08"),
        ([{"item": 1, "answer": "agree", "reason": "\0"}], "DOOR-08"),
        ([{"item": 3, "answer": "agree"}], "BAL-12"),
        ([{"item": 0, "answer": "agree"}], "BAL-12"),
    ],
)
def test_an_answer_that_is_not_understood_is_refused(people: Cast, probes: list[Probe], answers: Any, code: str) -> None:
    ballot = circulated(people, *map(registering, probes))
    with refused(NotReady, code):
        perform(ballot, "take_position", actor=actor(people.members_host[0]), answers=answers)
    assert not Position.objects.exists()


def test_every_problem_is_said_at_once(people: Cast, probes: list[Probe]) -> None:
    ballot = circulated(people, *map(registering, probes))
    with refused(NotReady, "BAL-08", "BAL-12", "BAL-11"):
        perform(
            ballot,
            "take_position",
            actor=actor(people.members_host[0]),
            effective_on=date(2027, 4, 1),
            answers=[{"item": 1, "answer": "ask_for_meeting"}, {"item": 9, "answer": "agree"}],
        )


def test_nobody_but_the_committee_takes_positions(people: Cast, probe: Probe) -> None:
    ballot = circulated(people, registering(probe))
    for one in people.everybody:
        if one not in people.committee:
            with refused(NotAllowed, "DOOR-00"):
                say(ballot, one)


def test_nobody_speaks_on_a_draft(people: Cast, probe: Probe) -> None:
    ballot = drafted(people, registering(probe))
    with refused(NotNow, "DOOR-02"):
        say(ballot, people.members_host[0])


def test_whoever_has_left_the_committee_is_silent(people: Cast, probe: Probe) -> None:
    ballot = circulated(people, registering(probe))
    member = people.members_host[0]
    member.ends_on = date(2027, 3, 15)
    member.save(update_fields=["ends_on"])
    with refused(NotAllowed, "DOOR-00"):
        say(ballot, member)


def test_an_answer_sent_twice_is_one_answer(people: Cast, probe: Probe) -> None:
    ballot = circulated(people, registering(probe))
    member = actor(people.members_host[0])
    first = take_positions(ballot, actor=member, answers={1: AGREE}, idempotency_key="k1")
    assert take_positions(ballot, actor=member, answers={1: AGREE}, idempotency_key="k1") == first
    assert Position.objects.count() == 1
    with refused(Repeated, "DOOR-11"):
        take_positions(ballot, actor=member, answers={1: NO}, idempotency_key="k1")


def test_an_answer_holds_whatever_others_said_meanwhile_unless_asked(people: Cast, probe: Probe) -> None:
    ballot = circulated(people, registering(probe))
    say(ballot, people.members_host[0])
    with refused(NotNow, "DOOR-04"):
        take_positions(ballot, actor=actor(people.members_host[1]), answers={1: AGREE}, version=ballot.version)
    say(ballot, people.members_host[1])
    assert Position.objects.count() == 2
