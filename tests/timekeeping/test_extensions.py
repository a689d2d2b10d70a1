"""One time limit given more days by both sides."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from apps.core.clock import Rehearsal
from apps.core.errors import NotReady
from apps.events.models import Event
from apps.workflow.models import Deadline
from apps.workflow.render import counted
from apps.workflow.selectors import open_deadlines
from apps.workflow.services import perform, sweep
from tests.people import Cast, actor
from tests.refused import refused
from tests.timekeeping.ledger import at, extended, lines, march, proposed, stopped
from tests.wheel.models import Wheel
from tests.wheel.services import act, made, turning

pytestmark = pytest.mark.django_db


def limit(wheel: Wheel) -> Deadline:
    return open_deadlines(wheel).get()


def test_the_old_row_is_superseded_by_one_with_more_days(people: Cast) -> None:
    wheel = made(people.secretariat_host)
    order = extended(people, wheel, "turn", 5)
    assert lines(wheel) == [("turn", march(8), "superseded"), ("turn", march(13), "")]
    assert (order.state, order.days, order.limit_step) == ("extended", 5, "turn")
    event = Event.objects.get(subject_type="time_order", subject_id=order.pk, type="time_order.agree_to_extend")
    assert event.data["moved"] == [{"file": f"wheel {wheel.pk}", "step": "turn", "from": "2027-03-08", "to": "2027-03-13"}]
    with override("en"):
        assert counted(limit(wheel).window) == (
            "7 calendar days after 1 March 2027, which is not counted: 13 March 2027."
            " Extended by 5 calendar days (order IN_TO001)."
            " The last day ends at 24:00 in Japan (20:30 in India)."
        )


def test_a_stop_and_an_extension_add_up_in_either_order(people: Cast) -> None:
    first, second = made(people.secretariat_host), made(people.secretariat_host)
    extended(people, first, "turn", 5)
    stopped(people, first, march(3), march(6))
    stopped(people, second, march(3), march(6))
    extended(people, second, "turn", 5)
    assert lines(first)[-1] == lines(second)[-1] == ("turn", march(17), "")
    assert [outcome for _step, _day, outcome in lines(second)] == ["superseded", "superseded", ""]


def test_what_happens_by_itself_happens_at_the_new_end(people: Cast, time: Rehearsal) -> None:
    wheel = turning(people.secretariat_host)
    extended(people, wheel, "stop", 2)
    time.move_to(at(march(18), 0) - timedelta(microseconds=1))
    assert sweep() == 0
    time.move_to(at(march(18), 0))
    assert sweep() == 1
    assert lines(wheel)[1:3] == [("stop", march(15), "superseded"), ("stop", march(17), "fired")]


def test_a_proposal_changes_nothing_and_one_that_comes_too_late_is_refused(people: Cast, time: Rehearsal) -> None:
    wheel = made(people.secretariat_host)
    order = proposed(people, "propose_extension", time_limit=limit(wheel), days=5)
    assert lines(wheel) == [("turn", march(8), "")]
    time.move_to(at(march(9), 0))
    with refused(NotReady, "TIM-07"):
        perform(order, "agree_to_extend", actor=actor(people.secretariat_host))
    with refused(NotReady, "TIM-07"):
        proposed(people, "propose_extension", time_limit=limit(wheel), days=5)


def test_a_limit_that_is_over_is_extended_no_more(people: Cast) -> None:
    wheel = made(people.secretariat_host)
    order = proposed(people, "propose_extension", time_limit=limit(wheel), days=5)
    old = limit(wheel)
    act(wheel, "turn", people.secretariat_host)
    with refused(NotReady, "TIM-07"):
        perform(order, "agree_to_extend", actor=actor(people.secretariat_host))
    with refused(NotReady, "TIM-07"):
        proposed(people, "propose_extension", time_limit=old, days=5)
    perform(order, "decline", actor=actor(people.secretariat_host), grounds="It is done.")


def test_an_extension_agreed_after_a_stop_moves_the_row_that_runs(people: Cast) -> None:
    wheel = made(people.secretariat_host)
    order = proposed(people, "propose_extension", time_limit=limit(wheel), days=5)
    stopped(people, wheel, march(3), march(6))
    perform(order, "agree_to_extend", actor=actor(people.secretariat_host))
    assert lines(wheel)[-1] == ("turn", march(17), "")


@pytest.mark.parametrize(
    ("days", "code"), [(8, "TIM-08"), (0, "DOOR-08"), (366, "DOOR-08"), ("soon", "DOOR-08"), ("", "DOOR-07")]
)
def test_too_many_days_or_none_are_refused(days: object, code: str, people: Cast) -> None:
    wheel = made(people.secretariat_host)
    with refused(NotReady, code):
        proposed(people, "propose_extension", time_limit=limit(wheel), days=days)


@pytest.mark.parametrize("named", ["0", "x", "-1", "9" * 30])
def test_what_is_no_time_limit_is_refused(named: str, people: Cast) -> None:
    with refused(NotReady, "DOOR-08"):
        proposed(people, "propose_extension", time_limit=named, days=1)


def test_the_end_of_a_stop_is_extended_by_no_order(people: Cast) -> None:
    order = stopped(people, made(people.secretariat_host), march(3), march(10))
    with refused(NotReady, "TIM-07"):
        proposed(people, "propose_extension", time_limit=open_deadlines(order).get(), days=1)
    with refused(NotReady, "TIM-01"):
        proposed(people, "propose_stop", file=order, first_on=march(3), last_on=march(4))


def test_a_superseded_row_is_closed_for_good(people: Cast) -> None:
    wheel = made(people.secretariat_host)
    extended(people, wheel, "turn", 1)
    old = Deadline.objects.get(subject_type="wheel", subject_id=wheel.pk, outcome="superseded")
    assert old.closed_at is not None
    assert old.superseded_by == limit(wheel)
    assert (old.extensions, limit(wheel).extensions) == ([], [{"days": 1, "order": "IN_TO001"}])
    assert old.last_day == date(2027, 3, 8)
