"""What adopted items do: in their order, each by itself, with the decision as actor."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils.translation import override

from apps.committee.models import BallotItem, Decision
from apps.committee.policies import rehearse_item
from apps.committee.selectors import items_without_effect
from apps.committee.services import about
from apps.core.clock import Rehearsal
from apps.core.errors import NotAllowed, NotReady
from apps.events.models import Event
from apps.workflow.options import worklist
from apps.workflow.services import perform, sweep
from tests.committee.ballots import CLOSES_AT, both_co_chairs_agree, circulated, drafted, outcomes, registering, say
from tests.people import Cast, actor
from tests.probe import checks
from tests.probe.models import Probe
from tests.refused import refused


def adopt(people: Cast, *items: dict[str, Any]) -> list[BallotItem]:
    """Items that all members have agreed to."""
    ballot = circulated(people, *items)
    for one in people.committee:
        say(ballot, one)
    assert ballot.reload().state == "closed"
    return list(ballot.items.order_by("number"))


def test_the_decision_acts_on_its_own_date(people: Cast, probes: list[Probe]) -> None:
    first = registering(probes[0], 18_407, colour="green")
    second = about(probes[1], "reject", "Reject it?", effective_on=date(2027, 6, 1))
    items = adopt(people, first, second)
    events = Event.objects.filter(actor="decision").order_by("id")
    assert [(one.type, one.subject_id, one.decision_id, one.effective_on, one.capacity) for one in events] == [
        ("probe.register", probes[0].pk, items[0].decision.pk, date(2027, 3, 16), "committee"),
        ("probe.reject", probes[1].pk, items[1].decision.pk, date(2027, 6, 1), "committee"),
    ]
    probe = probes[0].reload()
    assert (probe.state, probe.tonnes, probe.colour, probe.reference) == ("registered", 18_407, "green", "P001")
    assert {item.executed_at for item in items} == {datetime(2027, 3, 16, 3, tzinfo=UTC)}
    assert [item.problems for item in items] == [[], []]


def test_items_take_effect_in_their_order(people: Cast, probes: list[Probe]) -> None:
    first, second = probes
    Probe.objects.filter(pk=second.pk).update(predecessor=first)
    items = adopt(people, registering(first), registering(second))
    assert [one.reload().state for one in probes] == ["registered", "registered"]
    assert all(item.executed_at for item in items)


def test_an_item_before_the_one_it_rests_on_is_adopted_without_effect(people: Cast, probes: list[Probe]) -> None:
    first, second = probes
    Probe.objects.filter(pk=first.pk).update(predecessor=second)
    items = adopt(people, registering(first), registering(second))
    assert [item.outcome for item in items] == ["adopted", "adopted"]
    assert [one.reload().state for one in probes] == ["committee", "registered"]
    assert (items[0].executed_at, items[0].problems[0]["code"]) == (None, "PRB-05")
    assert list(items_without_effect()) == [items[0]]
    assert [one.pk for one in worklist(people.secretariat_japan)] == [items[0].ballot_id]
    assert worklist(people.co_chair_japan) == []
    event = perform(items[0].ballot, "execute", actor=actor(people.secretariat_host))
    assert event.data["items"] == [{"item": 1, "executed": True, "problems": []}]
    assert first.reload().state == "registered"
    assert first.reload().registered_on == Decision.objects.get(item=items[0]).adopted_on
    assert not items_without_effect().exists()
    assert worklist(people.secretariat_japan) == []
    assert BallotItem.objects.get(pk=items[0].pk).problems == []


@pytest.mark.parametrize(
    ("inputs", "code"),
    [
        ({"tonnes": 1_000_001}, "PRB-03"),
        ({"tonnes": 5, "colour": "scarlet"}, "PRB-04"),
    ],
)
def test_what_only_the_database_refuses_hinders_no_other_item(
    people: Cast, probes: list[Probe], inputs: dict[str, Any], code: str
) -> None:
    bad = about(probes[0], "register", "Register it?", **inputs)
    items = adopt(people, bad, registering(probes[1]))
    assert [item.outcome for item in items] == ["adopted", "adopted"]
    assert [item.problems and item.problems[0]["code"] for item in items] == [code, []]
    assert [one.reload().state for one in probes] == ["committee", "registered"]
    assert Event.objects.filter(type="probe.register").count() == 1


def test_a_fault_of_a_step_does_not_undo_the_decision(
    people: Cast, probes: list[Probe], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(subject: Probe, _act: object) -> list[Any]:
        return [] if subject.pk == probes[1].pk else [1 // 0]

    monkeypatch.setattr(checks, "predecessor_is_registered", broken)
    items = adopt(people, *map(registering, probes))
    assert [item.outcome for item in items] == ["adopted", "adopted"]
    assert items[0].problems[0]["code"] == "BAL-22"
    assert [one.reload().state for one in probes] == ["committee", "registered"]
    assert "ZeroDivisionError" in caplog.text


def test_a_file_that_has_moved_on_keeps_its_state(people: Cast, probes: list[Probe]) -> None:
    ballot = circulated(people, *map(registering, probes))
    perform(probes[0], "withdraw", actor=actor(people.participant_host))
    for one in people.committee:
        say(ballot, one)
    assert [one.reload().state for one in probes] == ["withdrawn", "registered"]
    assert ballot.items.get(number=1).problems[0]["code"] == "DOOR-02"


def test_only_the_secretariat_tries_again_and_only_where_something_waits(people: Cast, probes: list[Probe]) -> None:
    items = adopt(people, registering(probes[0], 1_000_001), registering(probes[1]))
    ballot = items[0].ballot
    with refused(NotAllowed, "DOOR-00"):
        perform(ballot, "execute", actor=actor(people.co_chair_host))
    event = perform(ballot, "execute", actor=actor(people.secretariat_japan))
    assert event.data["items"] == [{"item": 1, "executed": False, "problems": ["PRB-03"]}]
    assert ballot.reload().state == "closed"
    whole = adopt(people, about(probes[0], "reject", "Reject it?"))[0].ballot
    with refused(NotReady, "BAL-18"):
        perform(whole, "execute", actor=actor(people.secretariat_japan))


def test_the_rule_tries_an_item_once(people: Cast, probes: list[Probe]) -> None:
    ballot = circulated(people, registering(probes[0], 1_000_001), registering(probes[1]))
    for number in (1, 2):
        for one in people.committee:
            say(ballot, one, ("agree", ""), number)
    told = [event.data["items"] for event in Event.objects.filter(type="ballot.execute").order_by("id")]
    assert told == [
        [{"item": 1, "executed": False, "problems": ["PRB-03"]}],
        [{"item": 2, "executed": True, "problems": []}],
    ]


def test_reasons_are_kept_in_the_committees_language(people: Cast, probe: Probe, settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"
    ballot = circulated(people, registering(probe))
    perform(probe, "withdraw", actor=actor(people.participant_host))
    with override("ja"):
        for one in people.committee:
            say(ballot, one)
    assert "is possible in" in ballot.items.get().problems[0]["text"]


def test_a_rehearsal_says_what_would_hinder_an_item_and_changes_nothing(people: Cast, probes: list[Probe]) -> None:
    first, second = probes
    Probe.objects.filter(pk=second.pk).update(predecessor=first)
    ballot = drafted(people, registering(first), registering(second), {"title": "Adopt the rules?"})
    before = Event.objects.count()
    told = [[problem.code for problem in rehearse_item(item)] for item in ballot.items.order_by("number")]
    assert told == [[], ["PRB-05"], []]
    perform(first, "withdraw", actor=actor(people.participant_host))
    assert [problem.code for problem in rehearse_item(ballot.items.get(number=1))] == ["DOOR-02"]
    assert Event.objects.count() == before + 1
    item = ballot.items.get(number=1)
    item.step = "unheard_of"
    assert [problem.code for problem in rehearse_item(item)] == ["BAL-03"]


def test_items_adopted_at_different_moments_take_effect_then(people: Cast, probes: list[Probe], time: Rehearsal) -> None:
    ballot = circulated(people, *map(registering, probes))
    for one in people.committee:
        say(ballot, one, ("agree", ""), 2)
    assert [one.reload().state for one in probes] == ["committee", "registered"]
    both_co_chairs_agree(ballot, people, 1)
    time.move_to(CLOSES_AT)
    sweep()
    assert outcomes(ballot) == ["adopted", "adopted"]
    assert [one.reload().registered_on for one in probes] == [date(2027, 3, 26), date(2027, 3, 16)]
    assert set(Decision.objects.values_list("item__number", "rule")) == {(1, "a"), (2, "b")}
