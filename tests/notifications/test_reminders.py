"""Reminders: 5 and 2 days before and on the last day, to those whose move it is; to both secretariats when it has passed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail as box
from django.db import IntegrityError, transaction

from apps.core import clock
from apps.core.clock import Rehearsal
from apps.notifications.kinds import OVERDUE
from apps.notifications.models import Mail, Message, Reminder
from apps.notifications.render import said
from apps.notifications.services import remind, reminding, send_mails, send_what_waits
from apps.notifications.services.reminding import days_before, slot
from apps.workflow.editions import EDITIONS, Mark, Parameter
from apps.workflow.models import Deadline
from apps.workflow.selectors import files_of
from tests.committee.ballots import CLOSES_AT, circulated, probes_before_committee, registering, say
from tests.events.test_relay import in_threads
from tests.notifications.posting import deliver
from tests.people import Cast, cast
from tests.probe.models import Probe
from tests.probe.services import lodged

MOMENT = timedelta(microseconds=1)
# A probe is lodged on Monday 1 March 2027; it is to be found complete within seven days, by the end of 8 March in Japan.
ENDS_AT = datetime(2027, 3, 8, 15, tzinfo=UTC)


@pytest.fixture
def probe(people: Cast, time: Rehearsal) -> Probe:
    del time
    found = lodged(people.participant_host)
    deliver()
    return found


def midnight(day: int) -> datetime:
    """When a day of March 2027 begins in Japan."""
    return datetime(2027, 3, day, tzinfo=UTC) - timedelta(hours=9)


def reminded() -> list[tuple[str, int | None, str]]:
    """Who was reminded, how many days before the end, and why."""
    found = Message.objects.exclude(deadline=None).select_related("user").order_by("-days_before", "user__name")
    return [(one.user.name, one.days_before, one.kind) for one in found]


BOTH = ("Indian secretariat", "Japanese secretariat")


@pytest.mark.usefixtures("probe")
def test_nobody_is_reminded_a_moment_too_early() -> None:
    assert remind(midnight(3) - MOMENT) == 0
    assert remind(midnight(3)) == 1
    assert reminded() == [(name, 5, "must_act") for name in BOTH]
    assert remind(midnight(6) - MOMENT) == 0
    assert remind(midnight(6)) == 1
    assert remind(midnight(8)) == 1
    assert reminded() == [(name, days, "must_act") for days in (5, 2, 0) for name in BOTH]
    assert remind(ENDS_AT - MOMENT) == 0
    assert remind(ENDS_AT) == 1
    assert reminded()[-2:] == [(name, OVERDUE, "deadline") for name in BOTH]
    assert remind(ENDS_AT + timedelta(days=400)) == 0


@pytest.mark.usefixtures("probe")
def test_what_was_missed_in_an_outage_is_one_reminder() -> None:
    assert remind(midnight(8) + timedelta(hours=3)) == 1
    assert {days for _name, days, _kind in reminded()} == {0}
    assert list(Reminder.objects.values_list("days_before", flat=True)) == [0]


@pytest.mark.usefixtures("probe")
def test_after_the_end_only_the_secretariats_hear_of_it() -> None:
    assert remind(ENDS_AT + timedelta(days=3)) == 1
    assert reminded() == [(name, OVERDUE, "deadline") for name in BOTH]


def test_what_was_done_reminds_nobody(probe: Probe) -> None:
    Deadline.objects.filter(subject_type="probe", subject_id=probe.pk).update(closed_at=clock.now())
    assert remind(ENDS_AT) == 0


def test_of_a_ballot_those_are_reminded_who_have_not_answered(people: Cast, time: Rehearsal) -> None:
    ballot = circulated(people, registering(probes_before_committee(people, time, 1)[0]))
    deliver()
    silent = people.members_japan[0]
    for one in people.committee:
        if one != silent:
            say(ballot, one)
    assert remind(CLOSES_AT - timedelta(hours=3)) == 1
    told = Message.objects.filter(subject_type="ballot").exclude(deadline=None)
    assert [(one.user.name, one.days_before, one.asks) for one in told] == [("Japanese member 1", 0, ["take_position"])]
    assert remind(CLOSES_AT) == 0, "the clock acts by itself"


@pytest.mark.usefixtures("probe")
def test_a_reminder_says_how_much_time_is_left() -> None:
    texts = []
    for at in (midnight(3), midnight(6), midnight(8), ENDS_AT):
        remind(at)
        newest = Message.objects.exclude(deadline=None).order_by("days_before")[0]
        texts += said(newest, files_of([newest])["probe", newest.subject_id])
    assert texts == [
        "At most 5 days are left for this: Find it complete.",
        "At most 2 days are left for this: Find it complete.",
        "Today is the last day for this: Find it complete.",
        "The time limit has passed, and this has not been done: Find it complete.",
    ]


@pytest.mark.usefixtures("probe")
def test_a_reminder_is_mailed_at_once(time: Rehearsal) -> None:
    send_mails()
    box.outbox.clear()
    time.move_to(midnight(3))
    assert send_what_waits() == 2
    time.move_to(ENDS_AT)
    assert send_what_waits() == 2
    assert [one.subject for one in box.outbox] == [
        *["[JCM IN-JP] Action needed by 8 Mar: Find it complete, Probe Probe"] * 2,
        *["[JCM IN-JP] Overdue: Find it complete, Probe Probe"] * 2,
    ]


@pytest.mark.usefixtures("probe")
def test_the_database_refuses_the_same_reminder_twice() -> None:
    remind(midnight(3))
    first = Reminder.objects.get()
    with pytest.raises(IntegrityError, match="reminder_once"), transaction.atomic():
        Reminder.objects.create(deadline=first.deadline, days_before=5, made_at=first.made_at)


def test_one_that_fails_is_tried_again_and_holds_up_nobody(probe: Probe, people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    other, who_may_know = lodged(people.participant_japan), reminding.who_may_know

    def falls(subject: Any, *rest: Any) -> Any:
        if subject.pk == probe.pk:
            raise ArithmeticError("cannot tell")
        return who_may_know(subject, *rest)

    monkeypatch.setattr(reminding, "who_may_know", falls)
    assert remind(midnight(3)) == 1
    assert [one.deadline.subject_id for one in Reminder.objects.select_related("deadline")] == [other.pk]
    monkeypatch.undo()
    assert remind(midnight(3)) == 1


@pytest.mark.django_db(transaction=True)
def test_three_sweeps_at_once_remind_once() -> None:
    with clock.rehearse(midnight(1)):
        people = cast()
        for _ in range(4):
            lodged(people.participant_host)

    def job() -> int:
        with clock.rehearse(midnight(3)):
            return remind(midnight(3))

    assert sum(in_threads([job] * 3)) == 4
    assert Message.objects.exclude(deadline=None).count() == Mail.objects.exclude(message__deadline=None).count() == 8


# --- The parameter of the edition -----------------------------------------------------------------


def off(**values: int | bool) -> Any:
    """An edition with other values."""
    rules = EDITIONS["india_2026"]
    changed = {name: Parameter(value, Mark.NOT_FOUND, "for this test") for name, value in values.items()}
    return type(rules)(rules.key, rules.title, rules.in_force_from, {**rules.parameters, **changed}, rules.adoption)


def test_each_edition_says_when() -> None:
    assert {key: days_before(rules) for key, rules in EDITIONS.items()} == {key: [5, 2, 0] for key in EDITIONS}
    assert days_before(off(first_reminder_days=0, last_day_reminder=False)) == [2]


def limit(*, days: int, by_clock: bool = False) -> Deadline:
    return Deadline(starts_on=midnight(2).date(), days=days, both_ends=False, by_clock=by_clock)


@pytest.mark.parametrize(
    ("days", "passed", "expected"),
    [
        (7, 1, None), (7, 2, 5), (7, 4, 5), (7, 5, 2), (7, 6, 2), (7, 7, 0), (7, 8, OVERDUE),
        (3, 0, None), (3, 1, 2), (3, 3, 0), (1, 0, None), (1, 1, 0), (1, 2, OVERDUE),
    ],
)  # fmt: skip
def test_a_short_limit_has_the_reminders_that_lie_within_it(days: int, passed: int, expected: int | None) -> None:
    one = limit(days=days)
    assert slot(one, EDITIONS["india_2026"], one.starts_on + timedelta(days=passed)) == expected


def test_what_the_clock_does_is_never_overdue_and_escalation_may_wait() -> None:
    one = limit(days=7)
    late = one.last_day + timedelta(days=2)
    assert slot(limit(days=7, by_clock=True), EDITIONS["india_2026"], late) is None
    assert (slot(one, off(escalation_days=2), late), slot(one, off(escalation_days=3), late)) == (OVERDUE, None)
