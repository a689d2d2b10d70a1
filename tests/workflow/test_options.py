"""What somebody can do, and why not the rest: the door's own answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.core import clock
from apps.core.errors import Refusal
from apps.workflow.options import available_steps, whose_move, worklist
from apps.workflow.services import perform, sweep
from tests.people import Cast, actor, person
from tests.probe.services import completed, lodged
from tests.wheel.models import Wheel
from tests.wheel.services import act, made, stopped, turning

NOON = datetime(2027, 3, 15, 3, tzinfo=UTC)


def codes(wheel: Wheel, member: Membership | None) -> dict[str, tuple[str, ...]]:
    """The reasons against each step."""
    return {option.row.key: tuple(problem.code for problem in option.problems) for option in available_steps(wheel, member)}


def test_every_step_is_told_with_its_reasons(people: Cast) -> None:
    wheel = made(people.secretariat_host, fields={"stuck": True, "weight": 101})
    assert codes(wheel, people.secretariat_host) == {
        "turn": ("WHL-01", "WHL-02"),
        "stop": ("DOOR-02",),
        "slow": ("DOOR-02",),
        "remind": ("DOOR-00",),
        "lapse": ("DOOR-00",),
        "restart": ("DOOR-02",),
        "rewind": ("DOOR-02",),
        "settle": ("DOOR-00",),
        "mark": (),
        "finish": ("DOOR-00",),
    }
    turn = next(option for option in available_steps(wheel, people.secretariat_host) if option.row.key == "turn")
    assert (turn.is_open, turn.is_theirs) == (False, True)


def test_nobody_can_do_anything(people: Cast) -> None:
    wheel = turning(people.secretariat_host)
    for nobody in (None, people.stranger, people.tpe):
        assert set(codes(wheel, nobody).values()) == {("DOOR-00",)}
    assert not any(option.is_open or option.is_theirs for option in available_steps(wheel, None))


def test_an_ended_membership_can_do_nothing(people: Cast) -> None:
    wheel = turning(people.secretariat_host)
    people.secretariat_host.ends_on = clock.today() - timedelta(days=1)
    people.secretariat_host.save(update_fields=["ends_on"])
    assert set(codes(wheel, people.secretariat_host).values()) == {("DOOR-00",)}


def test_a_missing_document_is_told_before_anything_is_tried(people: Cast) -> None:
    probe = lodged(people.participant_host)
    complete = next(one for one in available_steps(probe, people.secretariat_host) if one.row.key == "complete")
    assert [(problem.code, problem.field) for problem in complete.problems] == [("DOOR-05", "PDD")]


@pytest.mark.parametrize("bring", [made, turning, stopped])
def test_the_door_gives_the_same_answer(bring: object, people: Cast) -> None:
    assert callable(bring)
    for member in people.everybody:
        for key in [row.key for row in Wheel.procedure.rows("india_2026") if not row.opens]:
            wheel = bring(people.secretariat_host)
            told = codes(wheel, member)[key]
            try:
                act(wheel, key, member)
                answered: tuple[str, ...] = ()
            except Refusal as refusal:
                answered = refusal.codes
            assert answered == told, (key, str(member))


def test_looking_changes_nothing(people: Cast) -> None:
    wheel = turning(people.secretariat_host)
    before = dict(wheel.__dict__)
    available_steps(wheel, people.secretariat_host)
    assert wheel.__dict__ == before
    assert wheel.reload().version == 2


def test_whose_move_it_is(people: Cast) -> None:
    wheel = made(people.secretariat_host)
    assert [row.key for row in whose_move(wheel)] == ["turn"]
    act(wheel, "turn", people.secretariat_host)
    assert [row.key for row in whose_move(wheel.reload())] == ["stop"]


def test_a_worklist_holds_what_waits_the_longest_first(people: Cast) -> None:
    with clock.rehearse(NOON) as time:
        first = completed(people.participant_host, people.secretariat_host)
        time.move_to(NOON + timedelta(days=1))
        second = made(people.secretariat_host)
        time.move_to(NOON + timedelta(days=2))
        third = lodged(people.participant_host)
        assert worklist(people.secretariat_japan) == [second, third]
        assert worklist(people.government_host) == []
        time.move_to(NOON + timedelta(days=20))
        sweep()
        assert worklist(people.government_host) == [first]
        assert worklist(people.government_japan) == [first]
        perform(first, "approve_host", actor=actor(people.government_host))
        assert worklist(people.secretariat_host) == [second, third]


def test_a_worklist_of_a_company_holds_its_own_files_only(people: Cast) -> None:
    own = {"fields": {"holder_id": people.participant_host.organisation_id}}
    wheel = made(people.participant_host, **own)
    colleague = person("Colleague", Role.PARTICIPANT, people.participant_host.organisation)
    for member in (people.participant_host, colleague, people.stranger):
        assert worklist(member) == []
    assert worklist(people.secretariat_host) == [wheel]


def test_an_ended_membership_has_no_worklist(people: Cast) -> None:
    made(people.secretariat_host)
    people.secretariat_japan.ends_on = clock.today() - timedelta(days=1)
    people.secretariat_japan.save(update_fields=["ends_on"])
    assert worklist(people.secretariat_japan) == []
