"""Clocks that stand still: of one file, of all, until a day or until one side lets them run again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from apps.core.clock import Rehearsal
from apps.core.errors import NotAllowed, NotNow, NotReady
from apps.events.models import Event
from apps.notifications.models import Message
from apps.notifications.services import tell
from apps.timekeeping.models import TimeOrder
from apps.workflow.models import Deadline, GeneralStop
from apps.workflow.render import counted, facts_of, moved, notes_of
from apps.workflow.selectors import open_deadlines
from apps.workflow.services import perform, sweep
from apps.workflow.turns import Turn, time_spent
from tests.people import Cast, actor
from tests.refused import refused
from tests.timekeeping.conftest import NOON
from tests.timekeeping.ledger import at, lines, march, proposed, stopped
from tests.wheel.services import act, made, turning

pytestmark = pytest.mark.django_db


def agreed(order: TimeOrder) -> Event:
    return Event.objects.get(subject_type="time_order", subject_id=order.pk, type="time_order.agree_to_stop")


def test_the_days_of_a_stop_are_not_counted_and_the_old_row_stays(people: Cast) -> None:
    wheel = made(people.secretariat_host)  # to be turned within seven days: by 8 March
    order = stopped(people, wheel, march(3), march(10))
    assert lines(wheel) == [("turn", march(8), "superseded"), ("turn", march(16), "")]
    old, new = Deadline.objects.filter(subject_type="wheel", subject_id=wheel.pk).order_by("id")
    assert (new.supersedes, new.opened_by, old.closed_at) == (old, agreed(order).act_id, NOON)
    assert (new.starts_on, new.days, new.clause, new.rule) == (march(1), 7, "W 2", "completeness_days")
    assert new.stops == [{"first_on": "2027-03-03", "last_on": "2027-03-10", "order": "IN_TO001"}]
    assert agreed(order).data["moved"] == [
        {"file": f"wheel {wheel.pk}", "step": "turn", "from": "2027-03-08", "to": "2027-03-16"}
    ]


def test_the_page_of_an_order_says_what_it_concerns_and_what_it_moved(people: Cast) -> None:
    wheel = made(people.secretariat_host)
    order = stopped(people, wheel, march(3), march(10))
    with override("en"):
        said = {one.term: str(one.words) for one in [*facts_of(order), *notes_of(order)]}
        every = {one.term: one.words for one in notes_of(stopped(people, None, march(3), march(4)))}
    assert said == {
        "What it does": "The clock of one file stands still",
        "Days, both counted": "3 March 2027 to 10 March 2027",
        "Proposed by": "Japan",
        "Concerns": f'<a class="govuk-link" href="/wheel/{wheel.pk}/">{wheel}</a>',
        "Dates moved": "8 Mar 2027 to 16 Mar 2027",
    }
    assert every == {"Concerns": "every file, and those that are opened in these days"}, "the days stood still already"
    made(people.secretariat_japan)
    with override("en"):
        more = {one.term: one.words for one in notes_of(stopped(people, None, march(9), march(9)))}
    assert more["Dates moved"] == "1", "the first stood still on that day already"


def test_the_row_explains_itself(people: Cast, time: Rehearsal) -> None:
    wheel = made(people.secretariat_host)
    stopped(people, wheel, march(3), march(10))
    time.move_to(at(march(10)))
    deadline = open_deadlines(wheel).get()
    with override("en"):
        assert counted(deadline.window) == (
            "7 calendar days after 1 March 2027, which is not counted: 16 March 2027."
            " The clock stands still from 3 March 2027 to 10 March 2027, both counted (order IN_TO001)."
            " The last day ends at 24:00 in Japan (20:30 in India)."
        )
        assert moved(deadline) == ["The clock stands still until 10 Mar 2027 at the latest (order IN_TO001)", "Was 8 Mar 2027"]
        time.move_to(at(march(11)))
        assert moved(deadline) == ["Was 8 Mar 2027"]


def test_what_falls_due_by_itself_waits_for_the_clock(people: Cast, time: Rehearsal) -> None:
    wheel = turning(people.secretariat_host)  # stops by itself after fifteen days, both counted: 15 March
    stopped(people, wheel, march(14), march(20))
    time.move_to(at(march(22), 0))
    assert sweep() == 1  # the stop ends; the wheel turns on
    assert wheel.reload().state == "turning"
    time.move_to(at(march(23), 0) - timedelta(microseconds=1))
    assert sweep() == 0
    time.move_to(at(march(23), 0))
    assert sweep() == 1
    fired = Deadline.objects.get(subject_type="wheel", subject_id=wheel.pk, outcome="fired")
    assert (fired.step, fired.last_day) == ("stop", march(22))


def test_what_is_opened_on_the_file_while_it_stands_still_is_counted_without_those_days(people: Cast) -> None:
    wheel = made(people.secretariat_host)
    stopped(people, wheel, march(1), march(10))
    act(wheel.reload(), "turn", people.secretariat_host)
    assert lines(wheel)[-1] == ("stop", march(25), "")  # the first counted day is 11 March


def test_another_file_runs_on(people: Cast) -> None:
    wheel, other = made(people.secretariat_host), made(people.secretariat_host)
    stopped(people, wheel, march(3), march(10))
    assert lines(other) == [("turn", march(8), "")]
    assert other.reload().stops == []


@pytest.mark.parametrize("side", ["host", "japan"])
def test_either_side_lets_the_clock_run_again_from_the_next_day(side: str, people: Cast, time: Rehearsal) -> None:
    wheel = made(people.secretariat_host)
    order = stopped(people, wheel, march(3), march(10))
    time.move_to(at(march(5)))
    who = people.secretariat_host if side == "host" else people.secretariat_japan
    event = perform(order, "restart", actor=actor(who), grounds="The strike is over.")
    assert lines(wheel) == [("turn", march(8), "superseded"), ("turn", march(16), "superseded"), ("turn", march(11), "")]
    assert wheel.reload().stops == [{"first_on": "2027-03-03", "last_on": "2027-03-05", "order": "IN_TO001"}]
    assert event.data["moved"] == [{"file": f"wheel {wheel.pk}", "step": "turn", "from": "2027-03-16", "to": "2027-03-11"}]
    assert (order.reload().state, order.reload().last_on) == ("ended", march(5))


def test_a_stop_that_has_not_begun_is_taken_back_as_if_it_never_was(people: Cast) -> None:
    wheel = made(people.secretariat_host)
    order = stopped(people, wheel, march(3), march(10))
    perform(order, "restart", actor=actor(people.secretariat_japan), grounds="There is no strike.")
    assert wheel.reload().stops == []
    assert lines(wheel)[-1] == ("turn", march(8), "")


def test_a_stop_ends_by_itself_with_its_last_day(people: Cast, time: Rehearsal) -> None:
    wheel = made(people.secretariat_host)
    order = stopped(people, wheel, march(3), march(10))
    time.move_to(at(march(11), 0) - timedelta(microseconds=1))
    assert sweep() == 0
    time.move_to(at(march(11), 0))
    assert sweep() == 1
    assert order.reload().state == "ended"
    assert lines(wheel)[-1] == ("turn", march(16), ""), "the date was counted with the whole stop already"
    with refused(NotNow, "DOOR-02"):
        perform(order.reload(), "restart", actor=actor(people.secretariat_host), grounds="Again.")


def test_two_stops_that_overlap_count_each_day_once(people: Cast) -> None:
    wheel = made(people.secretariat_host)
    stopped(people, wheel, march(3), march(6))
    stopped(people, wheel, march(5), march(8))
    assert lines(wheel)[-1] == ("turn", march(14), "")


def test_the_time_of_a_stop_is_nobodys(people: Cast, time: Rehearsal) -> None:
    wheel = made(people.secretariat_host)
    stopped(people, wheel, march(3), march(4))
    time.move_to(at(march(6)))
    found = time_spent(wheel.reload(), list(Event.objects.filter(subject_type="wheel")), time.moment)
    assert found == {Turn.SECRETARIAT: timedelta(days=3), Turn.STOPPED: timedelta(days=2)}


# --- All clocks ---------------------------------------------------------------------------------------


def test_every_clock_stands_still_and_those_of_files_opened_meanwhile(people: Cast, time: Rehearsal) -> None:
    wheel, slow = made(people.secretariat_host), turning(people.secretariat_host)
    order = stopped(people, None, march(1), march(4))
    assert lines(wheel)[-1] == ("turn", march(11), "")
    assert lines(slow)[-1] == ("stop", march(19), "")
    later = made(people.secretariat_host)
    assert lines(later) == [("turn", march(11), "")]
    assert later.stops == [{"first_on": "2027-03-01", "last_on": "2027-03-04", "order": order.reference}]
    time.move_to(at(march(2)))
    perform(order, "restart", actor=actor(people.secretariat_host), grounds="The site is back.")
    assert [lines(one)[-1][1] for one in (wheel, slow, later)] == [march(9), march(17), march(9)]
    assert lines(made(people.secretariat_host)) == [("turn", march(9), "")]
    assert [(one.first_on, one.last_on) for one in GeneralStop.objects.order_by("id")] == [
        (march(1), march(4)),
        (march(1), march(2)),
    ]


def test_a_general_stop_that_was_taken_back_touches_no_later_file(people: Cast) -> None:
    order = stopped(people, None, march(3), march(4))
    perform(order, "restart", actor=actor(people.secretariat_host), grounds="It did not come.")
    assert made(people.secretariat_host).stops == []


def test_a_stop_found_later_reaches_back(people: Cast, time: Rehearsal) -> None:
    wheel = made(people.secretariat_host)
    time.move_to(at(march(12)))  # nobody could turn it in time
    stopped(people, None, march(5), march(11))
    assert lines(wheel)[-1] == ("turn", march(15), "")


def test_its_own_end_is_not_stopped(people: Cast, time: Rehearsal) -> None:
    order = stopped(people, None, march(1), march(4))
    stopped(people, None, march(2), march(20))
    time.move_to(at(march(5), 0))
    sweep()
    assert order.reload().state == "ended"


# --- Refusals -----------------------------------------------------------------------------------------


def test_neither_side_stops_a_clock_alone(people: Cast) -> None:
    wheel = made(people.secretariat_host)
    order = proposed(people, "propose_stop", file=wheel, first_on=march(3), last_on=march(10))
    assert lines(wheel) == [("turn", march(8), "")]
    with refused(NotReady, "TIM-05"):
        perform(order, "agree_to_stop", actor=actor(people.secretariat_japan))
    with refused(NotReady, "TIM-05"):
        perform(order, "decline", actor=actor(people.secretariat_japan), grounds="No.")
    with refused(NotReady, "TIM-06"):
        perform(order, "withdraw", actor=actor(people.secretariat_host))
    for other in (people.co_chair_host, people.government_host, people.participant_host, people.tpe):
        with refused(NotAllowed, "DOOR-00"):
            perform(order, "agree_to_stop", actor=actor(other))
    perform(order, "withdraw", actor=actor(people.secretariat_japan))
    assert lines(wheel) == [("turn", march(8), "")]


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (march(10), march(9), "TIM-02"),
        (march(1), date(2027, 4, 30), "TIM-03"),
        (date(2027, 1, 29), march(2), "TIM-04"),
    ],
)
def test_days_out_of_bounds_are_refused(first: date, last: date, code: str, people: Cast) -> None:
    wheel = made(people.secretariat_host)
    with refused(NotReady, code):
        proposed(people, "propose_stop", file=wheel, first_on=first, last_on=last)


def test_the_bounds_themselves_are_allowed(people: Cast) -> None:
    wheel = made(people.secretariat_host)
    proposed(people, "propose_stop", file=wheel, first_on=march(9), last_on=march(9))
    proposed(people, "propose_stop", file=wheel, first_on=march(1), last_on=date(2027, 4, 29))
    proposed(people, "propose_stop", file=wheel, first_on=date(2027, 1, 30), last_on=march(2))
    assert TimeOrder.objects.count() == 3


def test_a_file_without_a_clock_cannot_be_stopped(people: Cast) -> None:
    wheel = made(people.secretariat_host)
    order = proposed(people, "propose_stop", file=wheel, first_on=march(3), last_on=march(10))
    ended = turning(people.secretariat_host)
    act(ended, "mark", people.secretariat_host, words="done")
    act(ended, "stop", people.secretariat_host)
    with refused(NotReady, "TIM-01"):
        proposed(people, "propose_stop", file=ended.reload(), first_on=march(3), last_on=march(10))
    Deadline.objects.filter(subject_type="wheel", subject_id=wheel.pk).update(closed_at=NOON, outcome="moot")
    with refused(NotReady, "TIM-01"):
        perform(order, "agree_to_stop", actor=actor(people.secretariat_host))


@pytest.mark.parametrize("named", ["wheel:0", "wheel:99999999999999999999", "nothing:1", "wheel", "", "1:wheel", "wheel:1\0"])
def test_what_is_no_file_is_refused(named: str, people: Cast) -> None:
    with refused(NotReady, "DOOR-07" if not named else "DOOR-08"):
        proposed(people, "propose_stop", file=named, first_on=march(3), last_on=march(10))


def test_on_its_last_day_a_stop_has_no_earlier_end(people: Cast, time: Rehearsal) -> None:
    order = stopped(people, made(people.secretariat_host), march(3), march(10))
    time.move_to(at(march(10)))
    with refused(NotReady, "TIM-09"):
        perform(order, "restart", actor=actor(people.secretariat_host), grounds="Now.")


# --- Who is told --------------------------------------------------------------------------------------


def test_those_whom_the_file_concerns_are_told_and_may_read_it(people: Cast) -> None:
    wheel = made(people.participant_host, fields={"holder_id": people.participant_host.organisation_id})
    order = stopped(people, wheel, march(3), march(10))
    assert sorted((one.organisation_id, one.role) for one in order.parties.all()) == sorted(
        (people.participant_host.organisation_id, role.value) for role in wheel.roles_of(people.participant_host.organisation_id)
    )
    tell(agreed(order))
    told = set(Message.objects.filter(event=agreed(order)).values_list("user_id", flat=True))
    assert people.secretariat_japan.user_id in told
    assert people.co_chair_host.user_id in told
    assert people.stranger.user_id not in told
    assert people.participant_host.user_id in told
    assert people.other_tpe.user_id not in told
