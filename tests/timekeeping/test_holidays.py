"""Working days of both countries: lists drawn up by the system, confirmed by each side, and what is counted by them."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.utils.translation import override

from apps.core.clock import Rehearsal
from apps.core.errors import NotNow, NotReady
from apps.core.holidays import in_language
from apps.events.models import Event
from apps.timekeeping.models import HolidayYear
from apps.timekeeping.services import draw_up_holidays
from apps.workflow.actors import Actor
from apps.workflow.models import HolidayList
from apps.workflow.options import movers_of, survey
from apps.workflow.render import counted
from apps.workflow.selectors import days_off, open_deadlines
from apps.workflow.services import open_file, perform
from tests.journeys.holidays import GAZETTED
from tests.people import Cast, actor
from tests.refused import refused
from tests.timekeeping.ledger import at, lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def lists(people: Cast) -> dict[str, HolidayYear]:  # noqa: ARG001 - whom they wait for
    """Both sides' lists of 2027, as the system has drawn them up on 1 March."""
    assert draw_up_holidays() == 2
    return {one.side: one for one in HolidayYear.objects.all()}


def confirm(people: Cast, file: HolidayYear, holidays: Any = GAZETTED) -> Event:
    by = people.secretariat_host if file.side == "host" else people.secretariat_japan
    return perform(file, "confirm", actor=actor(by), holidays=holidays)


def test_the_lists_of_the_year_are_drawn_up_once_and_wait_for_their_own_side(
    lists: dict[str, HolidayYear], people: Cast, time: Rehearsal
) -> None:
    assert draw_up_holidays() == 0
    assert sorted((one.side, one.year, one.state, one.title) for one in lists.values()) == [
        ("host", 2027, "drawn_up", "India 2027"),
        ("japan", 2027, "drawn_up", "Japan 2027"),
    ]
    assert ["2027-04-29", "Showa Day"] in lists["japan"].days
    assert ["2027-01-26", "Republic Day"] in lists["host"].days
    waiting = [one.subject for one in survey(people.secretariat_host, most=9) if one.theirs]
    assert waiting == [lists["host"]]
    time.move_to(at(date(2027, 9, 30)))
    assert draw_up_holidays() == 0
    time.move_to(at(date(2027, 10, 1)))
    assert draw_up_holidays() == 2
    assert set(HolidayYear.objects.values_list("side", "year")) == {(s, y) for s in ("host", "japan") for y in (2027, 2028)}


def test_a_list_is_named_in_the_readers_language_and_waits_for_its_own_side(lists: dict[str, HolidayYear], people: Cast) -> None:
    host = lists["host"]
    assert (str(host), host.title) == ("Holidays of India, 2027", "India 2027")
    (waiting,) = [one for one in survey(people.secretariat_japan, most=9) if one.subject == host]
    assert [str(one) for one in movers_of(host, waiting.awaited)] == ["Secretariat (partner country)"]


@pytest.mark.parametrize(
    ("country", "day", "name", "language", "told"),
    [
        ("JP", date(2027, 1, 11), "Coming of Age Day", "ja", "成人の日"),
        ("IN", date(2027, 1, 26), "Republic Day", "hi", "गणतंत्र दिवस"),
        ("IN", date(2027, 1, 26), "Republic Day", "ja", ""),
        ("JP", date(2027, 1, 11), "A day that the secretariat wrote down", "ja", ""),
        ("XX", date(2027, 1, 11), "Coming of Age Day", "ja", ""),
    ],
)
def test_a_holiday_is_told_by_the_name_that_its_country_has_for_it(
    country: str, day: date, name: str, language: str, told: str
) -> None:
    assert in_language(country, day, name, language) == told


def test_a_working_day_is_one_on_which_neither_country_rests(lists: dict[str, HolidayYear]) -> None:
    deadline = open_deadlines(lists["host"]).get()
    assert (deadline.unit, deadline.days, deadline.last_day) == ("working_days", 20, date(2027, 4, 1))
    assert deadline.days_off == {
        "2027-03-06": "host", "2027-03-10": "host", "2027-03-21": "japan", "2027-03-22": "host,japan", "2027-03-26": "host",
    }  # fmt: skip
    with override("en"):
        assert counted(deadline.window) == (
            "20 working days after 1 March 2027, which is not counted: 1 April 2027."
            " Saturdays, Sundays and these holidays are not counted:"
            " 10 March 2027 (India), 22 March 2027 (India and Japan), 26 March 2027 (India)."
            " The last day ends at 24:00 in Japan (20:30 in India)."
        )


def test_a_confirmed_list_moves_what_was_counted_by_the_one_before_and_the_log_says_so(
    lists: dict[str, HolidayYear], people: Cast
) -> None:
    event = confirm(people, lists["host"])
    host, japan = lists["host"].reload(), lists["japan"]
    assert (host.state, host.confirmed_on) == ("confirmed", date(2027, 3, 1))
    assert host.days == [
        ["2027-01-26", "Republic Day"], ["2027-08-15", "Independence Day"], ["2027-10-02", "Mahatma Gandhi's Birthday"],
    ]  # fmt: skip
    assert lines(japan) == [("confirm", date(2027, 4, 1), "superseded"), ("confirm", date(2027, 3, 30), "")]
    assert event.data["moved"] == [{"file": f"holidays {japan.pk}", "step": "confirm", "from": "2027-04-01", "to": "2027-03-30"}]
    assert lines(host) == [("confirm", date(2027, 4, 1), "met")]
    assert open_deadlines(japan).get().days_off == {
        "2027-03-21": "japan",
        "2027-03-22": "japan",
    }


def test_a_correction_holds_from_then_on_and_leaves_the_earlier_list(lists: dict[str, HolidayYear], people: Cast) -> None:
    confirm(people, lists["host"])
    perform(
        lists["host"].reload(), "correct", actor=actor(people.secretariat_host),
        holidays=f"{GAZETTED}\n2027-03-09 Day of mourning", grounds="Proclaimed today.",
    )  # fmt: skip
    assert lines(lists["japan"])[-1] == ("confirm", date(2027, 3, 31), "")
    kept = [(one.confirmed, len(one.days)) for one in HolidayList.objects.filter(side="host").order_by("id")]
    assert kept == [(False, 18), (True, 3), (True, 4)]
    assert days_off(date(2027, 3, 1))[date(2027, 3, 9)] == "host"


def test_a_year_that_nobody_has_written_down_is_what_it_is_known_to_be(people: Cast) -> None:  # noqa: ARG001 - the clock
    found = days_off(date(2027, 12, 1))
    assert found[date(2027, 12, 25)] == "host"
    assert found[date(2028, 1, 26)] == "host"
    assert found[date(2028, 1, 1)] == "japan"
    assert date(2027, 8, 15) not in found


def test_a_side_confirms_its_own_list_alone(lists: dict[str, HolidayYear], people: Cast) -> None:
    with refused(NotReady, "TIM-10"):
        perform(lists["japan"], "confirm", actor=actor(people.secretariat_host), holidays=GAZETTED)
    confirm(people, lists["host"])
    with refused(NotNow, "DOOR-02"):
        confirm(people, lists["host"].reload())
    with refused(NotReady, "TIM-10"):
        perform(
            lists["host"].reload(), "correct", actor=actor(people.secretariat_japan), holidays=GAZETTED, grounds="Ours to say."
        )


@pytest.mark.parametrize(
    ("holidays", "code", "says"),
    [
        ("", "DOOR-07", "Holidays of your side is missing"),
        (
            "26 January Republic Day",
            "DOOR-08",
            "'26 January Republic Day' is no day with a name; write it as 2027-01-26 Republic Day",
        ),
        ("2027-01-26", "DOOR-08", "'2027-01-26' is no day with a name"),
        ("2027-02-30 No such day", "DOOR-08", "'2027-02-30 No such day' is no day with a name"),
        ("2027-01-26 One\n2027-01-26 Two", "DOOR-08", "a day stands there twice"),
        ("2026-01-26 Republic Day", "TIM-12", "2026-01-26 does not lie in 2027"),
        ([["2027-01-26"]], "DOOR-08", "is no day with a name"),
        ([["2027-01-26", "x" * 121]], "DOOR-08", "is no day with a name"),
        ("2027-01-26 a\0b", "DOOR-08", "is no day with a name"),
        ("\n".join(f"2027-{1 + day // 28:02}-{1 + day % 28:02} Feast" for day in range(101)), "DOOR-08", "101 days are too"),
    ],
)
def test_what_is_no_list_is_refused(holidays: Any, code: str, says: str, lists: dict[str, HolidayYear], people: Cast) -> None:
    with pytest.raises(NotReady, match=re.escape(says)) as caught:
        confirm(people, lists["host"], holidays)
    assert caught.value.codes == (code,)
    assert lists["host"].reload().state == "drawn_up"


def test_a_side_has_one_list_a_year(lists: dict[str, HolidayYear]) -> None:
    assert lists
    with refused(NotReady, "TIM-11"):
        open_file(
            HolidayYear,
            "draw_up",
            actor=Actor.clock(),
            edition="india_2026",
            title="Twice",
            fields={"side": "host", "year": 2027},
        )
